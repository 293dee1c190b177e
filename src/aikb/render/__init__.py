"""From a tree of nodes to text.

| file | what it does |
| --- | --- |
| `markdown` | writes the tree as Python-Markdown reads it |
| `escape` | escapes inlines for that |
| `python_markdown` | the extension of Python-Markdown that takes raw HTML as it is |
| `term_links` | puts mentions of terms into the tree as links |
"""
