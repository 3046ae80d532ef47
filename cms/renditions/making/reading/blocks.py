"""Reads the print document's blocks from sanitised HTML."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ....text.elements import HEADINGS
from ....text.tree import MAX_DEPTH, Element, parse_html
from ...document.blocks import (
    Block,
    Blocks,
    BulletList,
    CodeBlock,
    Figure,
    Heading,
    ListItem,
    NumberedList,
    Paragraph,
    Passage,
    Quotation,
    Rule,
)
from ...document.document import Footnote
from ...document.flatten import one_line
from ...document.inlines import Image, Inlines, Strong
from ...document.shortfalls import Shortfalls
from .line import Line, Wrap
from .markup import (
    depth_of,
    footnote_items,
    heading_anchors,
    is_done,
    items_of_footnotes,
    locale_of,
    natural,
    programming_language,
    raw_text,
)
from .phrasing import Phrasing
from .tables import TableReader

BlockReader = Callable[[Element, Sequence[Wrap]], Iterable[Block]]


@dataclass(frozen=True, slots=True)
class Content:
    """What a text holds: its blocks, and its footnotes in the order of their numbers."""

    blocks: Blocks
    footnotes: tuple[Footnote, ...] = ()


def read_html(html: str, base: str, shortfalls: Shortfalls) -> Content:
    """Read a text; what the tree cannot hold is told to `shortfalls`.

    `base` is the address that relative ones start from. Any string is read: tags that HTML does
    not know are passed over and their text kept.
    """
    root = parse_html(html)
    if depth_of(root) >= MAX_DEPTH:
        shortfalls.note(f"What is nested deeper than {MAX_DEPTH} elements is set at that depth.")
    return HtmlReader(root, base, shortfalls).read()


class HtmlReader:
    """Turns the elements of one text into blocks."""

    def __init__(self, root: Element, base: str, shortfalls: Shortfalls) -> None:
        self._root = root
        self._shortfalls = shortfalls
        self._notes = footnote_items(root)
        numbers = {item.attributes.get("id", ""): n for n, item in enumerate(self._notes, 1)}
        self._phrasing = Phrasing(base, numbers, heading_anchors(root), shortfalls)
        tables = TableReader(self.blocks, self.inlines)
        self._readers: dict[str, BlockReader] = {
            **dict.fromkeys(HEADINGS, self._heading),
            **dict.fromkeys(("ul", "menu"), self._bullets),
            "ol": self._numbered,
            "blockquote": self._quotation,
            "pre": self._code,
            "hr": self._rule,
            "figure": self._figure,
            "table": tables.read,
            "dl": self._definitions,
            "dt": self._term,
            "summary": self._term,
            "section": self._section,
        }

    def read(self) -> Content:
        """Read the whole text."""
        notes = tuple(
            Footnote(number, self.blocks(item.children))
            for number, item in enumerate(self._notes, 1)
        )
        return Content(self.blocks(self._root.children), notes)

    def blocks(self, nodes: Iterable[Element | str], wraps: Sequence[Wrap] = ()) -> Blocks:
        """Read nodes that may stand on lines of their own; `wraps` enclose each line's content."""
        blocks: list[Block] = []
        line = Line(wraps)
        for node in nodes:
            if isinstance(node, str):
                line.text(node)
            elif not node.is_block:
                self._phrasing.read(node, line)
            else:
                blocks += _paragraph(line)
                line = Line(wraps)
                blocks += self._block(node, wraps)
        return (*blocks, *_paragraph(line))

    def inlines(self, nodes: Iterable[Element | str], wraps: Sequence[Wrap] = ()) -> Inlines:
        """Read nodes into one line: each paragraph in it begins anew after a line break."""
        blocks = self.blocks(nodes, wraps)
        if not all(isinstance(block, Paragraph) for block in blocks):
            self._shortfalls.note(
                "A heading or a caption that holds more than words is set in lines."
            )
        return one_line(blocks)

    def _block(self, element: Element, wraps: Sequence[Wrap]) -> Iterable[Block]:
        self._phrasing.note_losses(element)
        read = self._readers.get(element.name)
        if read:
            blocks = tuple(read(element, wraps))
        else:
            wrap = self._phrasing.wrap_of(element)
            blocks = self.blocks(element.children, (*wraps, wrap) if wrap else wraps)
        language, direction = locale_of(element)
        if blocks and (language or direction):
            return (Passage(blocks, language, direction),)
        return blocks

    def _heading(self, element: Element, wraps: Sequence[Wrap]) -> Iterable[Block]:
        content = self.inlines(element.children, wraps)
        if content:
            yield Heading(int(element.name[1]), content, element.attributes.get("id"))

    def _bullets(self, element: Element, wraps: Sequence[Wrap]) -> Iterable[Block]:
        items = tuple(self._items(element, wraps))
        if items:
            yield BulletList(items)

    def _numbered(self, element: Element, wraps: Sequence[Wrap]) -> Iterable[Block]:
        if element.attributes.keys() & {"reversed", "type"}:
            self._shortfalls.note("A numbered list is numbered 1, 2, 3 instead of in its own way.")
        items = tuple(self._items(element, wraps))
        if items:
            yield NumberedList(
                items, natural(element, "start") or 0 if "start" in element.attributes else 1
            )

    def _items(self, element: Element, wraps: Sequence[Wrap]) -> Iterable[ListItem]:
        for child in element.children:
            if isinstance(child, Element) and child.name == "li":
                yield ListItem(self._item_blocks(child, wraps), is_done(child))
            elif blocks := self.blocks((child,), wraps):
                yield ListItem(blocks)

    def _item_blocks(self, item: Element, wraps: Sequence[Wrap]) -> Blocks:
        if "value" in item.attributes:
            self._shortfalls.note("A number that a list gives one of its entries is left out.")
        blocks = self.blocks(item.children, wraps)
        language, direction = locale_of(item)
        return (Passage(blocks, language, direction),) if language or direction else blocks

    def _quotation(self, element: Element, wraps: Sequence[Wrap]) -> Iterable[Block]:
        blocks = self.blocks(element.children, wraps)
        if blocks:
            yield Quotation(blocks)

    def _code(self, element: Element, _wraps: Sequence[Wrap]) -> Iterable[Block]:
        for descendant in element.walk():
            if descendant.name in {"img", "a"}:
                self._shortfalls.note("A link or an image within lines of code is left out.")
        text = "".join(raw_text(element)).removesuffix("\n")
        if text:
            yield CodeBlock(text, programming_language(element))

    def _rule(self, element: Element, _wraps: Sequence[Wrap]) -> Iterable[Block]:
        if "footnotes-sep" not in element.classes:
            yield Rule()

    def _figure(self, element: Element, wraps: Sequence[Wrap]) -> Iterable[Block]:
        captions = [child for child in element.elements if child.name == "figcaption"]
        content = [child for child in element.children if not _is_named(child, "figcaption")]
        blocks = tuple(_uncaptioned(self.blocks(content, wraps)))
        caption = one_line(self.blocks(captions, wraps))
        if blocks:
            yield Figure(blocks, caption)
        elif caption:
            yield Paragraph(caption)

    def _definitions(self, element: Element, wraps: Sequence[Wrap]) -> Iterable[Block]:
        self._shortfalls.note("A list of definitions is set as an ordinary list.")
        groups: list[list[Element | str]] = []
        for child in element.children:
            if _is_named(child, "dt") or not groups:
                groups.append([])
            groups[-1].append(child)
        items = [ListItem(blocks) for group in groups if (blocks := self.blocks(group, wraps))]
        if items:
            yield BulletList(tuple(items))

    def _term(self, element: Element, wraps: Sequence[Wrap]) -> Iterable[Block]:
        return self.blocks(element.children, (*wraps, Strong))

    def _section(self, element: Element, wraps: Sequence[Wrap]) -> Iterable[Block]:
        return () if items_of_footnotes(element) else self.blocks(element.children, wraps)


def _paragraph(line: Line) -> Iterable[Block]:
    content = line.finish()
    if content and all(isinstance(node, Image) for node in content):
        yield Figure((Paragraph(content),))
    elif content:
        yield Paragraph(content)


def _uncaptioned(blocks: Blocks) -> Iterable[Block]:
    """Take images out of the figures that they would be by themselves."""
    for block in blocks:
        if isinstance(block, Figure) and not block.caption:
            yield from block.blocks
        else:
            yield block


def _is_named(node: Element | str, name: str) -> bool:
    return isinstance(node, Element) and node.name == name
