"""From one file to a Document; nothing here knows other files.

| file | what it does |
| --- | --- |
| `layout` | recognises what a folder is: an Obsidian vault, a Hugo site, READMEs |
| `disk` | lists and decodes the files of a knowledge base; the only reader of notes |
| `ignored` | knows what is no content: what programs install, what `.gitignore` names |
| `snippets` | includes parts of other files, where a setting allows it |
| `vault` | reads what Obsidian says of a vault: templates, attachments, filters |
| `hidden` | finds files in hidden folders that a note names |
| `document` | parses one source: a Document, or the works of an export |
| `document_cache` | keeps what was read between runs |
| `serialize` | documents as bytes, and back |
| `symbols` | collects the sections, anchors and links of a document |
| `block_ids` | takes Obsidian's `^id` out of blocks |
| `wikilink_labels` | labels wikilinks as Obsidian shows them |
| `linked_pictures` | Obsidian's pictures inside a link |
| `syntax` | finds what is wrong with the text itself |
| `active` | detects files that run scripts |
| `picture_size` | reads how large a picture beside the notes is |
| `asset_secrets` | finds keys in files that are published as they are |
| `formula_macros` | writes out the macros of formulas |
| `front_matter` | the block at the head of a note |
| `front_matter_other` | the same as TOML and as JSON |
| `metadata` | its values as typed metadata |
| `values` | what YAML read as plain text |
| `privacy` | detects that a note is meant to stay private |
| `dates` | the date of a note, as people write it |
| `markdown` | GitHub's reading of a text as a tree; Material's blocks |
| `unclosed` | masks what opens and never closes, and would cost the square of the text |
| `comments` | finds what the author hid in comments, `%% … %%` and those of other tools |
| `unseen` | finds what raw HTML hides |
| `definition_lists` | definition lists, where the user has switched them on |
| `dedented` | a stretch of a note without its indentation |
| `boxes` | boxes and tabs of GitBook, Docusaurus, Hugo, Logseq |
| `callouts` | Obsidian's callouts, `> [!type] Title` |
| `formulas` | formulas, where they are no others' markup or money |
| `html_blocks` | Markdown in raw HTML that asks for it |
| `html_headings` | headings in raw HTML |
| `obsidian` | Obsidian's inlines: marks, tags, footnotes, states of tasks |
| `events` | pyromark's events as nodes |
| `autolinks` | turns bare addresses into links |
| `prose` | where running text stands |
| `outline_properties` | properties of Logseq's and Dataview's blocks |
| `paragraphs` | the long paragraphs, by their words |
| `abbreviations` | capitals that a glossary may want to explain |
| `language` | detects the language of each block |
| `site_languages` | decides the languages of a site that names none |
| `language_evidence`, `language_context` | what a block says by itself; what stands around it |
| `language_links` | links at a page's head to itself in another language |
| `language_model` | the model it asks, reduced to the languages of the site |
| `glossary`, `glossary_titles` | finds the terms a note defines; which notes and sections are glossaries |
| `term_sorts`, `term_entries`, `term_tables`, `term_html`, `term_data` | which headings are terms; terms without headings |
| `term_shapes`, `term_parts`, `term_labels`, `term_translations` | shapes and parts of entries; what a term is called |
| `term_anchors` | anchors of terms that no heading names |
| `aliases` | other names that a definition gives |
| `vocabulary` | words by which a glossary is known |
| `work` | a work of an export as a Document |
| `permalinks` | knows the links of a page to the place where they stand |
| `posts` | finds the posts in a file of posts |
| `plain` | a Document of a file that cannot be understood |
| `exports/` | exports of highlights, one file a format |
"""
