"""Asks other hosts whether what the notes link to is still there: `aikb check --external`, and nothing else, comes here.

    verdict   answers and past failures -> ok, dead, unknown    verdict.py, pure
    cache     what was known, and for how long it holds         cache.py, one JSON file
    address   which addresses may be asked at all               address.py, the guard
    pinned    a connection to the very address that passed      pinned.py
    manners   how politely, and how long to wait                manners.py, pure
    hosts     one request at a time for a host                  hosts.py
    fetch     one URL -> Answer: HEAD, GET, redirects           fetch.py
    check     links of the notes -> Diagnostic                  check.py

Nothing is sent but the request: no cookies, no credentials, no referrer. Proxies of the environment are not used, because
behind one nobody could tell which address is reached. What is found here changes the exit code only where that is asked for.
"""
