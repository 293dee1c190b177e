"""A folder that another engine builds as it is: Zensical, or plain MkDocs with Material.

Such an engine knows no plugin of ours, but runs Python-Markdown with the extensions that a configuration names. So every page
of the Site becomes a file of Markdown with all that is known of the page in its front matter, and a theme of a few templates
reads that. Addresses in the pages are those of the site, in all trees.

| file | what it does |
| --- | --- |
| `stage` | reads the notes, makes their Site, and writes it as such a folder |
| `page_file` | a page as Markdown with front matter |
| `project` | the `mkdocs.yml` of the folder |
| `static` | what lies beside the pages: pictures, scripts, the index of our search, the templates |
| `folder` | writes what changed, and removes what is gone |

`theme/` holds the templates, in the part of Jinja that MiniJinja understands too.
"""
