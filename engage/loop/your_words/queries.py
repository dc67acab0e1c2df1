"""What is read to show somebody where their own words went. Nothing of anybody else."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from engage.analysis.frame.models import Mention
from engage.analysis.models import Theme
from engage.extensions import db
from engage.loop.your_words.tracing import Mentioned
from engage.responses.models import Answer, Response
from engage.surveys.models import Question, Section


@dataclass(frozen=True, slots=True)
class Written:
    """One answer in somebody's own words."""

    answer_id: int
    question_id: int
    text: str


def written_in(response_id: int) -> list[Written]:
    """What they wrote, in the order in which it was asked."""
    rows = db.session.execute(
        select(Answer.id, Answer.question_id, Answer.value)
        .join(Answer.question)
        .join(Question.section)
        .where(Answer.response_id == response_id, Question.type == "text")
        .order_by(Section.position, Question.position)
    )
    return [Written(answer, question, str(value)) for answer, question, value in rows if value]


def mentions_in(answer_ids: Collection[int]) -> dict[int, list[Mentioned]]:
    """By answer, its sentences under accepted themes; none while a safeguarding lead has them."""
    rows = db.session.execute(
        select(Mention.answer_id, Mention.sentence, Mention.sentence_key, Mention.theme_id)
        .join(Mention.theme)
        .join(Mention.answer)
        .join(Answer.response)
        .where(
            Mention.answer_id.in_(answer_ids),
            Theme.state == "accepted",
            Response.is_held.is_(False),
        )
        .order_by(Mention.sentence_number, Mention.id)
    )
    found: dict[int, list[Mentioned]] = defaultdict(list)
    for answer_id, sentence, key, theme_id in rows:
        found[answer_id].append(Mentioned(sentence, key, theme_id))
    return found


def themes(theme_ids: Collection[int]) -> dict[int, Theme]:
    return {
        theme.id: theme
        for theme in db.session.scalars(select(Theme).where(Theme.id.in_(theme_ids)))
    }
