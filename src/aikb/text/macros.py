r"""Write out macros of LaTeX: those that an author defines, and short names that KaTeX and MathJax know.

Definitions are `\newcommand`, `\renewcommand`, `\providecommand`, `\def`, `\let` and `\DeclareMathOperator`; MathJax
(https://docs.mathjax.org/en/latest/input/tex/macros.html) keeps them for the rest of a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

_DEFINES = re.compile(
    r"\\(?:(?P<new>(?:new|renew|provide)command\*?)|(?P<operator>DeclareMathOperator(?P<star>\*?))|(?P<text>g?def)"
    r"|(?P<same>let))(?![a-zA-Z])\s*"
)
_NAME = re.compile(r"\{?\s*\\([a-zA-Z]+|[^a-zA-Z\s])\s*\}?")
_COUNT = re.compile(r"\s*\[\s*(\d)\s*\]")
_DEFAULT = re.compile(r"\s*\[([^\[\]{}]*)\]")
_PARAMETERS = re.compile(r"((?:#\d)*)\s*")
_TOKEN = re.compile(r"\s*(\\(?:[a-zA-Z]+|.)|[^\s{}])", re.DOTALL)
_OTHER = re.compile(r"\s*=?\s*(\\(?:[a-zA-Z]+|.)|\S)")
_USE = re.compile(r"\\([a-zA-Z]+|[^a-zA-Z\s])")
_PARAMETER = re.compile(r"#(\d)")
_REMARK = re.compile(r"(?<!\\)%[^\n]*")
_LONGEST = 5_000
"""Characters that a formula may have when its macros are written out; what grows beyond stays as it is."""
_MOST = 100_000
"""Characters of definitions that are read."""
_DEEPEST = 20
"""How often what a macro stands for is looked through for macros."""


@dataclass(frozen=True, slots=True)
class Macro:
    """What a name stands for, with `#1` to `#9` for its arguments."""

    body: str
    arguments: int = 0
    default: str | None = None
    """Of the first argument, where it may be left out."""


KNOWN: Mapping[str, Macro] = {
    **{name: Macro(rf"\mathbb{{{name}}}") for name in "NRZ"},
    **{name: Macro(rf"\mathbb{{{letter}}}") for name, letter in (("natnums", "N"), ("reals", "R"), ("Reals", "R"))},
    **{name: Macro(r"\mathbb{C}") for name in ("cnums", "Complex")},
    **{name: Macro(r"\infty ") for name in ("infin",)},
    **{name: Macro(r"\Re ") for name in ("real", "Real")},
    **{name: Macro(r"\Im ") for name in ("image", "Image")},
    "empty": Macro(r"\emptyset "),
    "bra": Macro(r"\langle #1|", 1),
    "ket": Macro(r"|#1\rangle ", 1),
    "braket": Macro(r"\langle #1\rangle ", 1),
    "set": Macro(r"\{#1\}", 1),
    "Set": Macro(r"\left\{#1\right\}", 1),
    "hdots": Macro(r"\ldots "),
    "nobreak": Macro(""),
    **{
        f"text{name}": Macro(sign)
        for name, sign in (
            ("visiblespace", "␣"),
            ("braceleft", r"\{"),
            ("braceright", r"\}"),
            ("backslash", r"\backslash "),
            ("bar", "|"),
            ("less", "<"),
            ("greater", ">"),
            ("underscore", r"\_"),
            ("dollar", r"\$"),
            ("degree", "°"),
            ("asciitilde", r"\sim "),
            ("asciicircum", r"\hat{}"),
            ("registered", "®"),
            ("copyright", "©"),
            ("quoteleft", "‘"),
            ("quoteright", "’"),
            ("endash", "–"),
            ("emdash", "—"),
            ("ellipsis", r"\ldots "),
            ("bullet", r"\bullet "),
            ("section", "§"),
        )
    },
}
"""https://katex.org/docs/supported, LaTeX's signs of text, and the `braket` extension of MathJax.

