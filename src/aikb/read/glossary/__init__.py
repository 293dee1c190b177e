"""The terms that a note defines, whatever shape its glossary has.

| file | what it does |
| --- | --- |
| `terms` | finds the terms of a note, and says why something is none |
| `titles` | which notes and sections are glossaries |
| `sorts` | which headings are terms, and which only sort |
| `entries`, `tables`, `html_lists` | terms that no heading names: bold words, items, rows, definition lists |
| `data` | terms that front matter lists |
| `shapes`, `parts` | the shapes of entries; what the parts of one say |
| `labels`, `aliases`, `translations` | what a term is called, its other names, and in which language |
| `anchors` | anchors of terms that no heading names |
| `vocabulary` | words by which a glossary is known |
"""
