"""Fetches a reader's highlights from Readwise into a folder of JSON files: `aikb pull`, and nothing else, comes here.

| file | what it does |
| --- | --- |
| `token` | environment or file -> Token; which knows who may read it |
| `api` | one question at a time -> pages of books; the only one that sees the token's text |
| `book` | JSON -> Book -> bytes of its file, merging; pure |
| `folder` | what earlier runs left |
| `run` | all of it, in order, written at the end |

One file a book, not one in all: a new highlight is then a few lines in a small file of the reader's git repository, and not a
line somewhere in thirty megabytes, and two computers that pull different books do not conflict. Everything is fetched before
anything is written.
"""
