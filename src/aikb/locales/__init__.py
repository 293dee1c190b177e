"""The interface's words: one YAML file a language, read by `words`; and `fr-en.txt`, words of the field for search."""
