"""The interface's words: one YAML file a language, read by `words`.

For search and for what is said in two languages, words of the field, read by `word_list`, and families of words.
"""
