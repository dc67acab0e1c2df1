"""Publishing reports as an officer does, and taking them in each form."""

from io import BytesIO

from docx import Document

from engage.pages.reports.collecting import ANNUAL, Wanted
from engage.pages.reports.years import year_called
from tests.loop.made import (
    NOW,
)
from tests.pages.reports.pdf_check import words_of

YEAR = "2026-27"
FORMS = ("", ".pdf", ".docx", ".json")
PLACE = "Hertfordshire SEND partnership"


def staff_place(kind=ANNUAL, rest=""):
    return f"/staff/reports/{kind}/{YEAR}{rest}"


def public_place(kind=ANNUAL, form="", rest=""):
    return f"/reports/{kind}/{YEAR}{rest}{form}"


def publish(officer, kind=ANNUAL):
    """As an officer who has read it."""
    (seen,) = seen_on(officer.get(staff_place(kind)).page)
    return officer.post(staff_place(kind), data={"seen": seen})


def seen_on(page):
    """What the button to publish sends back; nothing where there is no button."""
    return page.tree.xpath("//*[@name='seen']/@value")


def links(page):
    return page.tree.xpath("//a/@href")


def said_in(client, form, kind=ANNUAL, read="", rest=""):
    """What somebody reads who takes it in this form, without any space."""
    answer = client.get(public_place(kind, form, rest) + read)
    assert answer.status_code == 200, form
    if form == ".pdf":
        return words_of(answer.data)
    if form == ".docx":
        text = "".join(Document(BytesIO(answer.data)).element.body.itertext())
    else:
        text = words_on(answer.page) if form == "" else answer.get_data(as_text=True)
    return "".join(text.split())


def words_on(page):
    return "".join(page.texts("title, body"))


def wanted(kind=ANNUAL, now=NOW, asks=None, year=YEAR):
    return Wanted(kind, year_called(year), now, PLACE, asks)
