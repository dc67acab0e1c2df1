"""Words of the machine's findings that people still say, in what staff may read now.

A finding is never made anew when somebody takes words out of a comment, takes a comment back, or
the safeguarding lead has it. So what it says in their words is held against what is left.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Select, select

from engage.analysis.frame.models import Mention
from engage.analysis.models import LEFT_OUT, Assignment, FoundTheme, Theme
from engage.analysis.queries import may_be_read, quoted
from engage.extensions import db
from engage.responses.models import Answer

WORD = re.compile(r"\w+(?:[’'-]\w+)*")
# "speech therapy" stands in "speech and language therapy": small words are left out of keywords.
BETWEEN = r"\W+(?:\w+\W+){0,3}"

Said = Mapping[int, Collection[str]]  # by person, the sentences


def words_behind(found: FoundTheme) -> list[str]:
    """The keywords of a finding that at least one person still says."""
    return said_by_enough(found.keywords, _said(_assigned(found)), 1)


def said_in_theme(theme: Theme) -> Said:
    return _said(_mentions().where(Mention.theme_id == theme.id))


def said_in_survey(survey_id: int) -> Said:
    ours = select(Theme.id).where(Theme.survey_id == survey_id)
    return _said(_mentions().where(Mention.theme_id.in_(ours)))


def said_by_enough(keywords: Iterable[str], said: Said, fewest: int) -> list[str]:
    """Those that so many people say: as a word, in the singular or plural."""
    return [word for word in keywords if _people_who_say(word, said) >= fewest]


def _people_who_say(word: str, said: Said) -> int:
    parts = (rf"{re.escape(part)}(?:s|es)?" for part in word.split())
    whole = re.compile(rf"(?<!\w){BETWEEN.join(parts)}(?!\w)", re.IGNORECASE)
    return sum(any(map(whole.search, theirs)) for theirs in said.values())


def _assigned(found: FoundTheme) -> Select[int, str, int]:
    return (
        select(Assignment.answer_id, Assignment.sentence, Answer.response_id)
        .join(Answer, Answer.id == Assignment.answer_id)
        .where(Assignment.found_theme_id == found.id, may_be_read(Assignment.answer_id))
    )


def _mentions() -> Select[int, str, int]:
    return (
        select(Mention.answer_id, Mention.sentence, Answer.response_id)
        .join(Answer, Answer.id == Mention.answer_id)
        .where(may_be_read(Mention.answer_id))
    )


def _said(wanted: Select[int, str, int]) -> Said:
    rows = db.session.execute(wanted).all()
    read = quoted([(answer_id, sentence) for answer_id, sentence, _person in rows])
    said: dict[int, list[str]] = defaultdict(list)
    for each, (_answer, _sentence, person) in zip(read, rows, strict=True):
        said[person].append(each.text)
    return said


# ---- what the machine calls a finding


def forget_in_labels(findings: Iterable[FoundTheme], taken_out: Iterable[str]) -> None:
    """Words that were taken out go from what these findings are called, where nobody says them.

    With `forget_quotes` the one change to what a machine found: a name is not kept by it.
    """
    words = {word for piece in taken_out for word in WORD.findall(piece.casefold())}
    for found in findings:
        named = words.intersection(WORD.findall(found.label.casefold()))
        if not named:
            continue
        if gone := named - set(said_by_enough(named, _said(_assigned(found)), 1)):
            found.label = _without(found.label, gone)


def _without(label: str, gone: Collection[str]) -> str:
    return WORD.sub(lambda word: LEFT_OUT if word[0].casefold() in gone else word[0], label)


def findings_with(answer_id: int) -> list[FoundTheme]:
    """What was found in sentences of that answer, by every reading."""
    wanted = select(Assignment.found_theme_id).where(Assignment.answer_id == answer_id)
    return list(db.session.scalars(select(FoundTheme).where(FoundTheme.id.in_(wanted))))
