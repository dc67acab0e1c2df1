"""Every type of page that the public sees, and how to come to it.

A new page gets a line here, and with it all the checks of accessibility.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from engage.pages.reports.years import year_of
from tests.browser.stage import SLUG, Person, Reading, Stage

Way = Callable[[Page, Stage, Reading], object]
MISTAKE = ".govuk-error-summary"
YOUNG = "/have-your-say/young-people-2026"
PARENTS = "parent-carers-2026"
THIS_YEAR = year_of(datetime.now(UTC)).code  # of the reports of the demonstration


@dataclass(frozen=True)
class PageType:
    name: str
    way: Way
    shows: str = "h1"  # what tells that one is there

    def reach(self, page: Page, stage: Stage, reading: Reading) -> None:
        self.way(page, stage, reading)
        expect(page.locator(self.shows).first).to_be_visible()

    def __str__(self) -> str:
        return self.name


def at(path: str) -> Way:
    """A page whose address says how it is read."""

    def way(page: Page, stage: Stage, reading: Reading) -> None:
        mark = "&" if "?" in path else "?"
        page.goto(path.format(organisation=stage.organisation) + mark + reading.in_address)

    return way


def of_a_person(path: str) -> Way:
    """A page of somebody who answers: it is read as they read."""

    def way(page: Page, stage: Stage, reading: Reading) -> None:
        page.goto(path.format(person=stage.person(reading)))

    return way


def then(way: Way, *steps: Callable[[Page, Person], object]) -> Way:
    """First to another page, and on from there."""

    def longer(page: Page, stage: Stage, reading: Reading) -> None:
        way(page, stage, reading)
        for step in steps:
            step(page, stage.person(reading))

    return longer


def press(page: Page, person: Person) -> None:
    """The main button of the page: the last of the first row of buttons."""
    page.locator(".actions").first.locator("button").first.click()


def press_button(number: int) -> Callable[[Page, Person], None]:
    """That button of the first row of buttons, from 0."""

    def step(page: Page, person: Person) -> None:
        page.locator(".actions").first.locator("button").nth(number).click()

    return step


def type_in(box: str, words: str) -> Callable[[Page, Person], None]:
    def step(page: Page, person: Person) -> None:
        page.locator(box).fill(words)

    return step


def type_code(page: Page, person: Person) -> None:
    page.locator("#words").fill(person.code)


def tick_all(page: Page, person: Person) -> None:
    for box in page.locator("[name=answer]").all():
        box.check()


def question(key: str) -> Way:
    return of_a_person("/answer/{person.begun}/" + key)


def refused(key: str, *steps: Callable[[Page, Person], object]) -> PageType:
    """A question that was answered with a mistake, or must be answered and was not."""
    return PageType(f"{key} with a mistake", then(question(key), *steps, press), MISTAKE)


def pages() -> Iterator[PageType]:
    yield from standing_pages()
    yield from beginning_pages()
    yield from question_pages()
    yield from sending_pages()
    yield from pages_about_answers()
    yield from help_pages()
    yield from pages_of_mistakes()


def standing_pages() -> Iterator[PageType]:
    yield PageType("home", at("/"))
    for path in ("privacy", "accessibility", "credits", "easier"):
        yield PageType(path, at(f"/{path}"))
    yield PageType("how we read", at(f"/how-we-read/{PARENTS}"))


def beginning_pages() -> Iterator[PageType]:
    yield PageType("welcome", at(f"/have-your-say/{PARENTS}"))
    yield PageType("how old", at(f"{YOUNG}/taking-part"))
    yield PageType("how old with a mistake", at(f"{YOUNG}/taking-part?asked=yes"), MISTAKE)
    for age in ("under-13", "16-or-over"):
        yield PageType(f"taking part, {age}", at(f"{YOUNG}/taking-part?age={age}"))
    yield PageType("no thank you", at(f"{YOUNG}/no-thank-you"))


def question_pages() -> Iterator[PageType]:
    kinds = ("FACES", "CHOICE", "CHOICES", "LOOP~school", "RANK", "TEXT", "INFO")
    for key in (*kinds, "STATEMENTS", "ZERO", "NUMBER", "DATE", "AREA"):
        yield PageType(key, question(key))
    for key in ("CHOICE", "RANK", "STATEMENTS", "ZERO"):
        yield refused(key)
    yield refused("CHOICES", tick_all)
    yield refused("TEXT", type_in("#answer", "Far more than forty letters, which is too many"))
    yield refused("NUMBER", type_in("#answer", "a few"))
    yield refused("DATE", type_in("#answer-day", "30"), type_in("#answer-month", "2"))
    yield refused("AREA", type_in("#answer_place", "EN5"))


def sending_pages() -> Iterator[PageType]:
    yield PageType("check", of_a_person("/answer/{person.answered}"))
    yield PageType("saved", of_a_person("/answer/{person.begun}/saved"))
    yield PageType("thank you", of_a_person("/answer/{person.sent}/thank-you"))


def pages_about_answers() -> Iterator[PageType]:
    code = at("/your-code")
    receipt = then(code, type_code, press)
    yield PageType("your code", code)
    yield PageType("your code with a mistake", then(code, type_in("#words", "cat"), press), MISTAKE)
    yield PageType("receipt", receipt, ".steps")
    yield PageType("copy", then(receipt, press), ".govuk-summary-list")
    yield PageType("where my words went", then(receipt, press_button(1)), "main h2")
    yield PageType("withdraw", then(receipt, press_button(2)), "[name=sure] ~ button")
    yield PageType("withdrawn", at("/your-code/withdrawn"))
    yield PageType("you said, we did", at("/you-said-we-did"))
    yield PageType("one survey", at(f"/you-said-we-did/{PARENTS}"))
    yield PageType("one ambition", at("/you-said-we-did/ambition/ambition-6"))
    yield PageType("one Outcome Bee", at("/you-said-we-did/bee/bee-2026-happy"))
    yield PageType("one area", at("/you-said-we-did/area/dspl2"))
    yield PageType("answers in time", at("/you-said-we-did/on-time"))
    yield PageType("tell me", at(f"/tell-me/{PARENTS}"))
    yield PageType("tell me with a mistake", then(at(f"/tell-me/{PARENTS}"), press), MISTAKE)
    yield PageType("promises", at("/promises"))
    yield PageType("one promise", at("/promises/promise-02"))
    yield PageType("reports", at("/reports"))
    yield PageType("poster", at(f"/you-said-we-did/{PARENTS}/poster"))
    yield PageType("indicators", at("/indicators"))
    yield PageType("indicator q", at("/indicators/q"))
    yield PageType("how q is counted", at("/indicators/q/method"))
    yield PageType("one indicator", at("/indicators/ind-2018-b"))
    yield PageType("who was listened to", at("/indicators/engagement"))
    yield PageType("the pulse", at("/indicators/pulse"))


def help_pages() -> Iterator[PageType]:
    ask = at("/help-me/{organisation}?back=/have-your-say/" + SLUG)
    yield PageType("help me", ask)
    yield PageType("help me with a mistake", then(ask, press), MISTAKE)
    yield PageType("help me, thank you", at("/help-me/{organisation}/thank-you"))


def pages_of_mistakes() -> Iterator[PageType]:
    yield PageType("not found", at("/nowhere"))
    yield PageType("closed", at("/have-your-say/closed"))
    yield PageType("too late to answer", then(of_a_person("/answer/{person.too_late}"), press))


PAGES = tuple(pages())
