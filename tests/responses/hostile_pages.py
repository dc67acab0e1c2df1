"""What a page makes of words: what a browser reads in it, and somebody who fills its forms."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode, urlsplit

import html5lib
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

LEADS_ELSEWHERE = ("href", "src", "action", "formaction", "srcset", "data", "poster", "xlink:href")
TREE = html5lib.getTreeBuilder("etree")
PLAIN = "Harmless"
TOKEN = re.compile(r"/answer/[^/?&]+|%2Fanswer%2F[^%&]+|/answer%2F[^%&]+")

Pairs = Iterable[tuple[str, str]]


class Visitor(FlaskClient):
    """Sends words as they stand, lone surrogates too, and looks at every reply."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app, app.response_class)
        self.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"

    def send(self, url: str, fields: Pairs) -> TestResponse:
        said = urlencode([(name, as_bytes(words)) for name, words in fields])
        return self.post(url, data=said, content_type="application/x-www-form-urlencoded")

    def open(self, *args: Any, **how: Any) -> TestResponse:
        reply = super().open(*args, **how)
        assert reply.status_code < 500, reply.request.path
        where = urlsplit(reply.headers.get("Location", ""))
        assert where.netloc in ("", "localhost"), "it leads to another website"
        assert where.path.isprintable()
        return reply


@dataclass(frozen=True)
class Seen:
    """A page as a browser reads it: its elements with their attributes, and where it leads."""

    elements: Counter[tuple[str, ...]]
    addresses: frozenset[str]
    letters: str = field(compare=False)  # what a person can read on it, in its boxes too


def seen(reply: TestResponse) -> Seen:
    return read(reply.text)


@lru_cache(maxsize=32)
def read(html: str) -> Seen:
    """As a browser does. That is slow, and what was refused is often the same page again."""
    parser = html5lib.HTMLParser(TREE, namespaceHTMLElements=False)
    tree = parser.parse(html)
    # A code that is no letter is still only text; whatever else is wrong would be our own markup.
    assert not parser.errors
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    found = (element.get(name) for element in elements for name in LEADS_ELSEWHERE)
    boxes = (element.get("value", "") for element in elements if element.tag == "input")
    return Seen(
        Counter((element.tag, *sorted(element.attrib)) for element in elements),
        frozenset(TOKEN.sub("/answer/token", address) for address in found if address),
        visible("".join([*tree.itertext(), *boxes])),
    )


def visible(words: str) -> str:
    """The letters and signs of ASCII in it: no page may lose or change one of these."""
    return "".join(letter for letter in words if "!" <= letter <= "~")


@dataclass(frozen=True)
class Page:
    """A page with a form: where it is sent, and what can be filled in."""

    url: str
    hidden: list[tuple[str, str]]
    boxes: list[str]  # the names of what takes words
    picks: dict[str, list[str]]  # the codes to choose from, by name

    def filled(self, words: str = "", codes: Sequence[str] = ()) -> Pairs:
        """The words in every box, and of each choice the first, or these."""
        yield from self.hidden
        for place, (name, known) in enumerate(self.picks.items()):
            for code in codes or known[place : place + 1]:
                yield name, code
        yield from ((name, words) for name in self.boxes)


def page_at(visitor: Visitor, url: str) -> Page:
    (form,) = BeautifulSoup(visitor.get(url).text, "html.parser").select("main form[method=post]")
    return Page(
        url=str(form.get("action") or url),
        hidden=[(str(box["name"]), str(box["value"])) for box in form.select("[type=hidden]")],
        boxes=[str(box["name"]) for box in form.select("textarea, input[type=text]")],
        picks=_picks(form),
    )


def _picks(form: Tag) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for box in form.select("[type=radio], [type=checkbox]"):
        found.setdefault(str(box["name"]), []).append(str(box["value"]))
    for box in form.select("select"):
        codes = [str(option.get("value", "")) for option in box.select("option")]
        found[str(box["name"])] = [code for code in codes if code]
    return found


def begin(visitor: Visitor, slug: str) -> str:
    """Somebody starts; the address of the first question."""
    page = page_at(visitor, f"/have-your-say/{slug}")
    return str(visitor.send(page.url, page.filled()).location)


def walk(visitor: Visitor, slug: str) -> Iterator[Page]:
    """Every page up to the last question, each answered with the first choice."""
    url = begin(visitor, slug)
    while len(urlsplit(url).path.strip("/").split("/")) == 3:
        page = page_at(visitor, url)
        yield page
        url = str(visitor.send(url, page.filled(PLAIN)).location)


def as_bytes(words: str) -> bytes:
    return words.encode("utf-8", "surrogatepass")
