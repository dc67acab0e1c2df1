"""A survey written out as a file that reads back equal. Pure.

It stands alone: its answers are spelt out, whatever list or scale they came from, so it reads the
same when those have changed.
"""

from collections.abc import Mapping
from typing import Any

import yaml

from engage.surveys.definition import (
    OptionDefinition,
    QuestionDefinition,
    SectionDefinition,
    SurveyDefinition,
    Words,
)
from engage.surveys.wording import ENGLISH


def to_template(definition: SurveyDefinition) -> dict[str, Any]:
    """The survey as the content of a file, which reads back equal."""
    return {
        "template": {
            "id": definition.template,
            "version": definition.template_version,
            "language": "en-GB",
            "title": _wording(definition.titles),
            "audience": list(definition.audiences),
            "estimated_minutes": definition.estimated_minutes,
            "default_mode": "easy_read" if definition.starts_easy_read else "standard",
            "sections": [_section(section) for section in definition.sections],
        }
    }


def to_yaml(definition: SurveyDefinition) -> str:
    content = to_template(definition)
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)


def _section(section: SectionDefinition) -> dict[str, Any]:
    written = {
        "id": section.code,
        "title": _wording(section.wordings),
        "module": section.module,
        "show_if": _plain(section.show_if),
        "questions": [_question(question) for question in section.questions],
    }
    return _without_usual(written)


def _question(question: QuestionDefinition) -> dict[str, Any]:
    written = {
        "id": question.code,
        "type": question.type,
        "wording": _wording(question.wordings),
        "options": [_option(option) for option in question.options],
        "required": question.is_required,
        "show_if": _plain(question.show_if),
        "role": question.role,
        "feeds_q": question.feeds_q,
        "scale": question.scale,
        "ambitions": list(question.ambitions),
        "outcome_bees": list(question.outcome_bees),
    }
    switch = {"switched_on": question.is_switched_on}
    return _without_usual(written) | switch | dict(question.settings)


def _option(option: OptionDefinition) -> dict[str, Any]:
    written = {
        "code": option.code,
        **_wording(option.wordings),
        "missing": option.is_missing,
        "exclusive": option.is_exclusive,
        "free_text": option.takes_words,
        "group": option.group,
        "weight_margin": option.weight_margin,
        "icon": option.icon,
    }
    value = {} if option.value is None else {"value": option.value}
    return _without_usual(written) | value


def _wording(wordings: tuple[Words, ...]) -> dict[str, Any]:
    """English in both wordings, and the other languages beneath it."""
    by_language: dict[str, dict[str, Any]] = {}
    for words in wordings:
        key = "easy_read" if words.easy_read else "standard"
        by_language.setdefault(words.language, {})[key] = words.text
    english = by_language.pop(ENGLISH)
    return english | ({"translations": by_language} if by_language else {})


def _plain(condition: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if condition is None else dict(condition)


def _without_usual(written: dict[str, Any]) -> dict[str, Any]:
    """Leave out what says nothing: none, no, an empty list."""
    return {key: value for key, value in written.items() if value not in (None, False, [])}
