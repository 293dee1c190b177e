"""A text as a tree of nodes, each with its place.

| file | what it does |
| --- | --- |
| `parse` | GitHub's reading of a text as a tree; Material's blocks |
| `events` | pyromark's events as nodes |
| `unclosed` | masks what opens and never closes, and would cost the square of the text |
| `comments` | finds what the author hid in comments, `%% … %%` and those of other tools |
| `unseen` | finds what raw HTML hides |
| `syntax` | finds what is wrong with the text itself |
| `autolinks` | turns bare addresses into links |
| `definition_lists` | definition lists, where the user has switched them on |
| `dedented` | a stretch of a note without its indentation |
| `html_blocks` | Markdown in raw HTML that asks for it |
| `html_headings` | headings in raw HTML |
| `formulas` | formulas, where they are no others' markup or money |
| `formula_macros` | writes out the macros of formulas |
| `boxes` | boxes and tabs of GitBook, Docusaurus, Hugo, Logseq |
| `obsidian` | Obsidian's inlines: marks, tags, footnotes, states of tasks |
| `callouts` | Obsidian's callouts, `> [!type] Title` |
| `block_ids` | takes Obsidian's `^id` out of blocks |
| `wikilink_labels` | labels wikilinks as Obsidian shows them |
| `linked_pictures` | Obsidian's pictures inside a link |
| `outline_properties` | properties of Logseq's and Dataview's blocks |
"""
