r"""Convert LaTeX to MathML at build time, by latex2mathml, so that a page needs no script to show a formula.

latex2mathml passes `\href`, `\style` and raw markup in `\text` through, so its result is read as XML and written anew with
MathML Core's own elements and attributes only.
"""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree import ElementTree as ET

from latex2mathml.converter import convert

from aikb.text.math_alphabets import in_alphabet

ELEMENTS = frozenset(
    "annotation math menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms "
    "mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics".split()
)
"""Elements that a formula is written with."""
ATTRIBUTES = frozenset(
    "accent accentunder close columnalign columnlines columnspacing depth display displaystyle fence form height largeop "
    "linethickness lspace mathcolor mathsize mathvariant maxsize minsize movablelimits notation open rowlines rowspacing "
    "rspace scriptlevel separator stretchy symmetric voffset width".split()
)
"""Attributes of these."""
_NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"


_ALIGNED = re.compile(
    r"\\(begin|end)\{(?:aligned|align(?:ed)?at\*?|align|eqnarray\*?|flalign\*?)\}(?:\[[tbc]\])?(?:\{\d+\})?"
)
_GAP = re.compile(r"(\\\\\*?)\s*\[\s*-?[\d.]+\s*[a-z]{2}\s*\]|(\\begin\{array\})\s*\[[tbc]\]")
"""The distance to the next row, and how a table stands on its line."""
_BRACKET = re.compile(r"(\\begin\{(?!array\b)[a-zA-Z]+\*?\}|\\\\)(\s*)(?=\[(?!\s*[tbclr]\s*\]))")
"""Before a bracket of the formula itself, which would be taken for an option of what begins the row."""
_WORDS = re.compile(r"(\\(?:text(?:bf|it|rm|sf|tt|normal|up)?|mbox|hbox|mathrm))\{([^{}]*)\}")
_CELL_END = re.compile(r"\\?&")
_SILENT = re.compile(r"\\hline(?![a-zA-Z])|\\label\{[^{}]*\}|\\(?:nonumber|notag|displaylimits|allowbreak)(?![a-zA-Z])")
_DELIMITERS = {
    "langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "backslash": "∖",
    **dict.fromkeys(("vert", "lvert", "rvert"), "|"), **dict.fromkeys(("Vert", "lVert", "rVert"), "‖"),
    "uparrow": "↑", "downarrow": "↓", "updownarrow": "↕", "Uparrow": "⇑", "Downarrow": "⇓", "Updownarrow": "⇕",
    **dict.fromkeys(("lbrace", "{"), "\ue003"), **dict.fromkeys(("rbrace", "}"), "\ue004"), "|": "‖",
    "lbrack": "[", "rbrack": "]", "lgroup": "⟮", "rgroup": "⟯",
}  # fmt: skip
r"""Delimiters that have names, which latex2mathml makes large with `\left` only."""
_SIZED = re.compile(
    r"(\\(?:big|Big|bigg|Bigg)[lrm]?)\s*\\([{}|]|(?:"
    + "|".join(each for each in _DELIMITERS if each.isalpha())
    + r")(?![a-zA-Z]))"
)
_GATHERED = re.compile(r"\\begin\{(gather(?:ed|\*)?)\}((?:(?!\\begin|\\end).)*)\\end\{\1\}", re.DOTALL)
"""Rows that are centred, one below the other."""
_OPERATORS = re.compile(r"\\(arg|argmax|argmin|sgn|tr|rank|diag|softmax|lg)(?![a-zA-Z])")
_CHEMISTRY = re.compile(r"\\ce\{((?:[^{}\\$]|\{[^{}]*\})*)\}")
_COUNT = re.compile(r"(?<=[A-Za-z)\]}])(\d+)")
_ARROW = r"\rightarrow "
_LATEX = re.compile(r"\\[a-zA-Z]+")
_ESCAPED = re.compile(r"\\([%$#&_{}])")
_KEPT = str.maketrans("&<>", "\ue000\ue001\ue002")
"""Stand for signs in words while the rest is converted: latex2mathml takes them for the end of a cell and for markup."""
_BACK = str.maketrans("\ue000\ue001\ue002\ue003\ue004", "&<>{}")


