"""The interface's words: one YAML file a language, read by `words`; for search, words of the field and families of words."""
