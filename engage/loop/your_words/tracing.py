"""Which words of an answer count under which theme, in the words as they were written. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from engage.analysis.prepare import content_key, plain, prepare, sentences
from engage.analysis.types import Comment


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A sentence that counts under a theme, as it was cut when it was read."""

    sentence: str
    key: str
    theme_id: int


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of the answer, and the themes they are under; none where nobody put them there."""

    text: str
    theme_ids: tuple[int, ...] = ()


def parts_of(text: str, mentioned: Sequence[Mentioned]) -> list[Part]:
    """The whole answer in order. Sentences that stand together and are under the same are one."""
    cut = _cut(text)
    covers = [_covered(each, cut) for each in mentioned]
    found = [Part(words, _themes(at, mentioned, covers)) for at, words in enumerate(cut)]
    # Cut in another way than now, and not found again: better said twice than not at all.
    lost = [each for each, places in zip(mentioned, covers, strict=True) if not places]
    return list(_joined([*found, *(Part(each.sentence, (each.theme_id,)) for each in lost)]))


def _cut(text: str) -> list[str]:
    prepared = prepare([Comment("0", text)])
    return [each.text for item in prepared for each in sentences(item)]


def _covered(one: Mentioned, cut: Sequence[str]) -> list[int]:
    """The places of the sentences that it is, or that it is a part of or made of."""
    same = [at for at, words in enumerate(cut) if content_key(words) == one.key]
    if same:
        return same
    said = f" {plain(one.sentence)} "
    return [at for at, words in enumerate(cut) if _one_holds_the_other(f" {plain(words)} ", said)]


def _one_holds_the_other(one: str, other: str) -> bool:
    return bool(one.strip() and other.strip()) and (one in other or other in one)


def _themes(
    at: int, mentioned: Iterable[Mentioned], covers: Iterable[list[int]]
) -> tuple[int, ...]:
    under = (one.theme_id for one, places in zip(mentioned, covers, strict=True) if at in places)
    return tuple(sorted(set(under)))


def _joined(parts: Iterable[Part]) -> Iterator[Part]:
    for themes, together in groupby(parts, lambda part: part.theme_ids):
        yield Part(" ".join(part.text for part in together), themes)
