"""A page as the tests see it. Opening one checks what must be true of every page."""

import os
import re
from collections import Counter
from functools import cached_property

import html5lib
import lxml.html
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from lxml.html import HtmlElement
from werkzeug.test import TestResponse

from engage.extensions import db

# Of text and of the values of attributes, what cannot make a page wrong: letters and common signs.
HARMLESS = re.compile(r"&[^\s<]*|[\w\s.,:;?()%£/“”‘’–-]+")
BETWEEN_TAGS = re.compile(r">[^<]+")
VALUES = re.compile(r'="[^"<>]*"')
well_formed: set[int] = set()


class Page:
    def __init__(self, response: TestResponse) -> None:
        self.status = response.status_code
        self.html = response.get_data(as_text=True)
        # The form of a page is the same whatever database its words come from.
        if "TEST_DATABASE_URL" not in os.environ:
            self.check()

    @cached_property
    def soup(self) -> BeautifulSoup:
        """To search in; twenty times slower to make than the tree."""
        return BeautifulSoup(self.html, "html.parser")

    @cached_property
    def tree(self) -> HtmlElement:
        return lxml.html.document_fromstring(self.html)

    @property
    def heading(self) -> str:
        return words_of(self.tree.find(".//h1"))

    def texts(self, selector: str) -> list[str]:
        return [words_of(element) for element in self.tree.cssselect(selector)]

    def check(self) -> None:
        check_form(self.html)
        assert self.tree.get("lang"), "the page says no language"
        assert len(self.tree.findall(".//h1")) == 1, "a page has one h1"
        title = words_of(self.tree.find(".//title")).removeprefix("Error: ")
        assert title.startswith(self.heading), "the title starts with the h1"
        ids = Counter(self.tree.xpath("//@id"))
        assert not [id for id, count in ids.items() if count > 1], "ids are not repeated"
        labelled = set(self.tree.xpath("//label/@for"))
        for control in self.tree.xpath("//input[not(@type='hidden')] | //select | //textarea"):
            assert control.get("id") in labelled, f"no label for {control.attrib}"


def words_of(element: HtmlElement) -> str:
    """What it says, its parts a space apart; not what is written for the browser alone."""
    said = element.xpath(".//text()[not(ancestor::script or ancestor::style)]")
    return " ".join(" ".join(said).split())


def check_form(html: str) -> None:
    """Raises where the HTML is not as the standard wants it.

    Reading a page strictly takes longer than making it. Pages of one form, with other words in
    it, are right or wrong together: one of them is read.
    """
    form = hash(form_of(html))
    if form in well_formed:
        return
    html5lib.HTMLParser(strict=True).parse(html)
    well_formed.add(form)


def form_of(html: str) -> str:
    """The page with each run of harmless letters as one x, outside of tags and in values."""
    return VALUES.sub(plainer, BETWEEN_TAGS.sub(plainer, html))


def plainer(part: re.Match[str]) -> str:
    return HARMLESS.sub(lambda run: run[0] if run[0].startswith("&") else "x", part[0])


class Browser(FlaskClient):
    """A test client that sends our own forms, and reads every HTML page it is given."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"

    def open(self, *args: object, **kwargs: object) -> TestResponse:
        # As after the request that made it: this one's failure does not undo it.
        db.session.commit()
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.status_code not in range(300, 400):
            response.page = Page(response)
        return response
