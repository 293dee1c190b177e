"""Publishes a folder of Markdown notes, as it is, as a checked bilingual site.

Data flows one way, and each stage is a function from frozen values to frozen values:

    load      the folder on disk           -> Source       load.py, the only reader of the disk
    parse     the text of one file         -> Document     parse/; an export of highlights is a Shelf of works
    shelve    all documents and shelves    -> Documents    library.py, each work once
    index     all documents                -> Index        index.py, with pairs.py for translations
    resolve   one link, its origin, Index  -> Resolution   resolve.py
    relate    documents and resolutions    -> Relations    relate.py (evidence, terms, lexicon, mentions)
    check     all of the above             -> Diagnostic   check.py
    compose   a document, for one tree     -> Page         compose/

`pipeline.build` is the whole program; `adapters/` hand its Site to an engine, `report/` prints its findings,
`cli/` is the command line. Two rooms alone ask other hosts: `external/` for `aikb check --external`, `pull/` for `aikb pull`;
`history.py` alone asks git.
Nothing but `adapters/mkdocs/` knows that MkDocs exists.
"""

__version__ = "0.1.0"
