"""The first look at comments: what each says, in which language, and what repeats what."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engage.analysis.campaigns import Repeats, nearest_sentence, repeats
from engage.analysis.naming import Unit
from engage.analysis.prepare import (
    CLIP_NOTE,
    Prepared,
    content_key,
    natural,
    plain,
    sentences,
)
from engage.analysis.types import (
    COMMENT,
    EMPTY,
    ONLY_MARKS,
    OTHER_LANGUAGE,
    UNITS,
    AnalysisError,
    Comment,
    Sentence,
    Settings,
)

# Even "nothing" says how somebody feels, where the question is known; these say nothing.
WITHOUT_WORDS = (EMPTY, ONLY_MARKS, OTHER_LANGUAGE)
RICH_WORDS = 60
RICH_SUBJECTS = 3  # themes
RICH_SENTENCES = 4  # where each comment is read as one, so that nobody knows its themes


@dataclass(frozen=True)
class Read:
    """The comments in the order of their ids; what follows them has one place for each."""

    prepared: tuple[Prepared, ...]
    languages: tuple[str, ...]
    set_aside: tuple[str, ...]
    sentences: tuple[tuple[Sentence, ...], ...]
    repeats: Repeats

    @property
    def usable(self) -> list[int]:
        return [place for place, reason in enumerate(self.set_aside) if not reason]


def refuse_repeated_ids(comments: Sequence[Comment]) -> None:
    twice = [name for name, times in Counter(c.id for c in comments).items() if times > 1]
    if twice:
        first = min(twice, key=natural)
        raise AnalysisError(
            f"{len(twice)} ids stand more than once, for example {first[:40]!r}; "
            "each comment needs an id of its own."
        )


def refuse_unknown_unit(settings: Settings) -> None:
    if settings.unit not in UNITS:
        raise AnalysisError(f"Comments can be read by {' or by '.join(UNITS)}, nothing else.")


def first_look(prepared: Sequence[Prepared], languages: Sequence[str], settings: Settings) -> Read:
    """Sets aside what cannot be read, and splits the rest."""
    reasons = [
        item.set_aside or ("" if language == settings.language else OTHER_LANGUAGE)
        for item, language in zip(prepared, languages, strict=True)
    ]
    # A comment in another language repeats only those that are read beside it.
    readable = [
        item if reason == item.set_aside else replace(item, set_aside=reason)
        for item, reason in zip(prepared, reasons, strict=True)
    ]
    return Read(
        tuple(prepared),
        tuple(languages),
        tuple(reasons),
        tuple(
            () if item.set_aside in WITHOUT_WORDS else split_by(settings.unit, item)
            for item in readable
        ),
        repeats(readable),
    )


def split_by(unit: str, item: Prepared) -> tuple[Sentence, ...]:
    """What of a comment is embedded and grouped: its sentences, or the whole of it."""
    if unit != COMMENT:
        return tuple(sentences(item))
    text = item.text + CLIP_NOTE if item.clipped else item.text
    return (Sentence(item.comment.id, 1, text),)


def units_of(read: Read) -> tuple[list[Unit], dict[str, str]]:
    """What is grouped, and each different thing once, by the hash of its words.

    Of a campaign only the text that stands for it teaches the grouping: the sentences of the
    others go where its own go, and what somebody added is their own. The order of the hashes is
    one that no shuffling of the comments can change.
    """
    texts_of = _campaign_texts(read)
    units: list[Unit] = []
    distinct: dict[str, str] = {}
    for place in read.usable:
        campaign = read.repeats.campaigns.get(read.prepared[place].comment.id, 0)
        for sentence in read.sentences[place]:
            own = content_key(sentence.text)
            key = _known_key(own, sentence.text, texts_of.get(campaign))
            units.append(Unit(sentence, key))
            if key == own:
                distinct[key] = min(distinct.get(key, sentence.text), sentence.text)
    return units, dict(sorted(distinct.items()))


def _campaign_texts(read: Read) -> dict[int, dict[str, str]]:
    leaders = {id: number for number, id in read.repeats.leaders.items()}
    return {
        leaders[item.comment.id]: {content_key(s.text): s.text for s in read.sentences[place]}
        for place, item in enumerate(read.prepared)
        if item.comment.id in leaders
    }


def _known_key(own: str, text: str, campaign: Mapping[str, str] | None) -> str:
    if campaign is None or own in campaign:
        return own
    return nearest_sentence(text, campaign) or own


def is_rich(item: Prepared, themes: int, unit: str) -> bool:
    """Long, and about several things: worth reading whole."""
    if len(item.text.split()) < RICH_WORDS:
        return False
    if unit == COMMENT:
        return len([s for s in sentences(item) if plain(s.text)]) >= RICH_SENTENCES
    return themes >= RICH_SUBJECTS
