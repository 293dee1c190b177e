"""A page for each module, as the recipe of mkdocstrings makes them."""

import mkdocs_gen_files

nav = mkdocs_gen_files.Nav()
for name in ("tower", "lamp"):
    nav["keeper", name] = f"{name}.md"
    with mkdocs_gen_files.open(f"reference/{name}.md", "w") as file:
        print(f"# {name}\n\n::: keeper.{name}", file=file)
with mkdocs_gen_files.open("reference/SUMMARY.md", "w") as file:
    file.writelines(nav.build_literate_nav())
