"""Tokenize raw HTML, with places: the standard library's tokenizer, made to report spans.

lxml and html5lib were looked at: both build a repaired tree, in which what the author wrote and where is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass, replace
from html import escape
from html.parser import HTMLParser
from typing import Literal, TypeAlias

from aikb.model.source import line_starts

TokenKind: TypeAlias = Literal["open", "close", "text", "comment"]


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of raw HTML."""

    kind: TokenKind
    """`text` has entities as written; `comment` is any comment, declaration or instruction."""
    start: int
    end: int
    _: KW_ONLY
    name: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    """Names in lower case, values with entities resolved."""
    text: str = ""
    closed: bool = False
    """Whether an opening tag closes itself with `/>`."""

    def get(self, name: str) -> str | None:
        """Look up the value of an attribute."""
        return next((value for key, value in self.attributes if key == name), None)


def opening_tag(token: Token) -> str:
    """Write an opening tag: its name in lower case, values in double quotes."""
    given = "".join(f' {name}="{escape(value)}"' for name, value in token.attributes)
    return f"<{token.name}{given}{' /' if token.closed else ''}>"


class _Tokenizer(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.tokens: list[Token] = []
        self._text = text
        self._lines = line_starts(text)
        self.feed(text)
        self.close()

    def _start(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _add(self, kind: TokenKind, length: int, **fields: object) -> None:
        start = self._start()
        self.tokens.append(Token(kind, start, start + length, **fields))  # type: ignore[arg-type]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        written = self.get_starttag_text() or ""
        attributes = tuple((name, value or "") for name, value in attrs)
        self._add("open", len(written), name=tag, attributes=attributes, closed=written.endswith("/>"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        end = self._text.find(">", self._start())
        self._add("close", (end + 1 if end >= 0 else len(self._text)) - self._start(), name=tag)

    def handle_data(self, data: str) -> None:
        self._add("text", len(data), text=data)

    def handle_entityref(self, name: str) -> None:
        self._add("text", len(name) + 1, text=f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._add("text", len(name) + 2, text=f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self._add("comment", 0, text=data)  # where it ends is told when the next piece is known

    def handle_decl(self, decl: str) -> None:
        self.handle_comment(decl)

    def handle_pi(self, data: str) -> None:
        self.handle_comment(data)

    def unknown_decl(self, data: str) -> None:
        self.handle_comment(data)

    def ended(self) -> Iterator[Token]:
        """Say where comments end: Pythons differ in what ends one, and in whether one that nothing ends is text."""
        for at, token in enumerate(self.tokens):
            if token.kind != "comment":
                yield token
                continue
            end = self.tokens[at + 1].start if at + 1 < len(self.tokens) else len(self._text)
            written = self._text[token.start : end]
            closed = written.endswith(">")
            yield replace(token, end=end) if closed else Token("text", token.start, end, text=written)


def tokens(text: str) -> tuple[Token, ...]:
    """Tokenize a piece of raw HTML, in order. Never raises: what cannot be read is text."""
    try:
        return tuple(_Tokenizer(text).ended())
    except (AssertionError, ValueError):  # html.parser asserts on some broken declarations, e.g. `<![ x`
        return (Token("text", 0, len(text), text=text),)
