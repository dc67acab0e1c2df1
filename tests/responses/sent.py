"""Sent answers to test with."""

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

from engage.extensions import db
from engage.responses.models import Answer, Response
from engage.surveys.models import SurveyVersion
from engage.surveys.queries import definition_of

SENT_AT = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # the first of July in England
_numbers = count(1)


def send(
    version: SurveyVersion,
    answers: Mapping[str, Any],
    words: Mapping[str, Mapping[str, str]] | None = None,
    **details: Any,
) -> Response:
    """Somebody sends these answers, by question code; `words` beside an option, the same way."""
    ids = {question.code: question.id for question in definition_of(version.id).questions()}
    number = next(_numbers)
    response = Response(
        token_hash=f"secret-token-{number}",
        receipt_hash=f"secret-receipt-{number}",
        version_id=version.id,
        **({"channel": "web", "started_on": SENT_AT.date(), "submitted_at": SENT_AT} | details),
        answers=[
            Answer(question_id=ids[code], value=value, other_words=(words or {}).get(code))
            for code, value in answers.items()
        ],
    )
    db.session.add(response)
    db.session.commit()
    return response
