"""Exports of highlights by Readwise, Kindle and others, one file a format; to add one, write it and its row in `formats`.

| file | what it does |
| --- | --- |
| `sniff` | tells the type of a file from its first bytes |
| `detect` | detects whether a file is an export, and its format |
| `landmarks` | where the highlights of a Markdown export begin |
| `formats` | all formats, in the order in which they are asked |
| `format` | what a format has: suffixes, a test, a reader |
| `canonical` | aikb's own, as `aikb pull` writes it |
| `csv_export`, `api`, `reader_api` | Readwise's CSV, and JSON of its two interfaces |
| `book_json` | JSON of Bookcision and KOReader |
| `markdown`, `obsidian`, `logseq`, `roam`, `mirror` | Readwise's exports to note-taking programs |
| `kindle_sync`, `clippings` | the Kindle plugin of Obsidian, and `My Clippings.txt` |
| `notebook` | notebooks of Kindle and KOReader, as Markdown |
| `quotes`, `linked_paragraphs`, `table` | notes made of quotations, of paragraphs with a link to each, and tables of them |
| `full_text`, `sync_log` | companions of exports that hold no highlights |
| `pages`, `outline`, `passages` | how several formats lay out a work: a page, an outline, quotations |
| `items`, `fields`, `preamble` | list items, metadata lines and the head of a work, as several write them |
| `labels`, `dates` | labels of links back to Readwise, dates in any spelling |
| `clean` | takes page furniture out of a highlight |
| `normalise` | cleans and names the highlights of every format |
"""
