"""The search index.

| file | what it does |
| --- | --- |
| `records` | makes a record of each section, highlight and term |
"""
