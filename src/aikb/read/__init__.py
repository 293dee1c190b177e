"""From one file to a Document; nothing here knows other files.

| file | what it does |
| --- | --- |
| `layout` | recognises what a folder is: an Obsidian vault, a Hugo site, READMEs |
| `disk` | lists and decodes the files of a knowledge base; the only reader of notes |
| `document` | parses one source: a Document, or the works of an export |
| `document_cache` | keeps what was read between runs |
| `serialize` | documents as bytes, and back |
| `symbols` | collects the sections, anchors and links of a document |
| `syntax` | finds what is wrong with the text itself |
| `front_matter` | YAML at the head of a note, as typed metadata |
| `markdown` | GitHub's reading of a text as a tree; Material's blocks |
| `events` | pyromark's events as nodes |
| `autolinks` | turns bare addresses into links |
| `prose` | where running text stands |
| `language` | detects the language of each block |
| `language_model` | the model it asks, reduced to the languages of the site |
| `glossary` | finds the terms a note defines |
| `aliases` | other names that a definition gives |
| `vocabulary` | words by which a glossary is known |
| `work` | a work of an export as a Document |
| `exports/` | exports of highlights, one file a format |
"""
