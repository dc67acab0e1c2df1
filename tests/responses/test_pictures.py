"""Every picture that an easy-read page names is there."""

from pathlib import Path

import pytest

import engage
from engage.responses import pictures
from engage.surveys.catalogue import read_template, templates
from tests.survey_factories import a_pack

DRAWN = {file.stem for file in (Path(engage.__file__).parent / "static/pictures").glob("*.svg")}
NAMED = {*pictures.BY_PART_OF_Q.values(), *pictures.BY_ROLE.values(), pictures.OTHERWISE}


@pytest.mark.parametrize("name", sorted(NAMED))
def test_the_picture_beside_a_question_exists(name):
    assert name in DRAWN


@pytest.mark.parametrize("template", [summary.code for summary in templates()])
def test_the_pictures_on_the_answers_exist(template):
    survey = read_template(template, a_pack())
    icons = {o.icon for q in survey.questions() for o in q.options if o.icon}
    assert icons <= DRAWN
