"""The kinds of findings, one file a room of the program; to add one, write a row.

| file | findings about |
| --- | --- |
| `code` | a row: what every kind has |
| `table` | all rows, by name |
| `links` | links, anchors, pictures |
| `text` | what is written: HTML, formulas, lists |
| `files` | files, folders, front matter |
| `languages` | translations, the interface's words |
| `glossary` | terms |
| `highlights` | exports of highlights |
| `external` | what other hosts answer |
"""
