"""Pure functions on text; nothing here knows a note.

| file | what it does |
| --- | --- |
| `folding` | compares without case, accents, ligatures; sorts as a dictionary does |
| `slug` | makes GitHub's id of a heading |
| `headings` | compares headings as Obsidian does |
| `markup` | strips Markdown of its markup, tokenizes it for comparison |
| `sentences` | cuts a text into sentences, and a sentence around a place |
| `number_words` | reads numbers that are written in words |
| `inflection` | plurals and feminines of a name |
| `languages` | names of languages to their codes |
| `typography` | sets French punctuation |
| `formula` | LaTeX to MathML |
| `math_alphabets` | letters in the alphabets of mathematics |
| `macros` | macros of LaTeX, defined and written out |
| `secrets` | keys and tokens, by their shapes |
| `policy` | writes the policy for what a page may load |
| `reserved` | ids and classes that are the theme's |
| `tags` | tokenizes HTML |
| `identifiers` | what an address names: a paper, a page |
| `sanitize` | cleans HTML by an allow-list |
"""
