"""Which pages a person sees, given what they have said so far.

Pure: no database, no request. The same answers always give the same path.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from engage.surveys.definition import QuestionDefinition, SurveyDefinition

Answers = Mapping[str, Any]

# Where two variants of a module were added and the audience is unknown, the gentler one.
USUAL_VARIANT = "young_person"


@dataclass(frozen=True, slots=True)
class Step:
    """One page: a question, or one round of a looped question."""

    question: QuestionDefinition
    item: str | None = None  # the option code this round is about

    @property
    def key(self) -> str:
        return self.question.code if self.item is None else f"{self.question.code}~{self.item}"


def path(survey: SurveyDefinition, answers: Answers, seed: str = "") -> list[Step]:
    """The pages to show, in order.

    An answer counts only while its own question is on the path, so changing an early answer
    also takes away what depended on it. `seed` settles what is left to chance, such as which
    four of seven services are asked about; the same seed always chooses the same.
    """
    return list(walk(survey, answers, seed))


def walk(survey: SurveyDefinition, answers: Answers, seed: str = "") -> Iterator[Step]:
    """The pages of `path` one by one. An answer that is put in on the way counts from there on."""
    heard: dict[str, Any] = {}
    known = {question.code: question for question in survey.questions()}
    variants = {question.module for question in known.values() if question.module}
    audience = audience_of(survey, heard)
    for question in known.values():
        if not _is_chosen_variant(question, survey, audience, variants):
            continue
        if not is_asked(question, audience, known, heard):
            continue
        yield from _steps_of(question, known, heard, seed)
        if question.code in answers:
            heard[question.code] = answers[question.code]
            if question.role == "audience":
                audience = audience_of(survey, heard)


def is_asked(
    question: QuestionDefinition,
    audience: str | None,
    known: Mapping[str, QuestionDefinition],
    heard: Answers,
) -> bool:
    if not _is_for(question, audience):
        return False
    needs_certainty = question.settings.get("privacy") == "special_category"
    return all(
        holds(condition, known, heard, needs_certainty)
        for condition in (question.section_show_if, question.show_if)
    )


def holds(
    condition: Mapping[str, Any] | None,
    known: Mapping[str, QuestionDefinition],
    heard: Answers,
    needs_certainty: bool = False,
) -> bool:
    """Whether a `show_if` holds.

    `not_in` holds for someone who gave no answer, since nothing speaks against asking; but
    a question that needs special care is asked only where the answer is known.
    """
    if not condition or "question" not in condition:
        return True
    said = real_codes(known.get(condition["question"]), heard.get(condition["question"]))
    if "in" in condition:
        # A person may be routed by a missing answer too, such as "not sure".
        return bool(codes(heard.get(condition["question"])) & set(condition["in"]))
    if not said:
        return not needs_certainty
    return not said & set(condition["not_in"])


def codes(value: Any) -> set[str]:
    """The option codes in an answer: the one or the several that were chosen.

    Of statements, all the answers chosen, whichever statement they were given to.
    """
    if value is None:
        return set()
    if isinstance(value, Mapping):
        return {code for code in value.values() if isinstance(code, str)}
    return set(value) if isinstance(value, list) else {value}


def real_codes(question: QuestionDefinition | None, value: Any) -> set[str]:
    """The codes that say something: "don't know" and "prefer not to say" do not."""
    if question is None:
        return set()
    missing = {option.code for option in question.options if option.is_missing}
    return codes(value) - missing


def audience_of(survey: SurveyDefinition, answers: Answers) -> str | None:
    """Who is answering: the only audience there is, or the one the person chose."""
    if len(survey.audiences) == 1:
        return survey.audiences[0]
    asked = survey.by_role("audience")
    chosen = real_codes(asked, answers.get(asked.code)) if asked else set()
    return next(iter(chosen), None)


def _is_for(question: QuestionDefinition, audience: str | None) -> bool:
    """A question may be for some audiences only; a person we cannot place is asked everything."""
    meant_for = question.settings.get("audience")
    return audience is None or not meant_for or audience in meant_for


def _is_chosen_variant(
    question: QuestionDefinition,
    survey: SurveyDefinition,
    audience: str | None,
    variants: Set[str],
) -> bool:
    if question.module is None or len(variants) < 2:
        return True
    chosen = next(
        (v for v, audiences in survey.variant_audiences.items() if audience in audiences),
        USUAL_VARIANT,
    )
    return question.module == chosen


def _steps_of(
    question: QuestionDefinition,
    known: Mapping[str, QuestionDefinition],
    heard: Answers,
    seed: str,
) -> list[Step]:
    if question.type != "loop":
        return [Step(question)]
    return [Step(question, item) for item in loop_items(question, known, heard, seed)]


def loop_items(
    question: QuestionDefinition,
    known: Mapping[str, QuestionDefinition],
    heard: Answers,
    seed: str,
) -> list[str]:
    """What a looped question goes round: the chosen codes of another, at most `max_loops`."""
    over = known.get(question.settings["loop_over"])
    chosen = real_codes(over, heard.get(question.settings["loop_over"]))
    chosen -= set(question.settings.get("loop_exclude") or ())
    most = question.settings.get("max_loops") or len(chosen)
    drawn = set(shuffled(chosen, f"{seed}/{question.code}")[:most])
    return [option.code for option in over.options if option.code in drawn] if over else []


def shuffled(items: Iterable[str], seed: str) -> list[str]:
    """An order by chance that is the same every time for the same person."""
    return sorted(items, key=lambda item: hashlib.sha256(f"{seed}/{item}".encode()).digest())
