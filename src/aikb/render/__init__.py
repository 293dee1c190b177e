"""From a tree of nodes to HTML, the only place besides the templates where it is written.

| file | what it does |
| --- | --- |
| `text` | what is known of a text before it is rendered |
| `renderer` | renders a text, by HTML or by Markdown |
| `road` | which of the two a text needs |
| `options` | what of rendering the user's `mkdocs.yml` decides |
| `html` | writes blocks as HTML |
| `inlines` | writes inlines as HTML |
| `callouts` | Material's boxes for Obsidian's callouts |
| `media` | what an embedded file is shown as, and its size |
| `attributes` | attribute lists, and the allow-list for them |
| `fence` | the line that opens a code block |
| `slots` | marks for furniture inside a text |
| `furniture` | fills slots by templates, in the words of a tree |
| `scripts` | the scripts that are published of those of the theme |
| `kept` | what an extension reads, which is not escaped for it |
| `verbatim` | the whole lines that one reads, which stand as in the source |
| `gate` | lets through what may reach a browser, and nothing else |
| `markdown` | writes the tree as Python-Markdown reads it |
| `list_lines` | writes lists and definition lists for it |
| `pictures` | writes pictures, embedded files and code for it |
| `escape` | escapes inlines for that |
| `python_markdown` | the extension of Python-Markdown that takes raw HTML as it is |
| `added_links` | puts mentions of terms, and of places by their number, into the tree as links |
"""