class FormulaError(Exception):
    """A formula that cannot be read; the message says why in a few words."""


@lru_cache(maxsize=16_384)  # a check reads each, and a page shows it
def to_mathml(latex: str, *, display: bool) -> str:
    """Convert a formula to one `<math>` element. Raises FormulaError."""
    if len(latex) > 5_000 or latex.count("{") > 400:
        raise FormulaError("it is too long")
    try:
        markup = convert(_readable(latex), display="block" if display else "inline")
        root = ET.fromstring(markup)  # noqa: S314 - written by latex2mathml, without a document type
    except ET.ParseError:
        raise FormulaError(
            "“&” ends a cell where no table is" if "&" in latex else "what it says is no MathML"
        ) from None
    except Exception as error:  # noqa: BLE001 - latex2mathml's errors have no base class of their own, and it raises IndexError too
        raise FormulaError(_worded(error)) from None
    for element in root.iter():
        element.tag = element.tag.removeprefix(_NAMESPACE)
        if element.tag not in ELEMENTS:
            raise FormulaError(f"<{element.tag}> is no part of a formula")
        if element.text and (unread := _LATEX.match(element.text)) and element.tag != "mtext":
            raise FormulaError(f"{unread[0]} is not known")
        if element.text and element.tag == "mtext":
            element.text = _ESCAPED.sub(r"\1", element.text)
        element.text = element.text.translate(_BACK) if element.text else element.text
        if element.text and element.get("mathvariant", "normal") != "normal":
            element.text = in_alphabet(element.text, element.attrib.pop("mathvariant"))
        for name in set(element.attrib) - ATTRIBUTES:
            del element.attrib[name]
    return ET.tostring(root, encoding="unicode", short_empty_elements=False)


def _readable(latex: str) -> str:
    """Write what latex2mathml does not read in words that it does; names of operators that LaTeX has or everyone defines."""
    latex = _SIZED.sub(lambda match: match[1] + _DELIMITERS[match[2]], latex)
    latex = _GATHERED.sub(_rows, latex)
    latex = _GAP.sub(r"\1\2", _ALIGNED.sub(r"\\\1{align*}", latex))
    latex = _BRACKET.sub(r"\1{}\2", latex)
    latex = _SILENT.sub("", latex.replace("{dcases}", "{cases}").replace("\\textsc{", "\\text{"))
    latex = _WORDS.sub(lambda match: match[1] + "{" + _CELL_END.sub("&", match[2]).translate(_KEPT) + "}", latex)
    latex = _CHEMISTRY.sub(_formula_of_substance, latex)
    return _OPERATORS.sub(r"\\operatorname{\1}", latex)


def _rows(match: re.Match[str]) -> str:
    """Write gathered rows that have cells all the same as a table."""
    return rf"\begin{{matrix}}{match[2]}\end{{matrix}}" if "&" in match[2] else match[0]


def _formula_of_substance(match: re.Match[str]) -> str:
    """Write the plain part of mhchem, as in H2O: upright letters, and numbers behind them below the line."""
    return r"\mathrm{" + _COUNT.sub(r"_{\1}", match[1]).replace("->", _ARROW) + "}"


def as_text(latex: str) -> str:
    """Convert a formula to a line of plain text, for places without markup: letters, numbers and signs in a row."""
    try:
        markup = to_mathml(latex, display=False)
    except FormulaError:
        return latex
    return " ".join("".join(ET.fromstring(markup).itertext()).split())  # noqa: S314 - written above


def _worded(error: Exception) -> str:
    name = error.__class__.__name__
    words = "".join(f" {char.lower()}" if char.isupper() else char for char in name.removesuffix("Error")).strip()
    return str(error) or words
