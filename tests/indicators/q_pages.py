"""The page of q as tests open it, and the waves it is made of."""

from datetime import date, datetime

from engage.extensions import db
from engage.indicators.q.county import take_county_snapshot
from engage.indicators.q.models import QSetting
from engage.indicators.q.series import Source
from tests.factories import StaffFactory
from tests.indicators.conftest import NOW, PARENTS, answer, same_organisation
from tests.page import words_of
from tests.survey_factories import make_survey

SATISFIED, DISSATISFIED = {"headline": "fairly_satisfied"}, {"headline": "fairly_dissatisfied"}


def publish_county(publish, now: datetime = NOW) -> None:
    """Publish every wave with the fixture `publish`, then what is said of the county."""
    publish(now)
    take_county_snapshot(now, "Hertfordshire")
    db.session.commit()


def q(client, query=""):
    return client.get(f"/indicators/q{query}").page


def section(page, id):
    return page.texts(f'section[aria-labelledby="{id}"]')[0]


def rows_of(page, id):
    found = page.tree.cssselect(f'section[aria-labelledby="{id}"] tbody tr')
    return [[words_of(cell) for cell in row] for row in found]


def a_wave(satisfied, dissatisfied, slug="parents", template=PARENTS, said=None, **details):
    details.setdefault("organisation", same_organisation())
    version = make_survey(template, slug=slug, title=f"Survey {slug}", **details)
    answer(version, SATISFIED | (said or {}), satisfied)
    answer(version, DISSATISFIED | (said or {}), dissatisfied)
    return version


def say(version, **said):
    staff = StaffFactory(organisation=version.survey.organisation)
    for name, value in said.items():
        row = QSetting(name=name, value=value, said_by=staff, said_at=NOW)
        row.survey = version.survey
        db.session.add(row)
    db.session.commit()


def source(series="q-PC", spoken_for=None, grade="B", invited=None):
    return Source(
        survey_id=1,
        slug="parents",
        series=series,
        title="Parents",
        title_easy="Parents",
        is_invented=False,
        scale="satisfaction5",
        wordings={"headline": {"standard": "How satisfied?", "easy_read": "How happy?"}},
        earlier_headlines=(),
        opened_on=date(2026, 3, 2),
        closes_on=None,
        grade=grade,
        invited=invited,
        population=spoken_for,
    )
