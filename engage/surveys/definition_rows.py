"""A survey's rows as one frozen definition, and a definition as rows: many at a time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, insert, inspect, select

from engage.extensions import Model, db
from engage.surveys import media
from engage.surveys.definition import (
    OptionDefinition,
    QuestionDefinition,
    SectionDefinition,
    SurveyDefinition,
    Words,
    variant_audiences,
)
from engage.surveys.models import (
    Option,
    OptionText,
    Question,
    QuestionText,
    Section,
    SectionText,
    SurveyVersion,
    VersionText,
)
from engage.surveys.wording import ENGLISH

# Whose words a row of them is.
OWNERS: Mapping[type[Model], Any] = {
    SectionText: SectionText.section_id,
    QuestionText: QuestionText.question_id,
    OptionText: OptionText.option_id,
}


def read_definition(version_id: int, has_media: bool) -> SurveyDefinition:
    """What a version asks. Columns and no objects: it is a thousand rows, each read once."""
    version = db.session.execute(
        select(*_columns(SurveyVersion)).where(SurveyVersion.id == version_id)
    ).one()
    texts = select(VersionText.language, VersionText.easy_read, VersionText.text)
    titles = db.session.execute(texts.where(VersionText.version_id == version_id)).all()
    sections = _sections(version_id)
    return SurveyDefinition(
        titles=_words(titles),
        audiences=tuple(version.audiences),
        estimated_minutes=version.estimated_minutes,
        starts_easy_read=version.starts_easy_read,
        template=version.template,
        template_version=version.template_version,
        sections=sections,
        variant_audiences=variant_audiences(sections),
        media=media.definitions(version_id) if has_media else (),
    )


def _sections(version_id: int) -> tuple[SectionDefinition, ...]:
    rows = db.session.execute(
        select(*_columns(Section))
        .where(Section.version_id == version_id)
        .order_by(Section.position, Section.id)
    ).all()
    of_version = Section.version_id == version_id
    texts = _by_owner(_texts(SectionText).join(Section).where(of_version))
    questions = _questions(version_id)
    return tuple(
        SectionDefinition(
            code=row.code,
            wordings=_words(texts[row.id]),
            questions=tuple(_question(each, row) for each in questions[row.id]),
            module=row.module,
            show_if=row.show_if,
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class _QuestionRows:
    row: Any
    texts: Sequence[Any]
    options: tuple[OptionDefinition, ...]


def _questions(version_id: int) -> Mapping[int, list[_QuestionRows]]:
    """By section, in order."""
    of_version = Question.version_id == version_id
    rows = db.session.execute(
        select(*_columns(Question)).where(of_version).order_by(Question.position, Question.id)
    )
    texts = _by_owner(_texts(QuestionText).join(Question).where(of_version))
    options = _options(version_id)
    found: dict[int, list[_QuestionRows]] = defaultdict(list)
    for row in rows:
        found[row.section_id].append(_QuestionRows(row, texts[row.id], tuple(options[row.id])))
    return found


def _options(version_id: int) -> Mapping[int, list[OptionDefinition]]:
    """By question, in order."""
    of_version = Question.version_id == version_id
    rows = db.session.execute(
        select(*_columns(Option))
        .join(Question, Question.id == Option.question_id)
        .where(of_version)
        .order_by(Option.position, Option.id)
    )
    joined = _texts(OptionText).join(Option, Option.id == OptionText.option_id)
    joined = joined.join(Question, Question.id == Option.question_id)
    texts = _by_owner(joined.where(of_version))
    found: dict[int, list[OptionDefinition]] = defaultdict(list)
    for row in rows:
        found[row.question_id].append(_option(row, texts[row.id]))
    return found


def _columns(model: type[Model]) -> list[Any]:
    return [getattr(model, column.key) for column in inspect(model).column_attrs]


def _texts(model: type[SectionText | QuestionText | OptionText]) -> Select[Any]:
    """Whose they are, and the words."""
    owner = OWNERS[model]
    return select(owner.label("owner"), model.language, model.easy_read, model.text)


def _by_owner(wanted: Select[Any]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(wanted):
        found[row.owner].append(row)
    return found


def _question(question: _QuestionRows, section: Any) -> QuestionDefinition:
    row = question.row
    return QuestionDefinition(
        id=row.id,
        code=row.code,
        type=row.type,
        wordings=_words(question.texts),
        options=question.options,
        section=section.code,
        is_required=row.is_required,
        is_switched_on=row.is_switched_on,
        show_if=row.show_if,
        section_show_if=section.show_if,
        module=section.module.partition(":")[2] if section.module else None,
        role=row.role,
        feeds_q=row.feeds_q,
        scale=row.scale,
        ambitions=tuple(row.ambitions),
        outcome_bees=tuple(row.outcome_bees),
        settings=row.settings,
    )


def _option(row: Any, texts: Sequence[Any]) -> OptionDefinition:
    return OptionDefinition(
        code=row.code,
        wordings=_words(texts),
        is_missing=row.is_missing,
        is_exclusive=row.is_exclusive,
        takes_words=row.takes_words,
        group=row.group,
        value=row.value,
        icon=row.icon,
        weight_margin=row.weight_margin,
    )


def _words(rows: Sequence[Any]) -> tuple[Words, ...]:
    """English first, standard before easy read, as in a file."""
    ordered = sorted(rows, key=_place_of_words)
    return tuple(Words(row.language, row.easy_read, row.text) for row in ordered)


def _place_of_words(row: Any) -> tuple[bool, str, bool]:
    return row.language != ENGLISH, row.language, row.easy_read


def write_sections(version_id: int, sections: Sequence[SectionDefinition]) -> None:
    """All rows of a kind at once: a survey has a thousand, and one by one takes half a second."""
    section_ids = _insert(
        Section,
        [_section_row(section, place, version_id) for place, section in enumerate(sections)],
    )
    _insert_texts(SectionText, section_ids, [s.wordings for s in sections])
    questions = [question for section in sections for question in section.questions]
    places = [
        (section_id, place)
        for section_id, section in zip(section_ids, sections, strict=True)
        for place in range(len(section.questions))
    ]
    question_ids = _insert(
        Question,
        [
            _question_row(question, place, version_id) | {"section_id": section_id}
            for question, (section_id, place) in zip(questions, places, strict=True)
        ],
    )
    _insert_texts(QuestionText, question_ids, [q.wordings for q in questions])
    _write_options(dict(zip(question_ids, questions, strict=True)))


def _write_options(questions: Mapping[int, QuestionDefinition]) -> None:
    options = [option for question in questions.values() for option in question.options]
    rows = [
        _option_row(option, place) | {"question_id": question_id}
        for question_id, question in questions.items()
        for place, option in enumerate(question.options)
    ]
    ids = _insert(Option, rows)
    _insert_texts(OptionText, ids, [option.wordings for option in options])


def _section_row(section: SectionDefinition, position: int, version_id: int) -> dict[str, Any]:
    return {
        "version_id": version_id,
        "code": section.code,
        "position": position,
        "module": section.module,
        "show_if": section.show_if,
    }


def _question_row(question: QuestionDefinition, position: int, version_id: int) -> dict[str, Any]:
    return {
        "version_id": version_id,
        "code": question.code,
        "type": question.type,
        "position": position,
        "is_required": question.is_required,
        "is_switched_on": question.is_switched_on,
        "show_if": question.show_if,
        "role": question.role,
        "feeds_q": question.feeds_q,
        "scale": question.scale,
        "ambitions": list(question.ambitions),
        "outcome_bees": list(question.outcome_bees),
        "settings": dict(question.settings),
    }


def _option_row(option: OptionDefinition, position: int) -> dict[str, Any]:
    return {
        "code": option.code,
        "position": position,
        "is_missing": option.is_missing,
        "is_exclusive": option.is_exclusive,
        "takes_words": option.takes_words,
        "group": option.group,
        "value": option.value,
        "icon": option.icon,
        "weight_margin": option.weight_margin,
    }


def _insert(
    model: type[Section | Question | Option], rows: Sequence[Mapping[str, Any]]
) -> Sequence[int]:
    """The numbers of the new rows, in the order given."""
    if not rows:
        return []
    new = insert(model).returning(model.id, sort_by_parameter_order=True)
    return db.session.scalars(new, rows).all()


def _insert_texts(
    model: type[SectionText | QuestionText | OptionText],
    ids: Sequence[int],
    wordings: Sequence[Iterable[Words]],
) -> None:
    owner = OWNERS[model].key
    rows = [
        {owner: id, "language": w.language, "easy_read": w.easy_read, "text": w.text}
        for id, of_one in zip(ids, wordings, strict=True)
        for w in of_one
    ]
    if rows:
        db.session.execute(insert(model), rows)
