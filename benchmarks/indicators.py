"""Indicator q at 100,000 responses: the snapshot's seconds and memory, and the page from it.

    python -m benchmarks.indicators [RESPONSES]

Invented answers of one survey of parents and carers, written straight into a new database; then
the daily job in a process of its own, and the pages through the real application.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import insert

from benchmarks.analysis.process import run
from benchmarks.prepare import somebody_reads
from engage import create_app
from engage.config import settings
from engage.demo.answers import people
from engage.extensions import db, write_transaction
from engage.indicators.others.importing import About, add_margins
from engage.indicators.statistics.weighting import weigh
from engage.indicators.tasks import snapshot as job
from engage.people.operations import create_organisation
from engage.responses.models import Answer, Response
from engage.setting_up import migrate_database
from engage.surveys.catalogue import read_template
from engage.surveys.operations import create_survey, publish
from engage.surveys.queries import definition_of

RESPONSES = 100_000
AT_A_TIME = 5_000
PAGES = ("/indicators/q", "/indicators/q/method", "/indicators/q.json")
TIMES = 21
OPENED = datetime(2026, 1, 5, 9, tzinfo=UTC)
MARGINS = b"""audience,variable,category,count,share
parent_carer,support,ehcp,9804,
parent_carer,support,sen_support,31966,
parent_carer,phase,0-4,,0.11
parent_carer,phase,5-10,,0.38
parent_carer,phase,11-15,,0.36
parent_carer,phase,16-25,,0.15
"""


def make(responses: int) -> None:
    """A database with one published survey and so many sent answers, and made-up margins."""
    with application() as app:
        pack = app.extensions["pack"]
        migrate_database()
        with write_transaction():
            owner = create_organisation("benchmark", "Benchmark", "Benchmark")
            somebody_reads(owner)
            template = read_template("parent-carer-satisfaction", pack)
            version = create_survey(owner, template, "parents", opens_at=OPENED)
            publish(version, OPENED)
            about = About("Made up", "Benchmark", OPENED.date(), is_synthetic=True)
            add_margins(MARGINS, about, pack, OPENED)
        survey = definition_of(version.id)
        codes = {question.code: question.id for question in survey.questions()}
        # A few hundred different people, said again and again: what is read is what counts.
        different = people(survey, [], 500, seed=2026)
        chance = random.Random(2026)
        rows = (chance.choice(different).answers for _ in range(responses))
        number = 0
        while some := list(islice(rows, AT_A_TIME)):
            with write_transaction():
                _insert(version.id, number, some, codes)
            number += len(some)


def _insert(version_id: int, number: int, some: Sequence[Any], codes: dict[str, Any]) -> None:
    sent = OPENED + timedelta(seconds=number)
    rows = [
        {
            "token_hash": f"token-{number + place}",
            "receipt_hash": f"receipt-{number + place}",
            "version_id": version_id,
            "channel": "demo",
            "language": "en",
            "easy_read": place % 8 == 0,
            "started_on": sent.date(),
            "submitted_at": sent + timedelta(seconds=place),
        }
        for place in range(len(some))
    ]
    ids = db.session.scalars(
        insert(Response).returning(Response.id, sort_by_parameter_order=True), rows
    )
    db.session.execute(insert(Answer), list(_answers(ids.all(), some, codes)))


def _answers(
    ids: Sequence[int], some: Sequence[Any], codes: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    for id, said in zip(ids, some, strict=True):
        for code, value in said.items():
            yield {
                "response_id": id,
                "question_id": codes[code],
                "value": value,
                "other_words": None,
            }


def snapshot(took: Path) -> None:
    """The daily job, as the worker does it. Its own seconds go into that file."""
    with application():
        began = time.perf_counter()
        store = job()
        with write_transaction():
            store()
        took.write_text(f"{time.perf_counter() - began:.1f}")


@contextmanager
def application() -> Iterator[Flask]:
    app = create_app(settings())
    with app.app_context():
        yield app


def pages() -> dict[str, float]:
    """The median seconds of each page, by the application itself, after a first one."""
    with application() as app:
        browser = app.test_client()
        return {page: _median(browser, page) for page in PAGES}


def _median(browser: Any, page: str) -> float:
    seconds = []
    for _ in range(TIMES):
        began = time.perf_counter()
        assert browser.get(page).status_code == 200
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds[1:])


def weighing(people: int) -> float:
    """The seconds of processor to weigh so many people, each a cell of their own."""
    chance = random.Random(2026)
    targets = {"support": {"ehcp": 0.23, "sen_support": 0.77}, "phase": {"5-10": 0.5, "11-15": 0.5}}
    cells = [
        ({name: chance.choice(list(shares)) for name, shares in targets.items()}, 1)
        for _ in range(people)
    ]
    began = time.process_time()
    weigh(cells, targets)
    return time.process_time() - began


def main(responses: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ENGAGE_INSTANCE"] = folder
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'engage.sqlite'}"
        make(responses)
        took = Path(folder) / "took"
        cost = run([sys.executable, "-m", "benchmarks.indicators", "snapshot", took])
        print(f"{responses} responses")
        print(f"weighing them one by one: {weighing(responses):.2f} s of processor")
        print(f"snapshot: {took.read_text()} s, {cost.megabytes:.0f} MB")
        print(f"with the start of Python: {cost.seconds:.1f} s")
        for page, seconds in pages().items():
            print(f"{page}: {1000 * seconds:.0f} ms")


if __name__ == "__main__":
    if sys.argv[1:2] == ["snapshot"]:
        snapshot(Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else RESPONSES)
