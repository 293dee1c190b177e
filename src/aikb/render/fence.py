"""The line that opens a code block: its language and options, as pymdownx.superfences means them.

Syntax: https://facelessuser.github.io/pymdown-extensions/extensions/superfences/. Superfences does not take a fence with an
option it cannot read (`linenums=1`, `title=foo.py`) and reads the code as Markdown; here the options are understood as people
mean them, unknown ones are left out, and code stays code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from aikb.text.reserved import free_classes, is_reserved, unforged

_LANGUAGE = re.compile(r"[\w#+.-]+")
_BRACES = re.compile(r"\{[^{}`]*\}")
_OPTION = re.compile(
    r"(?<!\S)(?:\.(?P<class>[\w#+.-]+)|#(?P<id>[\w-]+)"
    r"|(?P<key>[\w-]+)=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s{}\"']+)))(?!\S)"
)
_NUMBERS = re.compile(r"\d+(?: \d+){0,2}")
_LINES = re.compile(r"\d+(?:-\d+)?(?: \d+(?:-\d+)?)*")


@dataclass(frozen=True, slots=True)
class Fence:
    """What the line says."""

    language: str = ""
    classes: tuple[str, ...] = ()
    id: str = ""
    title: str = ""
    numbers: str = ""
    """Line numbers: the first, and after a blank how many are stepped over and which are special; empty for none."""
    lines: str = ""
    """Lines to be marked: numbers and ranges with blanks between them."""


def read_fence(info: str) -> Fence:
    """Parse the line that opens a code block, without its backticks. What cannot be read is left out."""
    inside, language, options = _parts(info)
    classes, given = list[str](), dict[str, str]()
    for match in _OPTION.finditer(options):
        if match["class"]:
            classes.append(match["class"])
        elif match["id"]:
            given["id"] = match["id"]
        else:
            given[match["key"]] = next(each for each in match.group("double", "single", "bare") if each is not None)
    if inside and classes:
        language = classes.pop(0)
    if not inside:
        classes = []
    identifier = given.get("id", "") if inside else ""
    return Fence(
        language=language,
        classes=tuple(free_classes(classes)),
        id="" if is_reserved(identifier) else identifier,
        title=unforged(given.get("title", "").strip()),
        numbers=_numbers(given.get("linenums", "")),
        lines=_lines(given.get("hl_lines", "")),
    )


def _parts(info: str) -> tuple[str, str, str]:
    """Split the line: what stands in braces, if all of it does; the language; where options stand."""
    info = info.strip()
    inside = info[1:-1] if _BRACES.fullmatch(info) else ""
    language = "" if inside else (match[0] if (match := _LANGUAGE.match(info)) else "")
    return inside, language, inside or info[len(language) :].replace("{", " ").replace("}", " ")


def unread_options(info: str) -> list[str]:
    """List the options with a value that mean nothing here, or whose value cannot be read; as they are written."""
    unread = []
    for match in _OPTION.finditer(_parts(info)[2]):
        key = match["key"]
        value = next((each for each in match.group("double", "single", "bare") if each is not None), "")
        known = (
            key in (None, "title")
            or (key == "linenums" and (_numbers(value) or value.lower() in ("false", "no", "off")))
            or (key == "hl_lines" and _lines(value))
        )
        if not known:
            unread.append(match[0])
    return unread


def _numbers(written: str) -> str:
    """`1`, `"1 2"`; `true` means from 1."""
    if written.lower() in ("true", "yes", "on"):
        return "1"
    numbers = " ".join(written.replace(",", " ").split())
    return numbers if _NUMBERS.fullmatch(numbers) and len(numbers) < 20 else ""


def _lines(written: str) -> str:
    """`"1 3-5"`, `1,3-5`."""
    lines = " ".join(written.replace(",", " ").split())
    return lines if _LINES.fullmatch(lines) and len(lines) < 400 else ""


def is_diagram(fence: Fence) -> bool:
    """Whether a block is a diagram of Mermaid's."""
    return fence.language.lower() == "mermaid"


def expanded(lines: str) -> list[int]:
    """The numbers of the lines to be marked; a range of more than a thousand lines is cut."""
    found: list[int] = []
    for each in lines.split():
        first, _, last = each.partition("-")
        found += range(int(first), min(int(last or first), int(first) + 1_000) + 1)
    return found


def fence_line(fence: Fence) -> str:
    """The line as superfences reads it, without backticks and with a blank before braces."""
    title = fence.title.replace('"', "&quot;")
    options = "".join(
        f' {name}="{value}"'
        for name, value in (
            ("title", title),
            ("linenums", fence.numbers),
            ("hl_lines", fence.lines),
        )
        if value
    )
    if not (fence.classes or fence.id):
        return fence.language + (options if fence.language or not options else f"text{options}")
    names = "".join(f" .{each}" for each in (fence.language, *fence.classes) if each) + (
        f" #{fence.id}" if fence.id else ""
    )
    return f" {{{names.strip()}{options}}}"
