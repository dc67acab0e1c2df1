"""Sent answers as rows of a table, and the table as a CSV or Excel file. Pure.

One row for each response. What people typed can never run as a formula, whichever program opens
the file, and no cell says who answered.
"""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from typing import IO, Any

import xlsxwriter

from engage.surveys.definition import QuestionDefinition, SurveyDefinition
from engage.surveys.parts import answers_of, statements_of, unit_of
from engage.surveys.question_types import TYPES
from engage.surveys.wording import ENGLISH, pick

BETWEEN = "; "  # no option code holds one
# Beside these, whatever looks like them: the full-width signs, the small ones, the raised ones.
BEGIN_FORMULAS = frozenset("=+-@\N{MINUS SIGN}")
LONGEST_CELL = 32_767  # characters; Excel takes no more in one cell
CUT = " … [cut: the CSV file has all of it]"
# In the place of words that only the safeguarding lead may read for now.
WITHHELD = "[with the safeguarding lead]"


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer as it is stored."""

    value: Any
    other_words: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """One response: which version was answered, on which day, and the answers by question code.

    Where it `is_held`, its words are with the safeguarding lead; its codes are counted as ever.
    """

    version: int
    day: date
    channel: str
    language: str
    easy_read: bool
    answers: Mapping[str, Kept] = field(default_factory=dict)
    is_held: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column about a question: its heading, its words, and what it shows of an answer."""

    heading: str
    label: str
    question: str
    cell: Callable[[Kept], str]
    is_words: bool = False


ABOUT = {
    "number": "A running number. It belongs to this file and to nobody",
    "day": "The day the answers were sent",
    "version": "Which version of the survey was answered",
    "way_in": "How the answers came",
    "language": "The language it was read in",
    "easy_read": "Whether it was read in easy read",
    "made_up": "Whether the answers are made up, for a demonstration",
}


def columns_of(definitions: Sequence[SurveyDefinition]) -> list[Column]:
    """The columns for these versions, the newest version first; a code that two share once."""
    found: dict[str, Column] = {}
    for definition in definitions:
        by_code = {question.code: question for question in definition.questions()}
        for question in by_code.values():
            for column in _columns(question, by_code):
                found.setdefault(column.heading, column)
    return list(found.values())


def table(
    columns: Sequence[Column], sent: Iterable[Sent], *, with_labels: bool, is_invented: bool
) -> Iterator[list[str]]:
    """The headings, their meaning where that is wanted, then a row for each response."""
    yield [*ABOUT, *(column.heading for column in columns)]
    if with_labels:
        yield [harmless(text) for text in (*ABOUT.values(), *(c.label for c in columns))]
    for number, response in enumerate(sent, start=1):
        yield [harmless(text) for text in _row(number, response, columns, is_invented)]


def codes_of(definitions: Sequence[SurveyDefinition]) -> Iterator[list[str]]:
    """What each code in the answers means: a row for each answer that could be chosen."""
    yield ["question", "question_words", "answer", "answer_words"]
    written: set[tuple[str, str]] = set()
    for definition in definitions:
        for question in definition.questions():
            words = pick(question.wordings, ENGLISH, False).text
            for option in question.options:
                if option == unit_of(question):
                    continue
                if (question.code, option.code) in written:
                    continue
                written.add((question.code, option.code))
                meaning = pick(option.wordings, ENGLISH, False).text
                yield [harmless(text) for text in (question.code, words, option.code, meaning)]


