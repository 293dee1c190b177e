"""Many Documents set in relation: an Index to look things up, and Relations between them.

| file | what it does |
| --- | --- |
| `works` | merges the exports of one work; every work once |
| `private` | splits off what must not reach the site |
| `pairs/` | places documents at addresses, and pairs translations |
| `output_paths` | finds pages that would stand where the site has a file |
| `index` | look-up tables over all documents |
| `links/` | what a link means |
| `glossary/` | the things that the glossary names, and where notes speak of them |
| `evidence/` | which sections use which highlights, and each other's passages |
| `numbered` | finds where a section or a highlight is named by its number |
| `tags` | tags with all that has them, paired across languages |
| `culprits` | finds the files that make relating fail |
| `relations` | all of it: links resolved, backlinks, mentions, evidence |
"""
