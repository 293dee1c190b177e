"""Documents that say the same in two languages.

| file | what it does |
| --- | --- |
| `match` | places documents at addresses and pairs translations |
| `names`, `links` | languages in names, and in links at the head of a page |
| `signature` | compares texts in two languages by what translation leaves alone |
"""
