"""The nouns of a knowledge base, as frozen values.

| file | what it holds |
| --- | --- |
| `source` | a text file as it was read, a stretch of it, a file that is no text |
| `node` | the tree of blocks and inlines |
| `document` | a note, understood: sections, anchors, links, front matter |
| `glossary` | a term and its other names |
| `highlights` | a work and its highlights |
| `finding` | a finding, its severity and its fix |
| `site` | what is published: pages, sidebars, search records |
"""
