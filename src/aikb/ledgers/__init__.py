"""The files we keep beside `mkdocs.yml`, to be committed with the notes.

| file | what it keeps |
| --- | --- |
| `anchors` | ids that were published once: `anchors.json` |
| `translations` | what each translation was made of: `translations.json` |
| `baseline` | findings that are known and accepted |
| `unreadable` | goes on without one that cannot be read |
"""
