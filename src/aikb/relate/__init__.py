"""Many Documents set in relation: an Index to look things up, and Relations between them.

| file | what it does |
| --- | --- |
| `works` | merges the exports of one work; every work once |
| `private` | splits off what must not reach the site |
| `pairs`, `pair_names`, `pair_links` | places documents at addresses and pairs translations; languages in names and links |
| `output_paths` | finds pages that would stand where the site has a file |
| `signature` | compares texts in two languages by what translation leaves alone |
| `index` | look-up tables over all documents |
| `wikilinks` | finds the file that a wikilink means |
| `anchors` | look-up table of what a fragment may mean on a page |
| `address_dialects` | reads an address as another tool writes it |
| `page_addresses` | reads addresses as the published site has them |
| `site_addresses` | knows the addresses that other generators give the pages |
| `fragments` | resolves a fragment on a page |
| `resolution` | what a link means, with its findings and edits |
| `resolve` | finds what one link means |
| `concepts` | merges definitions of one thing: the glossary |
| `lexicon` | every name of every term, as an automaton |
| `mentions` | finds where terms are spoken of |
| `title_mentions` | finds where notes are spoken of without a link |
| `numbered` | finds where a section or a highlight is named by its number |
| `evidence` | ties highlights to the sections that use them |
| `tags` | tags with all that has them, paired across languages |
| `repeated` | finds paragraphs that two notes hold word for word |
| `shared_words`, `shared_features` | what two passages in two languages have in common |
| `lemmas` | finds the words of a list that a word is a form of |
| `quotations`, `section_text` | finds which sections quote a text; sections as words |
| `embeds` | what an embed shows, and which lead back to themselves |
| `suggestions` | aliases and terms that could be added |
| `culprits` | finds the files that make relating fail |
| `relations` | all of it: links resolved, backlinks, mentions, evidence |
"""
