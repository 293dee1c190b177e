"""The interface's words: one YAML file a language, read by `words`."""
