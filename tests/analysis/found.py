"""Findings to test with, stored as the worker stores them."""

from collections.abc import Mapping, Sequence
from typing import Any

from engage.analysis import storing
from engage.analysis.models import AnalysisRun
from engage.analysis.types import (
    AmbitionTag,
    Assignment,
    CommentFinding,
    Findings,
    FoundTheme,
    Quote,
    SentimentCounts,
)
from engage.extensions import db
from engage.responses.models import Answer, Response
from engage.surveys.models import Question, SurveyVersion
from engage.surveys.queries import definition_of
from tests.loop.made import NOW, PARENT


def comments(version: SurveyVersion, texts: Sequence[str]) -> list[Answer]:
    """Somebody says each of these to the survey of `tests.loop.made.a_survey`."""
    definition = definition_of(version.id)
    who = db.session.get_one(Question, definition.question("WHO").id)
    what = db.session.get_one(Question, definition.question("SAY").id)
    before = db.session.query(Response).count()
    answers = []
    for number, text in enumerate(texts, start=before):
        answer = Answer(question=what, value=text)
        response = Response(
            token_hash=f"said-{number}",
            receipt_hash=f"said-{number}",
            version=version,
            channel="web",
            started_on=NOW.date(),
            submitted_at=NOW,
            answers=[Answer(question=who, value=PARENT), answer],
        )
        db.session.add(response)
        answers.append(answer)
    db.session.flush()
    return answers


def a_run(
    version: SurveyVersion,
    themes: Mapping[str, Sequence[Answer]],
    alone: Sequence[Answer] = (),
    set_aside: Mapping[str, Sequence[Answer]] | None = None,
    **details: Any,
) -> AnalysisRun:
    """A reading that found these themes in these answers. `alone` fit none."""
    reasons = {a.id: reason for reason, some in (set_aside or {}).items() for a in some}
    everyone = [*(a for some in themes.values() for a in some), *alone]
    findings = Findings(
        themes=tuple(_found(n, label, some) for n, (label, some) in enumerate(themes.items())),
        assignments=tuple(
            Assignment(str(answer.id), 0, str(answer.value), number, 1.0)
            for number, some in [*enumerate(themes.values()), (-1, alone)]
            for answer in some
        ),
        comments=tuple(
            CommentFinding(str(id), "en", reasons.get(id, ""), "", -0.5, "negative")
            for id in dict.fromkeys([*(answer.id for answer in everyone), *reasons])
        ),
        **({"method": "topic_model", "settings": {}, "versions": {}} | details),
        checksums={},
        timings={},
    )
    run = storing.store_findings(version.survey_id, findings, NOW)
    db.session.commit()
    return run


def _found(number: int, label: str, answers: Sequence[Answer]) -> FoundTheme:
    quotes = [Quote(str(answer.id), 0, str(answer.value)) for answer in answers]
    return FoundTheme(
        id=number,
        label=label,
        keywords=(f"{label} keyword",),
        people=len(answers),
        share=0.25,
        stability=0.7,
        sentiment=SentimentCounts(negative=len(answers)),
        quotes=tuple(quotes[:2]),
        different=quotes[-1] if quotes else None,
        ambitions=(AmbitionTag("ambition-2", 0.4, ("wait",)),),
    )
