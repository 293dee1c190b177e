"""From one file to a Document; nothing here knows other files.

| file | what it does |
| --- | --- |
| `document` | parses one source: a Document, or the works of an export |
| `document_cache` | keeps what was read between runs |
| `serialize` | documents as bytes, and back |
| `files/` | the files of a folder of notes: which count, what they hold, what includes them |
| `front_matter/` | the block at the head of a note, as typed metadata |
| `markdown/` | a text as a tree: GitHub's reading, and what Obsidian, Material and others add to it |
| `language/` | the language of each block, and those of a site that names none |
| `glossary/` | the terms that a note defines |
| `exports/` | exports of highlights, one file a format |
| `symbols` | collects the sections, anchors and links of a document |
| `prose`, `paragraphs` | where running text stands; the long paragraphs, by their words |
| `abbreviations` | capitals that a glossary may want to explain |
| `work` | a work of an export as a Document |
| `permalinks` | knows the links of a page to the place where they stand |
| `posts` | finds the posts in a file of posts |
| `plain` | a Document of a file that cannot be understood |
"""
