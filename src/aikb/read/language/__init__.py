"""The languages of a text.

| file | what it does |
| --- | --- |
| `blocks` | detects the language of each block |
| `evidence`, `context` | what a block says by itself; what stands around it |
| `model` | the model it asks, reduced to the languages of the site |
| `site` | decides the languages of a site that names none |
| `links` | finds the links at the head of a page that lead to it in other languages |
"""
