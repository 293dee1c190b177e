"""What is wrong, beyond what each stage has met.

| file | what it does |
| --- | --- |
| `lint` | runs the rules, gathers every stage's findings, sorts them |
| `rules` | rules about one document or all of them, a function each |
| `secrets` | finds keys and tokens in notes, in names and in files beside notes |
| `miswritten` | finds what is almost a link, a footnote or a formula |
| `translations` | rules about pairs of translations |
| `suppression` | leaves out what an author has accepted in a comment |
| `severity` | ranks or ignores findings as the configuration says |
| `fix` | the edits that mend findings, and their diff |
"""
