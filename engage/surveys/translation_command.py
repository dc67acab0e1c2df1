"""The command `engage survey-translation`: a survey's words out to a file and in from one."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from engage.errors import InvalidInputError
from engage.extensions import db, write_transaction
from engage.people.audit import record
from engage.people.models import Staff
from engage.surveys import translating
from engage.surveys.models import Survey, SurveyVersion
from engage.surveys.the_pack import the_pack
from engage.surveys.translation_checks import Reading
from engage.surveys.translation_files import read_file
from engage.web.i18n import LANGUAGES


def send_or_add(slug: str, language: str, to: Path | None, from_: Path | None, **how: Any) -> str:
    """What the command does and says: `how` is `by`, an e-mail address, and `machine`."""
    if (to is None) == (from_ is None):
        raise InvalidInputError("Say --to FILE or --from FILE, one of the two.")
    if to is not None:
        write_words(slug, language, to)
        return f"The words of {slug} are in {to.name}."
    if from_ is None or not how["by"]:
        raise InvalidInputError("Say who adds the words: --by and an e-mail address.")
    by = staff_called(how["by"], slug)
    return in_words(read_words(slug, from_, translating.Taking(language, by, how["machine"])))


def write_words(slug: str, language: str, file: Path) -> None:
    """The texts of the newest version: XLIFF, or CSV where the name ends so."""
    kind = "csv" if file.suffix == ".csv" else "xlf"
    pack = the_pack()
    content = translating.file_for(version_at(slug), known(language), kind, pack)
    encoding = "utf-8-sig" if kind == "csv" else "utf-8"
    file.write_text(content, encoding=encoding, newline="")


def read_words(slug: str, file: Path, how: translating.Taking) -> Reading:
    """Add the words of the file to the newest version, noted as done by that member of staff."""
    content = file.read_bytes()
    with write_transaction():
        version = version_at(slug)
        known(how.language)
        reading = translating.take(version, read_file(content), how, datetime.now(UTC))
        if how.by is not None:
            record(
                how.by,
                "added words in a language",
                slug,
                version=version.number,
                language=how.language,
                taken=len(reading.taken),
                not_taken=len(reading.problems),
                made_by_machine=how.is_machine,
            )
    return reading


def in_words(reading: Reading) -> str:
    """What a file brought, a line for each thing."""
    lines = [
        f"New or changed: {len(reading.taken)}. Here already: {reading.unchanged}. "
        f"Empty in the file: {reading.empty}. Not taken: {len(reading.problems)}.",
        *(f"- {problem}" for problem in reading.problems),
    ]
    return "\n".join(lines)


def version_at(slug: str) -> SurveyVersion:
    survey = db.session.scalars(select(Survey).where(Survey.slug == slug)).one_or_none()
    if survey is None:
        raise InvalidInputError(f"There is no survey with the address “{slug}”.")
    return survey.versions[-1]


def known(language: str) -> str:
    if language not in LANGUAGES:
        raise InvalidInputError(
            f"There is no language “{language}” here. Known: {', '.join(LANGUAGES)}."
        )
    return language


def staff_called(email: str, slug: str) -> Staff:
    """Who answers for it: somebody of the organisation whose survey it is."""
    found = select(Staff).where(func.lower(Staff.email) == email.lower())
    staff = db.session.scalars(found).one_or_none()
    if staff is None or staff.organisation_id != version_at(slug).survey.organisation_id:
        raise InvalidInputError(f"Nobody with the e-mail address “{email}” owns this survey.")
    return staff
