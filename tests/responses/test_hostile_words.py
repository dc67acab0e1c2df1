"""Hostile words in every place where a person answering can put words: they are only words.

Each page that shows them is compared with the same page after harmless words: it has the same
elements with the same attributes, and leads to the same addresses.
"""

import re
from collections.abc import Sequence
from urllib.parse import quote, urlencode

import pytest
from bs4 import BeautifulSoup

from engage.surveys.question_types import tidy
from tests.corpora import every_hostile, some_hostile
from tests.responses.hostile_pages import (
    PLAIN,
    Page,
    Visitor,
    as_bytes,
    begin,
    page_at,
    seen,
    visible,
    walk,
)
from tests.survey_factories import ask, make_small_survey

PLACES = 40  # strings on one page
LONGEST_TEXT, LONGEST_OTHER = 4000, 300
OTHER = {"standard": "Other", "easy_read": "Other", "free_text": True}
OTHERS = [OTHER | {"code": f"other{number}"} for number in range(PLACES)]
KINDS = (
    ask("K1", options=("first", "second")),
    ask("K2", "scale", scale="quality5"),
    ask("K3", "multi", options=("this", "that")),
    ask("K4", "loop", scale="quality5", loop_over="K3"),
    ask("K5", "rank", options=("up", "down", "left", "right")),
    ask("K6", "multi", options=[f"o{n}" for n in range(8)], easy_read_display="pages"),
    ask("K7", "info"),
)
HALF_A_LETTER = re.compile("[\ud800-\udfff]")
FEW_OF_EACH = 2
MANY_OF_EACH = 20  # of each of 29 kinds, where there are so many
BUTTONS = ("switch", "go", "lang", "read", "look", "screen", "back", "door", "age", "asked", "use")


# All 1,011 of them stand on the pages of tests/browser; here each costs a few requests.
@pytest.fixture(params=["some", pytest.param("many", marks=pytest.mark.slow)])
def strings(request) -> list[str]:
    return some_hostile(MANY_OF_EACH if request.param == "many" else FEW_OF_EACH)


@pytest.fixture
def visitor(app) -> Visitor:
    return Visitor(app)


def as_kept(strings: Sequence[str]) -> list[str]:
    """As they stand once a form has taken them; what is blank then was no answer."""
    typed = (as_bytes(words).decode("utf-8", "replace") for words in strings)
    return [words for words in map(tidy, typed) if words]


def groups(strings: Sequence[str]) -> list[Sequence[str]]:
    return [strings[at : at + PLACES] for at in range(0, len(strings), PLACES)]


def lost(strings: Sequence[str], letters: str) -> list[str]:
    """What cannot be read there. Half a letter is no letter; what stands beside it is read."""
    parts = (part for words in strings for part in HALF_A_LETTER.split(words))
    return [ascii(part) for part in parts if visible(part) not in letters]


def test_there_are_enough_strings_and_some_of_every_kind():
    assert len(set(every_hostile())) >= 1000
    assert len(set(some_hostile(MANY_OF_EACH))) >= 520
    assert len(set(some_hostile(FEW_OF_EACH))) >= 55


def test_what_somebody_writes_is_shown_again_as_words(visitor, session, strings):
    make_small_survey([ask("Q1", "text"), ask("Q2", "text")], slug="words")
    url = begin(visitor, "words")
    (box,) = page_at(visitor, url).boxes

    def say(words):
        """The page that shows them: with what is wrong, or opened again."""
        reply = visitor.send(url, [(box, words)])
        return reply if reply.status_code == 422 else visitor.get(url)

    harmless = {page.status_code: seen(page) for page in (say("x" * 5000), say(PLAIN))}
    for words in strings:
        page = say(words)
        found = seen(page)
        assert found == harmless[page.status_code], ascii(words)
        assert not lost([words], found.letters)


def test_the_check_page_and_the_receipt_show_words(visitor, session, strings):
    make_small_survey([ask(f"Q{n}", "text") for n in range(PLACES)], slug="words")
    kept = groups([words for words in as_kept(strings) if len(words) <= LONGEST_TEXT])
    harmless = {size: last_pages(visitor, [PLAIN] * size)[:2] for size in set(map(len, kept))}
    for group in kept:
        check, thanks, _code = last_pages(visitor, group)
        assert (check, thanks) == harmless[len(group)]
        assert not lost(group, check.letters)


def test_the_copy_somebody_gets_of_their_answers_shows_words(visitor, session):
    make_small_survey([ask(f"Q{n}", "text") for n in range(PLACES)], slug="words")
    kept = [words for words in as_kept(some_hostile(1)) if len(words) <= LONGEST_TEXT]
    harmless, copy = (
        seen(visitor.send("/your-code/copy", [("words", last_pages(visitor, said)[2])]))
        for said in ([PLAIN] * len(kept), kept)
    )
    assert copy == harmless
    assert not lost(kept, copy.letters)


def last_pages(visitor, said):
    """Somebody answers with these words and sends them: the check page, the receipt, the code."""
    url = begin(visitor, "words")
    (box,) = page_at(visitor, url).boxes
    check = url.rpartition("/")[0]
    for words in said:
        url = visitor.send(url, [(box, words)]).location
    before = seen(visitor.get(check))
    sent = visitor.send(check, [])
    assert sent.status_code == 303, sent.text
    thanks = visitor.get(sent.location)
    code = BeautifulSoup(thanks.text, "html.parser").select(".code li")
    return before, seen(thanks), " ".join(word.get_text() for word in code)


