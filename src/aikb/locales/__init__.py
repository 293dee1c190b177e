"""The interface's words, and words of the field in two languages.

| file | what it does |
| --- | --- |
| `words` | looks up the interface's words, one YAML file a language |
| `word_list` | reads what translates what, for search and for what is said in two languages |

`families.txt` holds families of words, for search; `fr-en.txt` and `fr-en-everyday.txt` translations, `fr-irregular.txt` verbs.
"""
