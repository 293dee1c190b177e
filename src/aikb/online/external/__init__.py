"""Asks other hosts whether what the notes link to is still there: `aikb check --external`, and nothing else, comes here.

| file | what it does |
| --- | --- |
| `verdict` | answers and past failures -> ok, dead, unknown; pure |
| `cache` | what was known, and for how long it holds; one JSON file |
| `address` | which addresses may be asked at all; the guard |
| `pinned` | a connection to the very address that passed |
| `politeness` | how politely, and how long to wait; pure |
| `hosts` | one request at a time for a host |
| `fetch` | one URL -> Answer: HEAD, GET, redirects |
| `check` | links of the notes -> Diagnostic |

Nothing is sent but the request: no cookies, no credentials, no referrer. Proxies of the environment are not used, because
behind one nobody could tell which address is reached. What is found here changes the exit code only where that is asked for.
"""
