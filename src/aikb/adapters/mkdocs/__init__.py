"""MkDocs and Material: the only package that imports mkdocs.

Pages exist in memory only, and each text is rendered once whatever the number of trees that show it. The traps it works
around: a build empties the site's folder first, `serve` leaves requests waiting after a failed build, navigation grows with
the square of the notes, and Material's interface has one language a site.

| file | what it does |
| --- | --- |
| `configuration` | what the plugin fills in where mkdocs.yml is silent |
| `plugin` | MkDocs' events, in their order |
| `pages` | the Site's pages in MkDocs' terms, and what templates may ask of them |
| `render` | Markdown to HTML, for texts that take that road |
| `templates` | what pages share while they are drawn |
| `remembered` | partials that are the same on many pages |
| `draw` | draws pages in a second process |
| `output` | the folder beside the site, sitemaps, the index of Material's search |
| `search_files` | our search in the place of Material's |
"""
