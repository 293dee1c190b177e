"""The glossary of all notes together, and where it is spoken of.

| file | what it does |
| --- | --- |
| `concepts` | merges definitions of one thing |
| `lexicon` | every name of every term, as an automaton |
| `mentions` | finds where terms are spoken of |
| `title_mentions` | finds where notes are spoken of without a link |
| `suggestions` | aliases and terms that could be added |
"""
