"""The files of a knowledge base: which count, what they are, and how they are decoded.

| file | what it does |
| --- | --- |
| `disk` | lists and decodes the files of a knowledge base; the only reader of notes |
| `layout` | recognises what a folder is: an Obsidian vault, a Hugo site, READMEs |
| `ignored` | knows what is no content: what programs install, what `.gitignore` names |
| `hidden` | finds files in hidden folders that a note names |
| `vault` | reads what Obsidian says of a vault: templates, attachments, filters |
| `snippets` | includes parts of other files, where a setting allows it |
| `active` | detects files that run scripts |
| `asset_secrets` | finds keys in files that are published as they are |
| `picture_size` | reads how large a picture beside the notes is |
"""
