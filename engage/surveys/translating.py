"""What people do with translations: take in a file, say that somebody has checked the words.

Adding a language changes no code of an answer, so a published version may learn one; its English
never changes. See docs/decisions/0011.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from engage.errors import InvalidInputError, NotReadyError
from engage.extensions import db
from engage.framework import Pack
from engage.people.models import Staff
from engage.surveys import queries
from engage.surveys.models import (
    Option,
    OptionText,
    Question,
    QuestionText,
    Section,
    SectionText,
    SurveyVersion,
    Translation,
    VersionText,
)
from engage.surveys.translation import (
    LanguageCover,
    Spot,
    Status,
    SurveyText,
    cover_of,
    covers_of,
    texts_of,
)
from engage.surveys.translation_checks import (
    Reading,
    TranslationFile,
    read_against,
    refuse_another,
)
from engage.surveys.translation_files import FileHead, to_csv, to_xliff
from engage.surveys.turns import next_moment
from engage.surveys.wording import ENGLISH

Worded = SurveyVersion | Section | Question | Option
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Taking:
    """How a file is taken in, and by whom; nobody where the demonstration does it."""

    language: str
    by: Staff | None
    is_machine: bool = False
    fill_same: bool = False


@dataclass(frozen=True, slots=True)
class KnownLanguage:
    """A language of a version as staff see it. Without `translation` nobody has sent a file."""

    cover: LanguageCover
    translation: Translation | None

    @property
    def status(self) -> Status:
        return Status(self.translation.status) if self.translation else Status.DRAFTED


def known_languages(version: SurveyVersion, languages: Iterable[str]) -> list[KnownLanguage]:
    """How much of the version is worded in each of these languages, and who answers for it."""
    definition = queries.definition_of(version.id)
    kept = queries.translations_of(version.id)
    covers = covers_of(definition, languages)
    return [KnownLanguage(cover, kept.get(cover.language)) for cover in covers]


def file_for(version: SurveyVersion, language: str, kind: str, pack: Pack) -> str:
    """The texts of the version for a translator: kind "xlf" or "csv"."""
    if language == ENGLISH:
        raise InvalidInputError("The survey is in English already.")
    kept = queries.translations_of(version.id).get(language)
    status = Status(kept.status) if kept else Status.DRAFTED
    head = FileHead(version.survey.slug, version.number, language, status)
    texts = texts_of(queries.definition_of(version.id), language)
    write = to_csv if kind == "csv" else to_xliff
    return write(head, texts, hard_words(pack))


def hard_words(pack: Pack) -> dict[str, str]:
    """Words whose meaning a translator may look for, in plain English."""
    return {term.term: term.plain for term in pack.glossary}


def take(version: SurveyVersion, file: TranslationFile, how: Taking, now: datetime) -> Reading:
    """Keep what can be used of the file. Raises InvalidInputError where none of it is for us."""
    refuse_another(file, version.survey.slug, version.number, how.language)
    definition = queries.definition_of(version.id)
    reading = read_against(definition, file, fill_same=how.fill_same)
    if reading.taken:
        _write(version, how.language, reading.taken)
        status = Status.MACHINE_DRAFT if how.is_machine else Status.DRAFTED
        _keep(version, how, status, now)
    return reading


def mark_checked(version: SurveyVersion, how: Taking, checked_by: str, now: datetime) -> None:
    """Somebody who reads the language has read all of it and found it good."""
    if not cover_of(queries.definition_of(version.id), how.language).has_any:
        raise NotReadyError("There are no words in this language yet, so nothing to check.")
    if not checked_by.strip():
        raise InvalidInputError("Write who checked the words.")
    _keep(version, how, Status.CHECKED, now, checked_by.strip()[:LONGEST_NAME])


def carry_over(earlier: SurveyVersion, later: SurveyVersion) -> None:
    """A new version begins with the words of the one before, and with what we know of them."""
    for kept in queries.translations_of(earlier.id).values():
        db.session.add(
            Translation(
                version_id=later.id,
                language=kept.language,
                status=kept.status,
                checked_by=kept.checked_by,
                changed_at=kept.changed_at,
                changed_by=kept.changed_by,
            )
        )
    db.session.flush()


def _keep(
    version: SurveyVersion, how: Taking, status: Status, now: datetime, checked_by: str = ""
) -> None:
    changed_at = next_moment(version.id, Translation, now)
    kept = queries.translations_of(version.id).get(how.language)
    if kept is None:
        kept = Translation(version_id=version.id, language=how.language)
    kept.status = status
    kept.checked_by = checked_by
    kept.changed_at = changed_at
    kept.changed_by = how.by.id if how.by else None
    db.session.add(kept)
    db.session.flush()


def _write(version: SurveyVersion, language: str, texts: Iterable[SurveyText]) -> None:
    rows = _rows_of(version)
    for text in texts:
        _say(rows[text.spot], language, text)
    db.session.flush()


def _rows_of(version: SurveyVersion) -> Mapping[Spot, Worded]:
    rows: dict[Spot, Worded] = {Spot("title"): version}
    for section in queries.with_words(version.id).sections:
        rows[Spot("section", section.code)] = section
        for question in section.questions:
            rows[Spot("question", question.code)] = question
            for option in question.options:
                rows[Spot("option", question.code, option.code)] = option
    return rows


def _say(row: Worded, language: str, text: SurveyText) -> None:
    for words in row.wordings:
        if (words.language, words.easy_read) == (language, text.easy_read):
            words.text = text.target
            return
    said = {"language": language, "easy_read": text.easy_read, "text": text.target}
    match row:
        case SurveyVersion():
            row.wordings.append(VersionText(**said))
        case Section():
            row.wordings.append(SectionText(**said))
        case Question():
            row.wordings.append(QuestionText(**said))
        case Option():
            row.wordings.append(OptionText(**said))
