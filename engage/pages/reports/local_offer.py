"""What regulation 56 asks about the Local Offer: which themes are about which part, and figures.

The questions of the Local Offer's survey carry the part of the regulation that they are about.
Closed questions become shares under the rules of every public figure, kept in snapshots of their
own: ten people more, and nothing that two publications together would tell of a few.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from engage.analysis.frame.models import Mention
from engage.clock import day_of
from engage.extensions import db
from engage.pages.reports.reg56 import PARTS
from engage.responses import snapshots
from engage.responses.disclosure import NEW_ANSWERS, PublicShares, public_shares
from engage.responses.disclosure_changes import change_tells_of_few
from engage.responses.models import Answer, Response, Snapshot
from engage.surveys.definition import OptionDefinition, QuestionDefinition
from engage.surveys.models import Question, SurveyVersion
from engage.surveys.queries import definition_of

TEMPLATE = "local-offer-feedback"
TAG = "reg56"
KIND = "reg56_figures"
CHOSEN, NOT = "chosen", "not"

Data = dict[str, Any]
Found = tuple[Data, Data]  # what may be published, and the exact bases


# ---- which part a theme is about


def groups_of_themes(versions: Iterable[SurveyVersion]) -> dict[int, str]:
    """By theme, the part of the regulation that most of its comments were asked about."""
    surveys = [each.survey_id for each in _of_the_local_offer(versions)]
    rows = db.session.execute(
        select(Mention.theme_id, Answer.question_id, func.count(Answer.id.distinct()))
        .join(Answer, Answer.id == Mention.answer_id)
        .join(Question, Question.id == Answer.question_id)
        .join(SurveyVersion, SurveyVersion.id == Question.version_id)
        .where(SurveyVersion.survey_id.in_(surveys))
        .group_by(Mention.theme_id, Answer.question_id)
    ).all()
    part_of = _parts({question for _theme, question, _count in rows})
    counted: dict[int, Counter[str]] = {}
    for theme, question, comments in rows:
        if part := part_of.get(question):
            counted.setdefault(theme, Counter())[part] += comments
    return {theme: max(PARTS, key=lambda part: of[part]) for theme, of in counted.items()}


def _parts(questions: Collection[int]) -> dict[int, str]:
    rows = db.session.execute(
        select(Question.id, Question.settings).where(Question.id.in_(questions))
    )
    return {id: settings[TAG] for id, settings in rows if settings.get(TAG) in PARTS}


# ---- figures of closed questions


def figures(versions: Iterable[SurveyVersion], asks: int | None, now: datetime) -> list[Data]:
    """Each tagged closed question of each such survey, as it may be public.

    `asks`: the organisation of who looks. It sees what could be public now of its own surveys; of
    those of others what is public already, for who looks every day would learn of each newcomer.
    """
    return [
        {"survey": version.survey.slug, **shown}
        for version in _of_the_local_offer(versions)
        for shown in _as_seen_by(asks, version, now).values()
    ]


def _as_seen_by(asks: int | None, version: SurveyVersion, now: datetime) -> Data:
    if version.survey.organisation_id == asks:
        return _as_may_be(version, now)[0]
    kept = snapshots.latest(version.survey_id, KIND)
    return kept.data if kept else {}


def keep(versions: Iterable[SurveyVersion], asks: int | None, now: datetime) -> None:
    """These figures are public from now on, so later ones are held against them."""
    for version in _of_the_local_offer(versions):
        if version.survey.organisation_id != asks:
            continue
        data, exact = _as_may_be(version, now)
        before = snapshots.latest(version.survey_id, KIND)
        if data and (before is None or before.data != data):
            db.session.add(_snapshot(version.survey_id, data, exact, now))
    db.session.flush()


def _of_the_local_offer(versions: Iterable[SurveyVersion]) -> list[SurveyVersion]:
    return [each for each in versions if each.template == TEMPLATE]


def _snapshot(survey_id: int, data: Data, exact: Data, now: datetime) -> Snapshot:
    return Snapshot(
        survey_id=survey_id,
        kind=KIND,
        made_at=now,
        answers_counted=max(exact.values()),
        data=data,
        exact=exact,
        checksum=snapshots.checksum(data),
    )


def _as_may_be(version: SurveyVersion, now: datetime) -> Found:
    """The questions and words are of this version; the answers of every published one."""
    earlier = snapshots.all_of(version.survey_id, KIND)
    data: Data = dict(earlier[-1].data) if earlier else {}
    exact: Data = dict(earlier[-1].exact) if earlier else {}
    for question in definition_of(version.id).questions():
        if question.type in ("single", "scale", "multi") and question.settings.get(TAG) in PARTS:
            base, shares = _shares(question, version.survey_id)
            fresh = _shown(question, shares) | {"counted_on": day_of(now).isoformat()}
            # What is public stays where there is nothing to put in its place.
            is_less = fresh["base"] is None and question.code in data
            if not is_less and not _tells(question.code, base, shares, earlier):
                data[question.code] = fresh
                exact[question.code] = base
    return data, exact


def _shares(question: QuestionDefinition, survey: int) -> tuple[int, dict[str, PublicShares]]:
    """How many gave a view, and the shares that may be told; of many choices one by one."""
    valid = [option.code for option in question.options if not option.is_missing]
    given = [_codes(value) & {*valid} for value in _answers_to(question, survey)]
    views = [codes for codes in given if codes]
    if question.type == "multi":
        return len(views), shares_of_many(views, valid, _left_out(question))
    chosen = Counter(code for codes in views for code in codes)
    return len(views), {"": public_shares({code: chosen[code] for code in valid}, valid)}


def shares_of_many(
    views: Collection[Collection[str]], valid: Iterable[str], left_out: Collection[str]
) -> dict[str, PublicShares]:
    """The share of each answer of a question with many choices; none of those left out."""
    chosen = Counter(code for codes in views for code in codes)
    return {
        code: public_shares(
            {CHOSEN: chosen[code], NOT: len(views) - chosen[code]},
            [] if code in left_out else [CHOSEN],
        )
        for code in valid
    }


def _left_out(question: QuestionDefinition) -> set[str]:
    """The answers whose share would tie the others to the whole.

    Who did not choose "none of these" chose one of the others. So its share and those of the others
    together would tell how many chose one answer and no other, or two at once. Where there is no
    such answer everybody chose one of those there are, and the last of them is left out. It is the
    same ones whatever people answered, so that which are missing tells nothing.
    """
    valid = [option for option in question.options if not option.is_missing]
    return {each.code for each in valid if each.is_exclusive} or {each.code for each in valid[-1:]}


def _codes(value: Any) -> set[str]:
    return {value} if isinstance(value, str) else {*value}


def _answers_to(question: QuestionDefinition, survey: int) -> Iterable[Any]:
    """By its code: a corrected version asks it again in a row of its own."""
    return db.session.scalars(
        select(Answer.value)
        .join(Answer.response)
        .join(Answer.question)
        .join(SurveyVersion, SurveyVersion.id == Question.version_id)
        .where(
            Response.submitted_at.is_not(None),
            SurveyVersion.survey_id == survey,
            SurveyVersion.published_at.is_not(None),
            Question.code == question.code,
            Question.type == question.type,
        )
    )


def _shown(question: QuestionDefinition, shares: Mapping[str, PublicShares]) -> Data:
    by_code = {
        code or name: share for code, each in shares.items() for name, share in each.shares.items()
    }
    bases = [each.base for each in shares.values() if each.base is not None]
    return {
        "question": question.code,
        "part": question.settings[TAG],
        "wording": _english(question, easy_read=False),
        "wording_easy": _english(question, easy_read=True),
        "is_many": question.type == "multi",
        "base": bases[0] if bases else None,
        "shares": [
            {
                "answer": _english(option, easy_read=False),
                "code": option.code,
                "percent": by_code.get(option.code),
            }
            for option in question.options
            if not option.is_missing
        ],
    }


def _english(said: QuestionDefinition | OptionDefinition, easy_read: bool) -> str:
    words = {each.easy_read: each.text for each in said.wordings if each.language == "en"}
    return words.get(easy_read) or words.get(False, "")


def _tells(
    code: str, base: int, shares: Mapping[str, PublicShares], earlier: Iterable[Snapshot]
) -> bool:
    """Whether what was once public and this together say what a few people answered."""
    return any(
        abs(base - each.exact[code]) < NEW_ANSWERS or _together(each.data[code], shares)
        for each in earlier
        if code in each.data
    )


def _together(old: Data, shares: Mapping[str, PublicShares]) -> bool:
    was = {each["code"]: each["percent"] for each in old["shares"]}
    for code, now in shares.items():
        names = [CHOSEN, NOT] if code else [*now.shares]
        before = {CHOSEN: was.get(code)} if code else was
        if change_tells_of_few(PublicShares(old["base"], before), now, names):
            return True
    return False
