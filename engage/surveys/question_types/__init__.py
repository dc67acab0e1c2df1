"""The kinds of question we can ask, named as in the survey templates.

Everything that differs between kinds is here: the form field that asks, what is kept, and how
it reads back. To add a kind, add a class and a partial in templates/responses/kinds/; see
docs/question-types.md.
"""

from engage.surveys.question_types.areas import Area
from engage.surveys.question_types.base import FIELD, Choices, QuestionType
from engage.surveys.question_types.choosing import (
    Loop,
    Multi,
    Rank,
    Scale,
    Single,
    ZeroToTen,
    places,
    rank_label,
)
from engage.surveys.question_types.dated import Date
from engage.surveys.question_types.numbers import Number
from engage.surveys.question_types.statements import Statements
from engage.surveys.question_types.writing import LONGEST_TEXT, Info, Text
from engage.typed import tidy

__all__ = [
    "FIELD",
    "LONGEST_TEXT",
    "TYPES",
    "Choices",
    "QuestionType",
    "places",
    "rank_label",
    "tidy",
]

KINDS = (Single, Scale, ZeroToTen, Statements, Loop, Multi, Rank, Number, Date, Area, Text, Info)
TYPES: dict[str, QuestionType] = {kind.name: kind() for kind in KINDS}
