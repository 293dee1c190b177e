"""What helps a reader to find the way: found in the notes once, shown by many pages.

| file | what it does |
| --- | --- |
| `profile` | what one document says by itself: its first sentence, its length, its words, what it names |
| `namings` | the places of a document that name a paper or an address |
| `papers` | papers and addresses, with all the places that name them |
| `related` | which documents speak of the same, and by which words |
| `survey` | all of it, for the pages of every tree |
"""
