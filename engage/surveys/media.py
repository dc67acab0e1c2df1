"""The recorded sounds and sign-language videos of a survey: what there is, put in, take away.

They change no question and no code of an answer, so a published version may get them, as it may
learn a language: see docs/decisions/0011.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, exists, select

from engage.errors import InvalidInputError
from engage.extensions import db
from engage.files import NAME, name_of
from engage.people.models import Staff
from engage.surveys.definition import MediaDefinition
from engage.surveys.media_checks import (
    CAPTIONS,
    CONTENT_TYPES,
    ENDINGS,
    LONGEST_TRANSCRIPT,
    SIGNS,
)
from engage.surveys.models import QuestionMedia, SurveyVersion
from engage.surveys.turns import next_moment


@dataclass(frozen=True, slots=True)
class Slot:
    """Where one sound or video belongs."""

    version_id: int
    code: str  # of the question
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class Piece:
    """What is put there. The files are kept already, under these digests."""

    file_digest: str
    content_type: str
    captions_digest: str = ""
    transcript: str = ""


# ---- what there is


def media_of(version_id: int) -> list[QuestionMedia]:
    """Every sound and video of the version, in the order they first came."""
    found = select(QuestionMedia).where(
        QuestionMedia.version_id == version_id, QuestionMedia.file_digest != ""
    )
    return list(db.session.scalars(found.order_by(QuestionMedia.id)))


def in_slot(slot: Slot) -> QuestionMedia | None:
    """What is there now, if anything."""
    row = _row(slot)
    return row if row is not None and row.file_digest else None


def definitions(version_id: int) -> tuple[MediaDefinition, ...]:
    """The same as plain values, for those who answer."""
    return tuple(
        MediaDefinition(
            code=row.code,
            kind=row.kind,
            language=row.language,
            file=name_of(row.file_digest, ENDINGS[row.content_type]),
            captions=name_of(row.captions_digest, CAPTIONS) if row.captions_digest else "",
            transcript=row.transcript,
        )
        for row in media_of(version_id)
    )


def is_published(name: str) -> bool:
    """A survey that people may see, or could see once, uses the file of that name."""
    return _is_used(name, _uses().where(SurveyVersion.published_at.is_not(None)))


def is_of_survey(name: str, survey_id: int) -> bool:
    """Some version of that survey, also a draft, uses the file of that name."""
    return _is_used(name, _uses().where(SurveyVersion.survey_id == survey_id))


def used_digests() -> set[str]:
    """Of all files that any survey uses."""
    rows = db.session.execute(select(QuestionMedia.file_digest, QuestionMedia.captions_digest))
    return {digest for row in rows for digest in row if digest}


def _uses() -> Select[QuestionMedia]:
    return select(QuestionMedia).join(SurveyVersion, SurveyVersion.id == QuestionMedia.version_id)


def _is_used(name: str, uses: Select[QuestionMedia]) -> bool:
    """By digest and ending together: one file is never served as two kinds."""
    parts = NAME.fullmatch(name)
    if parts is None or parts["ending"] not in CONTENT_TYPES:
        return False
    is_it = and_(
        QuestionMedia.file_digest == parts["digest"],
        QuestionMedia.content_type == CONTENT_TYPES[parts["ending"]],
    )
    if parts["ending"] == CAPTIONS:
        is_it = QuestionMedia.captions_digest == parts["digest"]
    return bool(db.session.scalar(select(exists(uses.where(is_it)))))


# ---- what people do


def put(slot: Slot, piece: Piece, by: Staff, now: datetime) -> QuestionMedia:
    """Put it there, in the place of what was there."""
    _refuse_unreadable(slot, piece)
    changed_at = next_moment(slot.version_id, QuestionMedia, now)
    row = _row(slot) or QuestionMedia(
        version_id=slot.version_id, code=slot.code, kind=slot.kind, language=slot.language
    )
    row.file_digest, row.content_type = piece.file_digest, piece.content_type
    row.captions_digest, row.transcript = piece.captions_digest, piece.transcript
    row.changed_at, row.changed_by = changed_at, by.id
    db.session.add(row)
    db.session.flush()
    return row


def take_away(slot: Slot, by: Staff, now: datetime) -> bool:
    """False where there was nothing. The row stays without a file, and says when."""
    changed_at = next_moment(slot.version_id, QuestionMedia, now)
    row = in_slot(slot)
    if row is None:
        return False
    row.file_digest = row.captions_digest = row.transcript = ""
    row.changed_at, row.changed_by = changed_at, by.id
    db.session.flush()
    return True


def carry_over(earlier: SurveyVersion, later: SurveyVersion) -> None:
    """A new version begins with the sounds and videos of the one before."""
    for kept in media_of(earlier.id):
        db.session.add(
            QuestionMedia(
                version_id=later.id,
                code=kept.code,
                kind=kept.kind,
                language=kept.language,
                file_digest=kept.file_digest,
                content_type=kept.content_type,
                captions_digest=kept.captions_digest,
                transcript=kept.transcript,
                changed_at=kept.changed_at,
                changed_by=kept.changed_by,
            )
        )
    db.session.flush()


def _refuse_unreadable(slot: Slot, piece: Piece) -> None:
    """Nobody is left out: what is signed can be read, and what is said in it too."""
    if len(piece.transcript) > LONGEST_TRANSCRIPT:
        raise InvalidInputError("The words are longer than 20,000 letters.")
    if slot.kind == SIGNS and not (piece.captions_digest and piece.transcript.strip()):
        raise InvalidInputError("A video needs captions, and its words to read.")


def _row(slot: Slot) -> QuestionMedia | None:
    return db.session.scalars(
        select(QuestionMedia).where(
            QuestionMedia.version_id == slot.version_id,
            QuestionMedia.code == slot.code,
            QuestionMedia.kind == slot.kind,
            QuestionMedia.language == slot.language,
        )
    ).one_or_none()
