"""Describe the plugin's options in JSON Schema, for editors: `options.schema.json` is made of the table in `settings`."""

from __future__ import annotations

from typing import Any

from aikb.settings import OPTIONS, Option


def _items(option: Option) -> dict[str, Any]:
    """Describe the words of a list."""
    if option.pattern:
        return {"type": "string", "pattern": f"^(?:{option.pattern})$"}
    return {"type": ["string", "number", "boolean"]}


def json_schema() -> dict[str, Any]:
    """Describe the plugin's options in JSON Schema, draft 2020-12: what `from_options` takes."""
    names = {str: "string", int: "integer", bool: "boolean", list: "array", dict: "object"}
    properties: dict[str, Any] = {"enabled": {"type": "boolean", "description": "whether MkDocs runs the plugin"}}
    for option in OPTIONS.values():
        default = list(option.default) if isinstance(option.default, tuple) else option.default
        words: dict[str, Any] = {"enum": list(option.choices)} if option.choices else {}
        if option.type is list:
            words = {"items": words or _items(option)}
            words |= {"minItems": 1, "uniqueItems": True} if option.distinct else {}
        if option.by_language:
            default = {}
            words = {"additionalProperties": {"type": "object", "additionalProperties": {"type": "string"}}}
        properties[option.name] = {"type": names[option.type], "description": option.doc, "default": default, **words}
        if option.distinct and not default:
            del properties[option.name]["default"]  # what is decided from the notes
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The options of aikb in mkdocs.yml",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
