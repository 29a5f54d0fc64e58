"""HTML as a browser takes it, near enough for tests: elements, their attributes, the text that is seen."""

from collections.abc import Iterator
from html.parser import HTMLParser

EMPTY = {"meta", "link", "br", "input", "img", "rect", "circle", "path", "line", "polygon", "stop"}
BREAKING = {"p", "li", "h1", "h2", "h3", "div", "td", "title", "text", "tspan"}


class Element:
    def __init__(self, name: str, attributes: dict[str, str], parent: "Element | None") -> None:
        self.name = name
        self.attributes = attributes
        self.parent = parent
        self.children: list[Element | str] = []

    def all(self) -> "Iterator[Element]":
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.all()

    def find(self, name: str, **attributes: str) -> "list[Element]":
        wanted = {key.rstrip("_"): value for key, value in attributes.items()}
        return [
            one
            for one in self.all()
            if one.name == name and all(one.attributes.get(key) == value for key, value in wanted.items())
        ]

    @property
    def text(self) -> str:
        parts = [child if isinstance(child, str) else child.text for child in self.children]
        return "".join(parts) + (" " if self.name in BREAKING else "")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element("", {}, None)
        self.comments: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(element)
        if tag not in EMPTY:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in EMPTY:
            return
        assert self.here.name == tag, f"</{tag}> closes <{self.here.name}>"
        assert self.here.parent is not None
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def read(text: str) -> Element:
    """The root. Fails where an element is not closed in its place, or where there is a comment."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert reader.here is reader.root, f"<{reader.here.name}> is not closed"
    assert not reader.comments
    return reader.root


def check_inert(root: Element, *, scripts: int = 0) -> None:
    """No script but ours, no handler, no inline style, no address but the web's and the page's own."""
    assert len(root.find("script")) == scripts
    for one in root.all():
        assert one.name not in ("iframe", "object", "embed", "img", "base", "form", "foreignobject") or (
            one.name == "form" and one.attributes == {"id": "search", "role": "search"}
        )
        for name, value in one.attributes.items():
            assert not name.startswith("on"), name
            assert name != "style", value
            if name in ("href", "src", "xlink:href"):
                assert not value.lower().lstrip().startswith(("javascript:", "data:", "vbscript:")), value
