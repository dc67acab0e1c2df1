"""The analysis, start to end. Reads nothing and stores nothing: comments in, findings out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from engage.analysis import languages, tagging
from engage.analysis.finding import Found, Work, found_in
from engage.analysis.meanings import Meanings, embedded
from engage.analysis.needs import also_scored
from engage.analysis.prepare import prepare
from engage.analysis.reading import Read, first_look, refuse_repeated_ids, refuse_unknown_unit
from engage.analysis.steps import (
    CLEANING,
    EMBEDDING,
    LANGUAGES,
    STEPS,
    Steps,
)
from engage.analysis.types import Ambition, Comment, Findings, Progress, Settings, Tools

__all__ = ["STEPS", "analyse", "texts_by_comment"]

Confirmed = Sequence[tuple[str, str]]


def analyse(  # noqa: PLR0913 (what goes in, the tools, what is known, and who watches)
    comments: Sequence[Comment],
    tools: Tools,
    ambitions: Sequence[Ambition],
    settings: Settings,
    progress: Progress | None = None,
    confirmed: Confirmed = (),
) -> Findings:
    """Themes, feelings and ambitions in these comments; the same ones give the same findings.

    `confirmed` holds texts and the ambition that a person gave each.
    """
    refuse_unknown_unit(settings)
    refuse_repeated_ids(comments)
    steps = Steps(tools.clock, progress)
    read = look_at(comments, tools, settings, steps)
    meanings = meanings_of(read, tools, steps, known_texts(ambitions, confirmed))
    guide = tagging.guide(ambitions, meanings, confirmed=confirmed)
    own = found_in(read, meanings, Work(tools, settings, steps, guide, ambitions))
    others, note = languages.read_others(read, tools, settings)
    steps.end()
    found = languages.joined(own, others)
    return Findings(
        themes=tuple(found.themes),
        assignments=tuple(found.assignments),
        comments=tuple(found.comments),
        method=found.method,
        settings=_settings_used(settings, tools, found, read) | note,
        versions=dict(tools.versions),
        checksums=dict(tools.checksums),
        timings=steps.timings,
        centroids=found.centroids,
    )


def look_at(comments: Sequence[Comment], tools: Tools, settings: Settings, steps: Steps) -> Read:
    """The comments cleaned, told apart by language, and split."""
    steps.begin(CLEANING, len(comments))
    prepared = prepare(comments)
    steps.begin(LANGUAGES, len(comments))
    guessed = tools.language.guess([item.text for item in prepared])
    return first_look(prepared, guessed, settings)


def texts_by_comment(
    comments: Sequence[Comment], tools: Tools, settings: Settings
) -> dict[str, list[str]]:
    """What a reading would have to embed, by the ids of comments, so that it can be done before."""
    read = look_at(comments, tools, settings, Steps(tools.clock, None))
    said = {
        item.comment.id: [sentence.text for sentence in split]
        for item, split in zip(read.prepared, read.sentences, strict=True)
    }
    return {id: [*texts, *sorted(also_scored(texts))] for id, texts in said.items()}


def _said(read: Read) -> set[str]:
    return {sentence.text for split in read.sentences for sentence in split}


def known_texts(ambitions: Sequence[Ambition], confirmed: Confirmed) -> set[str]:
    """What teaches the ambitions."""
    taught = {text for _, text in tagging.teaching_texts(ambitions)}
    return taught.union(text for text, _ in confirmed)


def meanings_of(read: Read, tools: Tools, steps: Steps, others: set[str]) -> Meanings:
    """The vectors of all sentences, and of these other texts."""
    said = _said(read)
    texts = said | also_scored(said) | others
    steps.begin(EMBEDDING, len(texts))
    return embedded(texts, tools.embedder, lambda *sums: steps.tell(EMBEDDING, *sums))


def _settings_used(settings: Settings, tools: Tools, found: Found, read: Read) -> dict[str, object]:
    """What was asked for and what was done, in words for the run's record."""
    aside = Counter(comment.set_aside for comment in found.comments if comment.set_aside)
    return {
        **asdict(settings),
        "embedder": tools.embedder.name,
        "finder": tools.finder.name,
        "sentiment_scorer": tools.sentiment.name,
        "language_guesser": tools.language.name,
        "themes_found": len(found.themes),
        "numbers_of_themes_tried": found.considered,
        "comments": len(read.prepared),
        "usable_comments": sum(not comment.set_aside for comment in found.comments),
        "set_aside": dict(sorted(aside.items())),
        "comments_cut_short": sum(item.clipped for item in read.prepared),
        "campaigns": _campaigns(found),
        "rich_comments": sum(comment.is_rich for comment in found.comments),
        "stray_below": found.stray_below,
    }


def _campaigns(found: Found) -> list[dict[str, int]]:
    """How many people sent each text that many sent."""
    sent = Counter(c.campaign for c in found.comments if c.campaign is not None)
    return [{"campaign": number, "comments": sent[number]} for number in sorted(sent)]
