"""A page as the tests see it. Opening one checks what must be true of every page."""

from collections import Counter

import html5lib
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class Page:
    def __init__(self, response: TestResponse) -> None:
        self.status = response.status_code
        self.html = response.get_data(as_text=True)
        self.soup = BeautifulSoup(self.html, "html.parser")
        self.check()

    @property
    def heading(self) -> str:
        return self.soup.h1.get_text(" ", strip=True)

    def texts(self, selector: str) -> list[str]:
        return [" ".join(element.get_text(" ").split()) for element in self.soup.select(selector)]

    def check(self) -> None:
        html5lib.HTMLParser(strict=True).parse(self.html)
        assert self.soup.html.get("lang"), "the page says no language"
        assert len(self.soup.select("h1")) == 1, "a page has one h1"
        title = self.soup.title.get_text().removeprefix("Error: ")
        assert title.startswith(self.heading), "the title starts with the h1"
        ids = Counter(element["id"] for element in self.soup.select("[id]"))
        assert not [id for id, count in ids.items() if count > 1], "ids are not repeated"
        for control in self.soup.select("input:not([type=hidden]), select, textarea"):
            assert self.label_of(control), f"no label for {control}"

    def label_of(self, control: Tag) -> Tag | None:
        return self.soup.select_one(f'label[for="{control.get("id")}"]')


class Browser(FlaskClient):
    """A test client that sends our own forms, and reads every HTML page it is given."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"

    def open(self, *args: object, **kwargs: object) -> TestResponse:
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.status_code not in range(300, 400):
            response.page = Page(response)
        return response
