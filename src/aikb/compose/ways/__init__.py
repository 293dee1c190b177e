"""What helps a reader to find the way: found in the notes once, shown by many pages.

| file | what it does |
| --- | --- |
| `profile` | what one document says by itself: its first sentence, its length, what it is about, what it names |
| `namings` | the places of a document that name a paper or an address |
| `papers` | papers and addresses, with all the places that name them |
| `topics` | what a text is about: its words, by how much it makes of them |
| `related` | which texts speak of the same, and by which words |
| `sections` | which long sections do, of those that a reader does not meet anyway |
| `survey` | all of it, for the pages of every tree |
"""