def write_csv(rows: Iterable[Sequence[str]], file: IO[bytes]) -> None:
    """UTF-8 with the mark that makes Excel read it as UTF-8."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    text.detach()  # flushes, and leaves the file open for whoever sends it


def write_xlsx(
    rows: Iterable[Sequence[str]], file: IO[bytes], codes: Iterable[Sequence[str]] = ()
) -> None:
    """A workbook of plain text cells, written row by row so that its size costs no memory.

    `codes`, what the codes mean, are a second sheet.
    """
    settings = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(file, settings) as book:
        _write_sheet(book.add_worksheet("Answers"), rows)
        _write_sheet(book.add_worksheet("Codes"), codes)


def _write_sheet(sheet: Any, rows: Iterable[Sequence[str]]) -> None:
    sheet.freeze_panes(1, 1)
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(place, column, _fitting(text))


def harmless(text: str) -> str:
    """Text that a spreadsheet would run as a formula, made plain by a leading apostrophe."""
    if not text or text[0].isalnum():
        return text
    # Programs skip what cannot be seen before they look for a formula.
    unseen = "".join(takewhile(_is_unseen, text))
    first = text[len(unseen) : len(unseen) + 1]
    if any(unicodedata.category(sign) == "Cc" for sign in unseen):
        return f"'{text}"
    if unicodedata.normalize("NFKC", first)[:1] in BEGIN_FORMULAS:
        return f"'{text}"
    return text


def _is_unseen(sign: str) -> bool:
    """Spaces, and what is neither letter nor mark nor sign."""
    return unicodedata.category(sign)[0] in "ZC"


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(CUT)] + CUT


def _row(
    number: int, response: Sent, columns: Sequence[Column], is_invented: bool
) -> Iterator[str]:
    yield str(number)
    yield response.day.isoformat()
    yield str(response.version)
    yield response.channel
    yield response.language
    yield _yes_or_no(response.easy_read)
    yield _yes_or_no(is_invented or response.channel == "demo")
    for column in columns:
        kept = response.answers.get(column.question)
        text = "" if kept is None else column.cell(kept)
        yield WITHHELD if text and column.is_words and response.is_held else text


def _yes_or_no(fact: bool) -> str:
    return "yes" if fact else "no"


# ---- which columns a question has, by its type


def _columns(
    question: QuestionDefinition, by_code: Mapping[str, QuestionDefinition]
) -> Iterator[Column]:
    if question.type == "info":
        return
    words = pick(question.wordings, ENGLISH, False).text
    if question.type == "loop":
        yield from _loop_columns(question, words, by_code)
        return
    if question.type == "statements":
        yield from _statement_columns(question, words)
        return
    label, is_words = words + _in_units(question), TYPES[question.type].is_open_text
    yield Column(question.code, label, question.code, _plainly, is_words)
    for option in answers_of(question):
        if option.takes_words:
            yield Column(
                f"{question.code}~{option.code}~words",
                f"{words} {pick(option.wordings, ENGLISH, False).text}",
                question.code,
                _words_beside(option.code),
                is_words=True,
            )


def _in_units(question: QuestionDefinition) -> str:
    unit = unit_of(question)
    return f" ({pick(unit.wordings, ENGLISH, False).text})" if unit else ""


def _statement_columns(question: QuestionDefinition, words: str) -> Iterator[Column]:
    for statement in statements_of(question):
        said = pick(statement.wordings, ENGLISH, False).text
        yield Column(
            f"{question.code}~{statement.code}",
            f"{words} ({said})",
            question.code,
            _of_statement(statement.code),
        )


def _loop_columns(
    question: QuestionDefinition, words: str, by_code: Mapping[str, QuestionDefinition]
) -> Iterator[Column]:
    """What was asked about, so that a blank is known to be a blank; then a column for each item."""
    yield Column(f"{question.code}~asked", words, question.code, _asked_about)
    over = by_code.get(question.settings["loop_over"])
    left_out = set(question.settings.get("loop_exclude") or ())
    for option in over.options if over else ():
        if option.is_missing or option.code in left_out:
            continue
        item = pick(option.wordings, ENGLISH, False).text
        yield Column(
            f"{question.code}~{option.code}",
            f"{words} ({item})",
            question.code,
            _about(option.code),
        )


def _plainly(kept: Kept) -> str:
    """A code, the words that were written, or codes in their order."""
    if isinstance(kept.value, list):
        return BETWEEN.join(str(code) for code in kept.value)
    return str(kept.value)


def _of_statement(statement: str) -> Callable[[Kept], str]:
    return lambda kept: str(kept.value.get(statement, ""))


def _words_beside(option: str) -> Callable[[Kept], str]:
    return lambda kept: (kept.other_words or {}).get(option, "")


def _asked_about(kept: Kept) -> str:
    return BETWEEN.join(kept.value.get("offered", ()))


def _about(item: str) -> Callable[[Kept], str]:
    return lambda kept: str(kept.value.get("given", {}).get(item, ""))
