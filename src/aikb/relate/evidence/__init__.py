"""Highlights that sections rest on, and passages that stand in two places.

| file | what it does |
| --- | --- |
| `ties` | ties highlights to the sections that use them |
| `quotations`, `section_text` | finds which sections quote a text; sections as words |
| `shared_words`, `shared_features` | what two passages in two languages have in common |
| `lemmas` | finds the words of a list that a word is a form of |
| `repeated` | finds paragraphs that two notes hold word for word |
"""
