"""Which questions can play which part of indicator q, and what is wrong with a choice. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from engage.indicators.q.series import PARTS, SOMEONE_ELSE, VARIABLES, category_of
from engage.surveys.definition import QuestionDefinition, SurveyDefinition

ONE_ANSWER = frozenset({"single", "scale", "area"})
PLACES = frozenset(range(1, 6))  # on the scales of q; a scale of 0 to 10 is another measure
VARIABLE_OF_ROLE = {role: variable for variable, role in VARIABLES.items()}
LARGEST_LIST = 2_000_000  # people sent a link: more than live in a county

Categories = Mapping[str, Collection[str]]  # those a census could have, by variable


@dataclass(frozen=True, slots=True)
class Ways:
    """How people were found, as typed. `replied` is how many have sent an answer."""

    grade: str
    invited: str
    replied: int


def can_play(question: QuestionDefinition, name: str, known: Categories) -> bool:
    """Whether its answers are of the kind that this part or role needs."""
    if question.type not in ONE_ANSWER:
        return False
    if name in PARTS:
        return _has_places(question)
    if name in VARIABLE_OF_ROLE:
        variable = VARIABLE_OF_ROLE[name]
        return _has_categories(question, variable, known[variable])
    return question.option(SOMEONE_ELSE) is not None


def _has_places(question: QuestionDefinition) -> bool:
    values = {option.value for option in question.options if not option.is_missing}
    places = values - {None}
    return len(places) > 1 and places <= PLACES


def _has_categories(
    question: QuestionDefinition, variable: str, categories: Collection[str]
) -> bool:
    found = {category_of(variable, option) for option in question.options}
    return len(found & {*categories}) > 1


def offered(
    definitions: Iterable[SurveyDefinition], holds: Mapping[str, str], known: Categories
) -> dict[str, dict[str, QuestionDefinition]]:
    """By part and role, the questions that can play it, by code; the newest version says its words.

    `holds` has the question that plays each now: it may stay, whatever it is.
    """
    questions: dict[str, QuestionDefinition] = {}
    for definition in definitions:
        for question in definition.questions():
            questions.setdefault(question.code, question)
    return {
        name: {
            code: each
            for code, each in questions.items()
            if code == now or can_play(each, name, known)
        }
        for name, now in holds.items()
    }


def mistakes(
    chosen: Mapping[str, str], able: Mapping[str, Collection[str]], ways: Ways
) -> dict[str, str]:
    """What is wrong, as a code, by the name of its field. `chosen`: a question's code or "".

    "not_there", "twice", "no_way", "no_number", "too_few", "too_many".
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name, code in chosen.items():
        if code and code not in able[name]:
            found[name] = "not_there"
        elif code in taken:
            found[name] = "twice"
        taken |= {code} - {""}
    if ways.grade not in ("A", "B", "C"):
        found["grade"] = "no_way"
    elif ways.grade == "A" and (wrong := _wrong_with_list(ways)):
        found["invited"] = wrong
    return found


def _wrong_with_list(ways: Ways) -> str | None:
    many = whole_number(ways.invited)
    if many is None or many == 0:
        return "no_number"
    if many > LARGEST_LIST:
        return "too_many"
    return "too_few" if many < ways.replied else None


def whole_number(typed: str) -> int | None:
    """1,200 and 1200; None for what is no whole number."""
    digits = typed.strip().replace(",", "")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 12:
        return None
    return int(digits)
