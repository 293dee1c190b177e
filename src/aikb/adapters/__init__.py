"""Engines: one package or file each.

| place | what it does |
| --- | --- |
| `mkdocs/` | a plugin of MkDocs with Material |
| `staged/` | a folder that another engine builds, Zensical for one |

What an adapter owes: it loads a folder, hands its sources to `pipeline.build`, and gives every Page of the Site an address,
its Markdown rendered, the sidebar and alternates it names, and its `lang`; it publishes the Site's assets; it prints the
Site's findings through `report` and fails by their severity. It adds no text of its own and finds nothing itself.
"""
