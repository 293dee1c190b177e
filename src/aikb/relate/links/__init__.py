"""What a link means: the page, the place on it, the file.

| file | what it does |
| --- | --- |
| `resolve` | finds what one link means |
| `resolution` | what that is, with its findings and edits |
| `wikilinks` | finds the file that a wikilink means |
| `fragments` | resolves a fragment on a page |
| `anchors` | look-up table of what a fragment may mean on a page |
| `address_dialects` | reads an address as another tool writes it |
| `page_addresses` | reads addresses as the published site has them |
| `site_addresses` | knows the addresses that other generators give the pages |
| `embeds` | what an embed shows, and which lead back to themselves |
"""
