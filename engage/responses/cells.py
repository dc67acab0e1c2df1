"""What a cell of an imported file says about one question. No database."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from engage.clock import HERE
from engage.responses.mapping import QuestionMapping
from engage.surveys.definition import QuestionDefinition
from engage.surveys.parts import answers_of
from engage.surveys.question_types import places
from engage.surveys.question_types.dates import LENGTH, limits_of, precision_of, read_date
from engage.surveys.question_types.numbers import LARGEST, limits, read_number

Row = dict[str, str]
Given = tuple[Any, dict[str, str] | None]  # the value, and the words beside its options


class UnknownValueError(ValueError):
    """A cell that the mapping does not explain. Its text says which."""


def _reads(
    read: Callable[[QuestionDefinition, QuestionMapping, str], Any],
) -> Callable[[QuestionDefinition, QuestionMapping], Callable[[Row], Given]]:
    """Around the reading of one cell: whether the row counts, and the words beside an option."""

    def reader(question: QuestionDefinition, where: QuestionMapping) -> Callable[[Row], Given]:
        def of_row(row: Row) -> Given:
            if any(row[column] not in wanted for column, wanted in where.where.items()):
                return None, None
            value = read(question, where, row[where.column])
            chosen = value if isinstance(value, list) else [value]
            words = {
                code: row[column]
                for code, column in where.other_words.items()
                if code in chosen and row[column]
            }
            return value, words or None

        return of_row

    return reader


def _text(question: QuestionDefinition, where: QuestionMapping, cell: str) -> str | None:
    return cell or None


def _choice(question: QuestionDefinition, where: QuestionMapping, cell: str) -> str | None:
    """The code for a cell: as the mapping says, or the cell itself where it is one."""
    if cell in where.values:
        return where.values[cell]
    if not cell:
        return None
    if cell not in {option.code for option in answers_of(question)}:
        raise UnknownValueError(
            f"“{where.column}” has a value the mapping does not know for {question.code}: “{cell}”"
        )
    return cell


def _choices(question: QuestionDefinition, where: QuestionMapping, cell: str) -> list[str] | None:
    parts = cell.split(where.split) if where.split else [cell]
    found = [_choice(question, where, part.strip()) for part in parts]
    codes = list(dict.fromkeys(code for code in found if code is not None))
    alone = {o.code for o in question.options if o.is_missing or o.is_exclusive}
    if len(codes) > 1 and alone.intersection(codes):
        raise UnknownValueError(
            f"“{where.column}” has an answer to {question.code} that stands alone, "
            f"beside others: “{cell}”"
        )
    most = places(question) if question.type == "rank" else question.settings.get("max_choices")
    if most and len(codes) > most:
        raise UnknownValueError(
            f"“{where.column}” has more than {most} answers to {question.code}: “{cell}”"
        )
    return codes or None


def _number(question: QuestionDefinition, where: QuestionMapping, cell: str) -> str | None:
    number = read_number(cell)
    if number is None or cell in where.values:
        return _choice(question, where, cell)
    least, most = limits(question)
    if not least <= number <= (LARGEST if most is None else most):
        raise UnknownValueError(
            f"“{where.column}” has a number that {question.code} does not take: “{cell}”"
        )
    return str(number)


def _date(question: QuestionDefinition, where: QuestionMapping, cell: str) -> str | None:
    """As it is kept, "2026-03", or as the mapping says that it is written."""
    if not cell or cell in where.values or cell in {o.code for o in answers_of(question)}:
        return _choice(question, where, cell)
    precision = precision_of(question.settings)
    kept = _with_format(where.format, cell, precision) if where.format else cell
    parts = dict(zip(("year", "month", "day"), kept.split("-"), strict=False))
    found, _problems = read_date(parts, precision)
    if found is None or found != kept or not limits_of(question.settings).hold(found):
        raise UnknownValueError(
            f"“{where.column}” has a date that {question.code} does not take: “{cell}”"
        )
    return found


def _with_format(form: str, cell: str, precision: str) -> str:
    try:
        day = datetime.strptime(cell, form).replace(tzinfo=HERE).date()
    except ValueError:
        return cell
    return day.isoformat()[: LENGTH[precision]]


READERS = {
    "text": _reads(_text),
    "single": _reads(_choice),
    "scale": _reads(_choice),
    "zero_to_ten": _reads(_choice),
    "statements": _reads(_choice),
    "area": _reads(_choice),
    "multi": _reads(_choices),
    "rank": _reads(_choices),
    "number": _reads(_number),
    "date": _reads(_date),
}
