"""The only code that asks other hosts, and only where the user asks for it.

| place | what it does |
| --- | --- |
| `external/` | finds dead links elsewhere: `aikb check --external` |
| `pull/` | fetches highlights from Readwise: `aikb pull` |
"""
