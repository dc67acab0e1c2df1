"""500 answers that come to 50,000: seconds until they stand under the themes that are there.

The vectors are those of the simple tools, so this is the time of the database and of the counting;
with the language model 500 short comments take a few seconds more.

    python -m benchmarks.growing [COMMENTS] [NEW]
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import insert

from engage import create_app
from engage.analysis import queries
from engage.extensions import db, write_transaction
from engage.jobs import queue
from engage.responses.models import Answer, Response
from engage.surveys.models import Question
from tests.conftest import test_settings
from tests.loop.made import CHILD, PARENT
from tests.survey_factories import ask, make_small_survey

WHAT = [
    "bus",
    "taxi",
    "teacher",
    "therapist",
    "assessment",
    "plan",
    "review",
    "letter",
    "club",
    "place",
    "nurse",
    "caseworker",
]
DID = [
    "came late",
    "was kind",
    "never rang",
    "helped us",
    "took years",
    "was lost",
    "cost too much",
    "listened",
]
WHEN = [
    "in spring",
    "last autumn",
    "each Monday",
    "after the move",
    "this term",
    "at weekends",
    "twice a week",
]
QUESTIONS = (
    ask("WHO", options=(PARENT, CHILD), role="audience"),
    ask("SAY", "text", role="free_text", ambitions=["ambition-2"]),
)


def main(count: int = 50_000, new: int = 500) -> int:
    texts = invented(count + new)
    with a_place() as app, app.app_context():
        db.create_all()
        version = make_small_survey(QUESTIONS, (PARENT, CHILD))
        db.session.commit()
        survey = version.survey_id
        say(version.id, texts[:count])
        print(f"all {count:,} read: {read(survey):.1f} s")
        before = queries.latest_run(survey)
        labels = [theme.label for theme in before.themes]
        say(version.id, texts[count:])
        print(f"{new:,} more read: {read(survey):.1f} s")
        run = queries.latest_run(survey)
        same = [theme.label for theme in run.themes] == labels
        print(
            f"grown: {run.grown_from_id == before.id}, {run.comments_read:,} comments, "
            f"labels {'the same' if same else 'CHANGED'}"
        )
        return 0 if same and run.grown_from_id else 1


@contextmanager
def a_place() -> Iterator[Flask]:
    with tempfile.TemporaryDirectory() as folder:
        yield create_app(test_settings(folder))


def invented(count: int) -> list[str]:
    """Comments of about twelve words, all different, the same on every machine."""
    chance = random.Random(5)
    return [
        f"The {chance.choice(WHAT)} {chance.choice(DID)} {chance.choice(WHEN)} and the "
        f"{chance.choice(WHAT)} {chance.choice(DID)}, family {number}."
        for number in range(count)
    ]


def say(version_id: int, texts: Sequence[str]) -> None:
    """Answers by statement: fifty thousand objects are not what is measured."""
    now = datetime.now(UTC)
    with write_transaction():
        question = db.session.query(Question.id).filter_by(code="SAY").scalar()
        before = db.session.query(Response).count()
        for start in range(0, len(texts), 5_000):
            some = range(before + start, before + min(start + 5_000, len(texts)))
            db.session.execute(
                insert(Response),
                [
                    {
                        "token_hash": f"said-{n}",
                        "receipt_hash": f"said-{n}",
                        "version_id": version_id,
                        "channel": "web",
                        "started_on": now.date(),
                        "submitted_at": now,
                    }
                    for n in some
                ],
            )
            ids = db.session.query(Response.id).order_by(Response.id.desc()).limit(len(some))
            rows = zip(reversed([id for (id,) in ids]), texts[start : start + 5_000], strict=True)
            db.session.execute(
                insert(Answer),
                [{"response_id": id, "question_id": question, "value": text} for id, text in rows],
            )


def read(survey_id: int) -> float:
    with write_transaction():
        queue.enqueue("analysis.refresh", survey_id=survey_id)
    begun = time.monotonic()
    queue.work_off()
    return time.monotonic() - begun


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
