"""What the machine offers: disk, git, processors, network.

| file | what it does |
| --- | --- |
| `atomic_write` | writes files whole or not at all |
| `cache` | keeps bytes between runs, in the user's cache folder |
| `kept` | keeps values from one build of a process to the next |
| `git_dates` | asks git when files were changed last |
| `git_edits` | asks git which sections of notes were added and revised |
| `git_remote` | where a repository is published |
| `regular_file` | reads what is a file, and no pipe or device |
| `parallel` | maps a function over all processors |
| `time_limit` | limits the time of a piece of work |
| `network` | clock, sleep and randomness of those who ask other hosts |
"""
