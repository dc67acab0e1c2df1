"""The file that holds every public table, from the address and from the command line."""

import hashlib
import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from engage.analysis.coded import take_coded
from engage.errors import InvalidInputError
from engage.framework import load_pack
from engage.indicators.everything.command import exported, exported_to
from engage.indicators.ledger.operations import load
from engage.indicators.q.county import take_county_snapshot
from engage.indicators.q.models import Target
from engage.loop.operations import take_loop_snapshot
from engage.responses.models import Snapshot
from tests.factories import StaffFactory
from tests.indicators.conftest import NOW, answer
from tests.indicators.factories_figures import make_activity, make_figure, make_margins

ROOT = Path(__file__).parents[2]
ADDRESS = "/indicators/everything.json"
LATER = NOW + timedelta(days=7)


@pytest.fixture
def much(session, parents, publish):
    """43 then 56 answers, a small group, margins, figures, the ledger and a target."""
    make_margins(code="census", title="Census", is_synthetic=True)
    answer(parents, {"headline": "fairly_satisfied", "weight_area": "dspl1"}, 21)
    answer(parents, {"headline": "fairly_dissatisfied", "weight_area": "dspl1"}, 22)
    publish()
    answer(parents, {"headline": "very_satisfied"}, 13, LATER)
    make_figure("complaints", "3.7", label="Complaints", numerator=479, denominator=12950)
    make_figure("ind-2018-c", "0.7", label="Appeals", numerator=7, denominator=1000)
    make_figure("ind-2018-l", "9.9", label="Wrong", retired_at=NOW)
    load(load_pack("hertfordshire").activities)
    make_activity("A small group", {"people_met": 6})
    staff = StaffFactory()
    about = {"by": NOW.date(), "smallest_change": 20, "reason": "The board", "set_by": staff}
    for percent, withdrawn in ((58, NOW), (61, None)):
        row = Target(series="q-PC", percent=percent, from_percent=50, set_at=NOW, **about)
        row.withdrawn_at = withdrawn
        session.add(row)
    publish(LATER)
    take_loop_snapshot(parents.survey_id, LATER)
    take_coded(LATER)
    take_county_snapshot(LATER, "Hertfordshire")
    session.commit()


def file(client):
    return client.get(ADDRESS).json


def test_before_anything_is_published_the_file_is_there_and_empty(client):
    found = file(client)
    assert (found["format"], found["format_version"]) == ("engage-public-tables", 1)
    assert found["snapshots"] == found["margins"] == found["targets"] == []
    assert len(found["indicators"]) == len(load_pack("hertfordshire").indicators)


def test_every_snapshot_that_pages_of_the_indicators_show_is_in_it_the_earlier_ones_too(
    client, session, much
):
    rows = file(client)["snapshots"]
    assert len(rows) == session.query(Snapshot).filter(Snapshot.kind != "loop").count()
    assert {row["kind"] for row in rows} == {"q", "county", "coded"}
    of_q = [row for row in rows if row["kind"] == "q"]
    assert [row["is_newest"] for row in of_q] == [False, True]
    assert [row["made_at"][:10] for row in of_q] == ["2026-04-01", "2026-04-08"]
    assert {row["survey"] for row in of_q} == {"parents"}
    assert all(row["made_up_answers"] is False for row in rows)


def test_anybody_can_work_the_checksums_out_again(client, much):
    """With no line of ours: the rule in the file and in docs/snapshot-export.md is enough."""
    for row in file(client)["snapshots"]:
        text = json.dumps(row["data"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert hashlib.sha256(text.encode()).hexdigest() == row["checksum"]


def test_exact_counts_are_nowhere_in_the_file(client, session, much):
    text = client.get(ADDRESS).text
    assert {row.answers_counted for row in session.query(Snapshot)} >= {43, 56}
    assert "answers_counted" not in text
    assert '"exact":' not in text, "it is a qualifier of the ledger, and never a key"
    assert '"n_effective": 56' not in text
    outside_checksums = re.sub(r'"checksum": "\w+"', "", json.dumps(file(client)["snapshots"]))
    numbers = re.findall(r"(?<![\w.:+-])\d+(?![\w.:-])", outside_checksums)
    assert not {"43", "56", "21", "22", "34", "13"} & set(numbers)
    unrounded = [row.exact["share"] for row in session.query(Snapshot) if "share" in row.exact]
    assert unrounded
    assert not [share for share in unrounded if str(share) in text]


def test_figures_of_others_are_as_everybody_may_see_them(client, much):
    rows = {row["series"]: row for row in file(client)["measured"]["figures"]}
    assert rows["complaints"]["value"] == "3.7"
    assert (rows["ind-2018-c"]["value"], rows["ind-2018-c"]["numerator"]) == (None, None)
    assert rows["ind-2018-c"]["hidden_because"] == "to protect a small group"
    assert "ind-2018-l" not in rows, "it was taken out"


def test_the_ledger_margins_targets_and_indicators_are_in_it(client, much):
    found = file(client)
    small = [each for each in found["ledger"]["activities"] if each["label"] == "A small group"]
    assert small[0]["counts"][0]["value"] is None
    (margins,) = found["margins"]
    assert (margins["source"], margins["made_up"]) == ("The council", True)
    assert margins["shares_percent"]["parent_carer"]["support"] == {"ehcp": 25, "sen_support": 75}
    assert [each["percent"] for each in found["targets"]] == [61]
    assert "ind-2018-q" in {each["code"] for each in found["indicators"]}


def test_margins_that_were_taken_out_are_not_in_it(client, session):
    make_margins(retired_at=NOW)
    assert file(client)["margins"] == []


def test_the_command_gives_the_same_bytes_as_the_address(client, much, tmp_path):
    content = client.get(ADDRESS).data
    assert content == exported() == client.get(ADDRESS).data
    said = exported_to(tmp_path / "tables.json")
    assert (tmp_path / "tables.json").read_bytes() == content
    assert said == "All public tables are in tables.json."
    with pytest.raises(InvalidInputError, match=r"tables\.json cannot be written\."):
        exported_to(tmp_path / "nowhere" / "tables.json")


def test_the_command_prints_them(app, tmp_path):
    """A process of its own, on the tables of the tests, where nothing was ever committed."""
    done = subprocess.run(
        [sys.executable, "-c", "from engage.cli import main; main()", "snapshot", "export"],
        env={
            "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
            "ENGAGE_INSTANCE": str(tmp_path / "instance"),
            "PYTHONPATH": str(ROOT),
            "PATH": os.environ["PATH"],
        },
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["format"] == "engage-public-tables"


def test_who_has_the_file_already_is_told_so(client, session):
    tag = client.get(ADDRESS).headers["ETag"]
    assert client.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 304


def test_nobody_needs_to_sign_in_for_it(client):
    reply = client.get(ADDRESS)
    assert (reply.status_code, reply.mimetype) == (200, "application/json")


def test_it_takes_few_queries(client, much, queries):
    del queries[:]
    client.get(ADDRESS)
    assert len(queries) <= 10
