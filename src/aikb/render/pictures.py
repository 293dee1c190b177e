"""Pictures, embedded files and code as Python-Markdown reads them; what has a size, a player or a kind is HTML."""

from __future__ import annotations

from aikb.model.node import Node
from aikb.render.attributes import Attributes, attribute_list
from aikb.render.escape import bracketed_address, escaped_text, fence, quoted_title, raw, raw_block
from aikb.render.fence import fence_line, is_diagram, read_fence
from aikb.render.inlines import alternative_of, diagram, embedded_file, placeholder, sizes_of
from aikb.render.media import media_of
from aikb.render.text import Text
from aikb.text.reserved import unforged


def picture(node: Node, text: Text, given: Attributes, *, linked: bool) -> str:
    """Write an image node: a picture, an embedded file, a link to an embedded page, or what stands for what is missing."""
    resolution = text.resolution(node)
    alternative = alternative_of(node, resolution)
    if resolution is not None and resolution.kind == "asset":
        media = media_of(node, resolution.path)
        if media.kind != "image" or media.width:
            return raw(embedded_file(node, resolution, text, given, linked=linked).replace("|", "&#124;"))
        address = bracketed_address(text.url(resolution))
        written = f"![{escaped_text(media.words, None)}](<{address}>{quoted_title(node.title)})"
        sizes = sizes_of(media, given, text.size(resolution.path))
        return written + attribute_list(tuple({**sizes, **dict(given)}.items()))
    if resolution is not None and resolution.kind == "page":  # an embedded note, shown as a link
        link = f"[{escaped_text(alternative, None)}](<{bracketed_address(text.url(resolution))}>)"
        return link + attribute_list(given)
    url = resolution.url if resolution is not None and resolution.kind == "external" else ""
    return raw(placeholder(alternative, text.words, url, linked=linked))


def code_block(node: Node, *, diagrams: bool) -> list[str]:
    """Write a block of code as lines; a diagram as what Material draws, where it is to."""
    marks, given = fence(node.text, 3), read_fence(node.info)
    if diagrams and is_diagram(given):
        return [raw_block(diagram(node))]
    return [marks + fence_line(given), *unforged(node.text.removesuffix("\n")).split("\n"), marks]