def test_the_words_beside_other_are_shown_again_as_words(visitor, session, strings):
    make_small_survey([ask("Q1", "multi", options=OTHERS), ask("Q2")], slug="others")
    page = page_at(visitor, begin(visitor, "others"))
    short = [words for words in as_kept(strings) if len(words) <= LONGEST_OTHER]
    for group in groups(short):
        again, check = said_beside(visitor, page, group, 303)
        assert (again, check) == said_beside(visitor, page, [PLAIN] * len(group), 303)
        assert not lost(group, again.letters)
        assert not lost(group, check.letters)


def test_words_beside_other_that_are_too_long_are_shown_again_as_words(visitor, session, strings):
    make_small_survey([ask("Q1", "multi", options=OTHERS), ask("Q2")], slug="others")
    page = page_at(visitor, begin(visitor, "others"))
    # One at a time: all of them together are more than a page may send.
    long = [words for words in as_kept(strings) if len(words) > LONGEST_OTHER]
    for group in [[words] for words in long if len(words) <= LONGEST_TEXT]:
        again, _check = said_beside(visitor, page, group, 422)
        assert again == said_beside(visitor, page, ["x" * 400] * len(group), 422)[0]
        assert not lost(group, again.letters)


def said_beside(visitor, page: Page, said: Sequence[str], status: int):
    """The page that shows words beside options that are ticked, and the check page."""
    ticked = [(name, code) for name, codes in page.picks.items() for code in codes]
    reply = visitor.send(page.url, [*ticked, *zip(page.boxes, said, strict=False)])
    assert reply.status_code == status
    shown = reply if status == 422 else visitor.get(page.url)
    return seen(shown), seen(visitor.get(page.url.rpartition("/")[0]))


def test_an_answer_that_the_question_does_not_have_is_refused(visitor, session):
    """Every field of the page holds the same words, and beside them the next ones."""
    make_small_survey(KINDS, slug="kinds")
    pages = list(walk(visitor, "kinds"))
    assert len(pages) == len(KINDS)
    # From the last to the first: what is blank takes away an answer that later ones hang on.
    for page in reversed(pages):
        names = list(page.picks) or ["answer"]
        harmless = visitor.send(page.url, fields(names, "no-such-answer"))
        for words in some_hostile(FEW_OF_EACH):
            about = page.url.rpartition("/")[2], ascii(words)
            reply = visitor.send(page.url, fields(names, words, words))
            assert reply.status_code in (303, 422), about
            if reply.status_code == 422 and reply.text != harmless.text:
                assert seen(reply).elements == seen(harmless).elements, about


def fields(names: Sequence[str], *values: str) -> list[tuple[str, str]]:
    """Each of the values in each of the fields."""
    return [(name, value) for name in names for value in values]


def test_what_the_buttons_and_the_address_say_is_known_or_left_out(visitor, session):
    make_small_survey(KINDS, slug="kinds")
    page = next(walk(visitor, "kinds"))
    for words in some_hostile(FEW_OF_EACH):
        for name in BUTTONS:
            reply = visitor.send(page.url, [*page.filled(), (name, words)])
            assert reply.status_code == 303, ascii(words)
        assert visitor.get(page.url, query_string=asking(words)).status_code == 200


ASKED = (
    "/",
    "/have-your-say/kinds",
    "/have-your-say/kinds/taking-part",
    "/easier",
    "/your-code",
    "/privacy",
    "/you-said-we-did/kinds",
    "/indicators",
)
# Of letters, digits and signs of an address alone it leads somewhere, and does nothing else.
LEADS_BACK = re.compile(r'"/easier\?back=[\w/?%.~-]*&amp;read=standard"', re.ASCII)


def test_what_an_address_asks_for_brings_nothing_to_the_page(visitor, session):
    make_small_survey(KINDS, slug="kinds")
    for path in ASKED:
        harmless = visitor.get(path, query_string=asking(PLAIN))
        expected = LEADS_BACK.sub("", harmless.text), seen(harmless).elements
        for words in some_hostile(FEW_OF_EACH):
            reply = visitor.get(path, query_string=asking(words))
            if reply.status_code == 200 and LEADS_BACK.sub("", reply.text) != expected[0]:
                about = path, ascii(words)
                assert seen(reply).elements == expected[1], about


def asking(words: str) -> str:
    return urlencode([(name, as_bytes(words)) for name in BUTTONS if name != "use"])


NO_ADDRESSES = (
    "/have-your-say/{}",
    "/have-your-say/{}/taking-part",
    "/you-said-we-did/{}",
    "/you-said-we-did/{}.json",
    "/help-me/{}",
    "/answer/{}",
    "/answer/{}/{}",
    "/answer/{}/saved",
    "{draft}/{}",
    "/static/{}",
    "/{}",
)


def test_an_address_made_of_words_is_only_not_found(visitor, session):
    make_small_survey(KINDS, slug="kinds")
    draft = begin(visitor, "kinds").rpartition("/")[0]
    for path in NO_ADDRESSES:
        not_found = [visitor.get(f"/{PLAIN}"), visitor.get(path.format(PLAIN, PLAIN, draft=draft))]
        harmless = {reply.text: seen(reply).elements for reply in not_found}
        for words in some_hostile(FEW_OF_EACH):
            address = path.format(*[quote(as_bytes(words), safe="")] * 2, draft=draft)
            for reply in (visitor.get(address), visitor.send(address, [("answer", words)])):
                if reply.status_code == 404 and reply.text not in harmless:
                    about = path, ascii(words)
                    assert seen(reply).elements in harmless.values(), about
