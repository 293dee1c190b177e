"""MkDocs and Material: the only package that imports mkdocs.

Pages exist in memory only, and each text is rendered once whatever the number of trees that show it. The traps it works
around: a build empties the site's folder first, `serve` leaves requests waiting after a failed build, navigation grows with
the square of the notes, and Material's interface has one language a site.

| file | what it does |
| --- | --- |
| `configuration` | what the plugin fills in where mkdocs.yml is silent |
| `command` | runs MkDocs' own build and serve for the command line |
| `diagrams` | Mermaid's script: which, and from where |
| `elsewhere` | which settings make pages ask other hosts |
| `neighbours` | other plugins: which are refused, which are kept from pages without a source |
| `navigation` | the navigation that another plugin made, as sidebars of every tree |
| `sidebar` | the entries of a page's sidebar |
| `plugin` | MkDocs' events, in their order |
| `notes_folder` | takes the place of MkDocs' reading of the notes |
| `documents` | what was read of the notes, for the next build, and the Site made of it |
| `cause` | says what a build died of in one line |
| `pages` | the Site's pages in MkDocs' terms, and what templates may ask of them |
| `render` | Markdown to HTML, for texts that take that road |
| `others_links` | resolves the links that plugins, hooks and extensions write |
| `templates` | what pages share while they are drawn |
| `security` | which policy for content the pages carry |
| `remembered` | partials that are the same on many pages |
| `shape` | what all pages are drawn with, as a value: configuration and templates |
| `drawn` | which pages of the published site are as a fresh build would draw them |
| `draw` | draws pages, in two processes where that pays |
| `static_files` | the files published beside the pages |
| `report` | what a build found, in the log |
| `search_files` | our search in the place of Material's |
| `linked_data` | what a page is, for search engines |
| `feeds` | news for programs that ask for them |
| `tree_files` | sitemap of each tree, and the index of Material's search |
| `output` | the folder a site is built in, and how it becomes the published one |
| `update` | brings the published site up to date, file by file, whatever stops it |
| `lock` | one build at a time does that |
| `live` | keeps `mkdocs serve` up, and says on the page when a build failed |
| `watch` | tells it of changes: from the kernel where that knows, else by looking |
"""
