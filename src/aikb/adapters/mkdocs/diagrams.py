"""Mermaid's diagrams: drawn by the script that a setting names, which is published with the site; code without one.

Material draws what is in a `pre` of the class `mermaid`, and where no script of the site has brought Mermaid it loads it from
unpkg.com. The fence that its documentation has people add to superfences would do that to every reader, so it is taken out,
unless the configuration loads a Mermaid of its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File

from aikb.settings import Settings

log = get_plugin_logger("aikb")

SCRIPT = "assets/mermaid.js"
"""Where the site has it; `partials/javascripts/content.html` names it."""
_FENCES, _CLASS = "pymdownx.superfences", "mermaid"


def set_diagrams(config: MkDocsConfig, settings: Settings) -> None:
    """Take the user's own fence for diagrams out where Material would load a script for it, or where aikb draws them.

    Raises PluginError where the setting names no file.
    """
    if settings.mermaid and not _script(config, settings).is_file():
        raise PluginError(f"plugins.aikb.mermaid: there is no file {settings.mermaid} beside mkdocs.yml")
    if any("mermaid" in str(script).lower() for script in config.extra_javascript):
        return  # theirs is there before Material looks for one
    options: dict[str, Any] = (config["mdx_configs"] or {}).get(_FENCES) or {}
    given = list(options.get("custom_fences") or ())
    kept = [each for each in given if str(each.get("class", "")) != _CLASS]
    if len(kept) == len(given):
        return
    config["mdx_configs"][_FENCES] = {**options, "custom_fences": kept}
    if not settings.mermaid:
        log.info(
            "pymdownx.superfences: diagrams of mermaid are shown as code, since Material would have every reader load its "
            "script from unpkg.com; name a copy of mermaid.min.js in plugins.aikb.mermaid"
        )


def diagram_script(config: MkDocsConfig, settings: Settings) -> list[File]:
    """Make the script that draws diagrams a file of the site; none without the setting."""
    if not settings.mermaid:
        return []
    return [File.generated(config, SCRIPT, abs_src_path=str(_script(config, settings)))]


def _script(config: MkDocsConfig, settings: Settings) -> Path:
    return Path(config.config_file_path).parent / settings.mermaid
