"""From Relations to Pages, for every tree of the site.

| file | what it does |
| --- | --- |
| `pages` | all pages of all trees |
| `tree` | one language's tree: which text stands at each address, and how pages address each other |
| `addresses` | addresses as they stand in a page, made of what a link means |
| `links` | values that several templates are given |
| `text` | a document's text with all that rendering needs to know |
| `bodies` | bodies of the last build, for the next one |
| `note` | the page of a note |
| `backlinks` | what leads to a page, with the sentence around each link |
| `unlinked` | what names a page without a link |
| `paragraphs` | sentences around places of a text |
| `contents` | the author's own list of contents, folded |
| `changes` | what changed in a note lately, by git |
| `steps` | the sections of a long note one by one |
| `work_page` | the page of a work, with its highlights |
| `quotation` | highlights quoted on other pages: evidence, embeds, tooltips |
| `transclusion` | notes, sections and blocks shown on other pages, in place of an embed |
| `posts` | posts on cards |
| `tags` | the index of tags, and a page for each |
| `glossary` | the list of terms |
| `term` | the page of a term |
| `definition` | a definition, for whatever page shows it |
| `uses` | the sentences that speak of a term |
| `home` | the home page |
| `lists` | folders, all notes, works |
| `papers` | the list of papers, and "(notes below)" as a link |
| `citations` | papers as BibTeX and CSL-JSON |
| `related` | what else speaks of the same |
| `neighbourhood` | what surrounds a note, as a list and a map |
| `navigation` | sidebars, previous and next |
| `export` | the glossary as data, for scripts and other tools |
| `feeds` | what is new, for programs |
| `markdown_files` | each text as Markdown, and the list of all, `llms.txt` |
| `skos` | the same as SKOS |
| `previews` | the beginning of every place that can be linked to, for a script |
| `previewed` | what they show of places that search does not know |
| `leads` | the links in them |
| `ways/` | what helps readers to find their way |
| `search/` | what search finds |
"""
