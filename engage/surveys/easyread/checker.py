"""Reads a survey with the tables of rules. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from engage.surveys.definition import (
    OptionDefinition,
    QuestionDefinition,
    SurveyDefinition,
    Words,
)
from engage.surveys.easyread.answer_rules import ANSWER_RULES, SETS_APART
from engage.surveys.easyread.findings import Finding, Place
from engage.surveys.easyread.rules import Asked, Passage, Rule
from engage.surveys.easyread.sentence_rules import SENTENCE_RULES
from engage.surveys.easyread.whole_rules import (
    OTHER_LANGUAGE_RULES,
    SPOKEN_RULES,
    SURVEY_RULES,
    Spoken,
)
from engage.surveys.easyread.word_rules import WORD_RULES, explained_in
from engage.surveys.wording import ENGLISH

PASSAGE_RULES: tuple[Rule[Passage], ...] = (*SENTENCE_RULES, *WORD_RULES)
# Those who answer at work and know the words of their work.
AT_WORK = frozenset(
    {
        "education_professional",
        "health_care_professional",
        "organisation",
        "voluntary_sector",
        "system_leader",
        "councillor",
        "employer",
    }
)
_GAP = re.compile(r"\{\w+\}")


def check(definition: SurveyDefinition) -> list[Finding]:
    """What to look at in the wording of a survey, in the order of its questions.

    Easy read is read with every rule, the standard wording with a few, other languages only for
    what is missing or does not fit. Questions switched off are read too. No finding means only
    that a machine found nothing: it does not mean that the words are easy to read. Only people
    with learning disabilities who test them can say that.
    """
    return list(_Reading(definition).findings())


@dataclass
class _Reading:
    """One survey being read from its first question to its last."""

    definition: SurveyDefinition
    # What has been explained so far, in the standard wording (False) and in easy read (True).
    explained: dict[bool, frozenset[str]] = field(
        default_factory=lambda: {False: frozenset(), True: frozenset()}
    )
    scales: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.languages = frozenset(said.language for said in _all_words(self.definition))

    def findings(self) -> Iterator[Finding]:
        for rule in SURVEY_RULES:
            yield from rule.findings(self.definition, Place())
        at_work = _are_at_work(self.definition.audiences)
        yield from self._thing(self.definition.titles, Place(), "title", at_work)
        for section in self.definition.sections:
            here = Place(section=section.code)
            yield from self._thing(section.wordings, here, "title", at_work)
            for question in section.questions:
                yield from self._question(question, Place(question.code, section=section.code))

    def _question(self, question: QuestionDefinition, place: Place) -> Iterator[Finding]:
        at_work = self._is_at_work(question)
        yield from self._thing(question.wordings, place, "question", at_work)
        # A scale is read where it is first used.
        if question.scale in self.scales:
            return
        if question.scale:
            self.scales.add(question.scale)
        for option in _options_to_read(question):
            here = replace(place, option=option.code)
            yield from self._thing(option.wordings, here, "option", at_work)
        yield from self._answers(question, place)

    def _thing(
        self, wordings: tuple[Words, ...], place: Place, kind: str, at_work: bool
    ) -> Iterator[Finding]:
        """One thing with a wording of its own: a title, a question or an answer."""
        spoken = Spoken(wordings, self.languages)
        for spoken_rule in SPOKEN_RULES:
            yield from spoken_rule.findings(spoken, place)
        for easy_read in (True, False):
            if text := spoken.said(ENGLISH, easy_read):
                here = replace(place, easy_read=easy_read)
                yield from self._passage(_GAP.sub("…", text), here, kind, at_work)

    def _passage(self, text: str, place: Place, kind: str, at_work: bool) -> Iterator[Finding]:
        self.explained[place.easy_read] |= explained_in(text)
        passage = Passage(text, kind, self.explained[place.easy_read], not at_work)
        for rule in PASSAGE_RULES:
            if place.easy_read in rule.wordings:
                yield from rule.findings(passage, place)

    def _answers(self, question: QuestionDefinition, place: Place) -> Iterator[Finding]:
        for easy_read in (True, False):
            here = replace(place, easy_read=easy_read)
            asked = _asked(question, ENGLISH, easy_read)
            for rule in ANSWER_RULES if asked else ():
                if asked and easy_read in rule.wordings:
                    yield from rule.findings(asked, here)
            for language in sorted(self.languages - {ENGLISH}):
                there = replace(here, language=language)
                spoken = _asked(question, language, easy_read)
                for rule in OTHER_LANGUAGE_RULES if spoken else ():
                    if spoken:
                        yield from rule.findings(spoken, there)

    def _is_at_work(self, question: QuestionDefinition) -> bool:
        return _are_at_work(question.settings.get("audience") or self.definition.audiences)


def _are_at_work(audiences: Iterable[str]) -> bool:
    """Everybody who answers does so at work, and knows the words of that work."""
    return bool(audiences) and set(audiences) <= AT_WORK


def _options_to_read(question: QuestionDefinition) -> tuple[OptionDefinition, ...]:
    """The words of areas are the pack's, not the writer's."""
    return () if question.settings.get("options_from") else question.options


def _asked(question: QuestionDefinition, language: str, easy_read: bool) -> Asked | None:
    """The question as it reads in that wording alone; None where it is not in it."""
    text = _said(question.wordings, language, easy_read)
    if text is None:
        return None
    options = _options_to_read(question)
    said = [(option, _said(option.wordings, language, easy_read)) for option in options]
    heard = [(option, words) for option, words in said if words]
    apart = {option.code for option, words in heard if _is_set_apart(option, words)}
    counted = [(option, words) for option, words in heard if option.code not in apart]
    return Asked(
        text=text,
        kind=question.type,
        answers=tuple(words for _, words in counted),
        set_apart=tuple(words for option, words in heard if option.code in apart),
        pictured=sum(bool(option.icon) for option, _ in counted),
        on_pages=question.settings.get("easy_read_display") == "pages",
        ways=tuple(question.settings.get("accepts") or ()),
    )


def _is_set_apart(option: OptionDefinition, words: str) -> bool:
    return option.is_missing or bool(SETS_APART.search(words))


def _said(wordings: Iterable[Words], language: str, easy_read: bool) -> str | None:
    texts = (w.text for w in wordings if (w.language, w.easy_read) == (language, easy_read))
    return next(texts, None)


def _all_words(definition: SurveyDefinition) -> Iterator[Words]:
    yield from definition.titles
    for section in definition.sections:
        yield from section.wordings
        for question in section.questions:
            yield from question.wordings
            for option in question.options:
                yield from option.wordings
