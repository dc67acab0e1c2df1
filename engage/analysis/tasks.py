"""Reading a survey's comments by machine, as jobs that survive the end of a worker.

What was never embedded is embedded first, in shards that each commit what they did. The reading
waits behind them; when one worker goes, another does what is left.
"""

from datetime import UTC, datetime
from importlib import import_module

from flask import current_app

from engage.analysis import operations, progress, queries, storing, vectors
from engage.analysis.coded import take_coded
from engage.analysis.growing import grow
from engage.analysis.pipeline import analyse, known_texts, texts_by_comment
from engage.analysis.renewal import Renewal, confirmed_tags, renewal_of
from engage.analysis.shards import EMBED, Shards, ask_for, shards_of
from engage.analysis.steps import EMBEDDING
from engage.analysis.tools import default_tools
from engage.analysis.types import Ambition, Settings, Tools, VectorCache
from engage.framework import Pack
from engage.framework.pack import Ambition as PackAmbition
from engage.jobs.queue import Finish, enqueue, every_day, handles
from engage.surveys.the_pack import the_pack

REFRESH, REREAD = "analysis.refresh", "analysis.reread"
FORGET, CODED = "analysis.forget_vectors", "analysis.coded"


@handles(REFRESH)
def refresh(survey_id: int) -> Finish:
    """Bring the reading up to date: a few new answers join the themes; else all is read again.

    Where nothing is new, somebody asks for the themes to be found again.
    """
    tools, cache = _tools_and_cache()
    renewal = renewal_of(survey_id, tools, Settings())
    if renewal is None:
        return _read_all(survey_id, REFRESH, tools, cache)
    if renewal.is_done(datetime.now(UTC)):
        return lambda: None
    if not renewal.new:
        return _read_all(survey_id, REFRESH, tools, cache)
    return _join(renewal, tools, cache)


@handles(REREAD)
def reread(survey_id: int) -> Finish:
    """Somebody asks for the themes to be found again. What people decided is carried over."""
    return _read_all(survey_id, REREAD, *_tools_and_cache())


def _tools_and_cache() -> tuple[Tools, vectors.DatabaseCache]:
    cache = vectors.DatabaseCache()
    tools = chosen_tools(Settings(), cache)
    cache.model = tools.embedder.name
    return tools, cache


def _read_all(survey_id: int, job: str, tools: Tools, cache: vectors.DatabaseCache) -> Finish:
    comments = queries.comments_of(survey_id)
    shards = shards_of(survey_id, comments, tools, Settings())
    if shards is not None:
        return _in_shards(survey_id, shards, job)
    tell = progress.Told(survey_id)
    findings = analyse(comments, tools, _ambitions(), Settings(), tell, confirmed_tags())

    def store() -> None:
        now = datetime.now(UTC)
        cache.store(now.date())
        storing.store_findings(survey_id, findings, now)
        progress.ended(survey_id)

    return store


def _in_shards(survey_id: int, shards: Shards, then: str) -> Finish:
    def ask() -> None:
        progress.note(survey_id, EMBEDDING, shards.known, shards.total)
        ask_for(survey_id, shards, then)

    return ask


def _join(renewal: Renewal, tools: Tools, cache: vectors.DatabaseCache) -> Finish:
    """New answers under the themes that are there."""
    taught = (_ambitions(), confirmed_tags())
    grown = grow(renewal.new, renewal.known, tools, Settings(), taught)

    def store() -> None:
        now = datetime.now(UTC)
        cache.store(now.date())
        storing.store_growth(renewal.latest, renewal.root, grown, now)
        progress.ended(renewal.latest.survey_id)

    return store


@handles(EMBED)
def embed(survey_id: int, first: int, last: int) -> Finish:
    """Embed the sentences of these answers, so that the reading finds them in the cache."""
    tools, cache = _tools_and_cache()
    said = texts_by_comment(queries.comments_of(survey_id, first, last), tools, Settings())
    texts = vectors.missing({t for some in said.values() for t in some}, tools.embedder.name)
    tools.embedder.embed(texts)

    def store() -> None:
        cache.store(datetime.now(UTC).date())
        progress.add(survey_id, len(texts))

    return store


@handles("analysis.forget_quotes")
def forget_quotes(survey_id: int) -> Finish:
    """After somebody took their answers back: their words leave no quote and no vector behind."""

    def forget() -> None:
        operations.forget_quotes(survey_id)
        enqueue(FORGET)

    return forget


@every_day(FORGET)
def forget_vectors() -> Finish:
    """Vectors that no words stand behind any more, or that nobody used for two months."""
    keys = vectors.forgettable(known_texts(_ambitions(), ()), datetime.now(UTC).date())
    return lambda: vectors.forget(keys)


@every_day(CODED)
def coded() -> Finish:
    """Publish how the comments under accepted themes sound, in all."""
    now = datetime.now(UTC)

    def publish() -> None:
        take_coded(now)

    return publish


def chosen_tools(settings: Settings, cache: VectorCache | None = None) -> Tools:
    """The real models, or the stand-ins that need none where the settings say so."""
    if current_app.config["ANALYSIS_TOOLS"] == "models":
        return default_tools(settings, cache)
    tools: Tools = import_module("engage.analysis.simple").simple_tools(cache)
    return tools


def _ambitions() -> list[Ambition]:
    return ambitions_in(the_pack())


def ambitions_in(pack: Pack) -> list[Ambition]:
    return [
        Ambition(
            code=ambition.code,
            name=ambition.name,
            description=ambition.description,
            keywords=tuple(ambition.keywords),
            anchors=_known_by(ambition),
            sub_themes=tuple(
                (
                    part.code,
                    (
                        f"{part.name}. {part.description}",
                        *(anchor.text for anchor in ambition.anchors if anchor.sub == part.code),
                    ),
                )
                for part in ambition.sub_themes
            ),
            bees=tuple(
                (bee, tuple(anchor.text for anchor in ambition.anchors if anchor.bee == bee))
                for bee in sorted({anchor.bee for anchor in ambition.anchors if anchor.bee})
            ),
        )
        for ambition in pack.ambitions
    ]


def _known_by(ambition: PackAmbition) -> tuple[str, ...]:
    anchors = tuple(anchor.text for anchor in ambition.anchors)
    meant = ambition.what_it_means
    return anchors if meant is None else (*anchors, meant.description)