An author's own of the same name counts first.
"""


def has_definitions(latex: str) -> bool:
    """Tell whether a formula defines macros."""
    return "\\" in latex and bool(_DEFINES.search(latex))


def read_macros(latex: str) -> tuple[dict[str, Macro], str]:
    """Read the definitions in a piece of LaTeX; and what it says besides. What cannot be read stays."""
    latex = _REMARK.sub("", latex)[:_MOST]
    found: dict[str, Macro] = {}
    kept: list[str] = []
    done = 0
    for match in _DEFINES.finditer(latex):
        if match.start() < done:
            continue
        name = _NAME.match(latex, match.end())
        read = _definition(latex, match, name) if name else None
        if name is None or read is None:
            break  # a brace without an end, in most cases
        kept.append(latex[done : match.start()])
        found[name[1]], done = read
    return found, "".join([*kept, latex[done:]]).strip()


def _definition(latex: str, match: re.Match[str], name: re.Match[str]) -> tuple[Macro, int] | None:
    """Read what follows a name: the macro, and where it ends; None where that is no definition."""
    at, count, default = name.end(), 0, None
    if match["new"]:
        if number := _COUNT.match(latex, at):
            count, at = int(number[1]), number.end()
            if optional := _DEFAULT.match(latex, at):
                default, at = optional[1], optional.end()
    elif match["text"]:
        if (parameters := _PARAMETERS.match(latex, at)) is None or latex[
            parameters.end() : parameters.end() + 1
        ] != "{":
            return None
        count, at = len(parameters[1]) // 2, parameters.end()
    elif match["same"]:
        other = _OTHER.match(latex, at)
        return (Macro(f"{other[1]} "), other.end()) if other else None
    argument = _argument(latex, at)
    if argument is None:
        return None
    body, at = argument
    if match["operator"]:
        body = rf"\operatorname{match['star']}{{{body}}}"
    return Macro(body, count, default), at


def written_out(latex: str, macros: Mapping[str, Macro]) -> str:
    """Write a formula without the macros; as it is where it would become too long, or never ends."""
    shown = latex
    for _ in range(_DEEPEST if len(latex) <= _LONGEST else 0):
        if not any(name[1] in macros for name in _USE.finditer(shown)):
            return shown
        pieces, length = list[str](), 0
        for piece in _replaced(shown, macros):
            pieces.append(piece)
            length += len(piece)
            if length > _LONGEST:
                return latex
        shown = "".join(pieces)
    return latex


def _replaced(latex: str, macros: Mapping[str, Macro]) -> Iterator[str]:
    """Replace each use of a macro once."""
    done = 0
    for match in _USE.finditer(latex):
        macro = macros.get(match[1])
        if macro is None or match.start() < done:
            continue
        at, given = match.end(), list[str]()
        if macro.default is not None:
            optional = _DEFAULT.match(latex, at)
            given, at = [optional[1] if optional else macro.default], optional.end() if optional else at
        while len(given) < macro.arguments and (argument := _argument(latex, at)):
            given, at = [*given, argument[0]], argument[1]
        yield latex[done : match.start()]
        values = [given[number] if number < len(given) else "" for number in range(9)]
        yield _PARAMETER.sub(partial(_value, values), macro.body)
        gap = macro.body[-1:].isalpha() and "\\" in macro.body and latex[at : at + 1].isalpha()
        yield " " * gap
        done = at
    yield latex[done:]


def _value(values: Sequence[str], match: re.Match[str]) -> str:
    return values[max(int(match[1]), 1) - 1]


def _argument(latex: str, at: int) -> tuple[str, int] | None:
    """Read an argument: what stands in braces, or one sign; with where it ends."""
    while latex[at : at + 1].isspace():
        at += 1
    if latex[at : at + 1] != "{":
        token = _TOKEN.match(latex, at)
        return (token[1], token.end()) if token else None
    depth, here = 0, at
    while here < len(latex):
        char = latex[here]
        if char == "\\":
            here += 1
        elif char in "{}":
            depth += 1 if char == "{" else -1
            if depth == 0:
                return latex[at + 1 : here], here + 1
        here += 1
    return None
