"""From the YAML files of a pack to one frozen `Pack`, or a sentence that says what is wrong."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from engage.errors import InvalidInputError
from engage.framework.pack import (
    Ambition,
    Area,
    Audience,
    Indicator,
    OtherAreaAnswer,
    Outcome,
    OutcomeBee,
    Pack,
    PartnerOrganisation,
    PostcodeDistrict,
    Series,
    Term,
    Value,
)
from engage.framework.yaml_files import complaint, read_yaml

PACKS = Path(__file__).parent / "packs"

V = TypeVar("V", bound=Value)
Row = dict[str, Any]


@lru_cache(maxsize=8)
def load_pack(name_or_path: str | Path) -> Pack:
    """The pack of that name, or in that folder."""
    folder = Path(name_or_path)
    if folder.name == str(name_or_path):
        folder = PACKS / folder
    if not folder.is_dir():
        raise InvalidInputError(f"There is no pack “{name_or_path}”.")
    return _pack(folder)


def _pack(folder: Path) -> Pack:
    area_file, audience_file = _File(folder, "areas"), _File(folder, "audiences")
    indicator_file = _File(folder, "indicators")
    pack = Pack(
        code=area_file.text("meta", "pack"),
        county=area_file.text("county", "name"),
        ambitions=_File(folder, "ambitions").rows("ambitions", Ambition),
        areas=area_file.rows("areas", Area),
        other_area_answers=area_file.rows("other_answers", OtherAreaAnswer),
        postcode_districts=area_file.rows("postcode_districts", PostcodeDistrict),
        audiences=audience_file.rows("audiences", Audience, _with_flat_labels),
        organisations=_File(folder, "organisations").rows("organisations", PartnerOrganisation),
        indicators=(
            *indicator_file.rows("indicators", Indicator),
            *indicator_file.rows("indicators_2026", Indicator),
        ),
        series=indicator_file.rows("platform_series", Series, _with_listed_parts),
        outcomes=_File(folder, "outcomes").rows("outcomes", Outcome),
        outcome_bees=_File(folder, "outcome_bees").rows("bees", OutcomeBee),
        glossary=_File(folder, "glossary").rows("terms", Term),
    )
    _check_anchors(pack)
    return pack


class _File:
    """One file of a pack, read key by key."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = f"{name}.yaml"
        content = read_yaml(folder / self.name)
        if not isinstance(content, dict):
            raise InvalidInputError(f"{self.name} does not hold keys and values.")
        self.content: Row = content

    def text(self, outer: str, key: str) -> str:
        group = self.content.get(outer)
        value = group.get(key) if isinstance(group, Mapping) else None
        if not isinstance(value, str):
            raise InvalidInputError(f"{self.name}: “{outer} {key}” is missing.")
        return value

    def rows(
        self, key: str, kind: type[V], shaped: Callable[[Row], Row] = lambda row: row
    ) -> tuple[V, ...]:
        rows = self.content.get(key)
        if not isinstance(rows, list):
            raise InvalidInputError(f"{self.name}: “{key}” is missing.")
        self._refuse_repeats(rows)
        return tuple(self._row(row, kind, shaped) for row in rows)

    def _row(self, row: Any, kind: type[V], shaped: Callable[[Row], Row]) -> V:
        try:
            return kind.model_validate(shaped(row) if isinstance(row, dict) else row)
        except ValidationError as error:
            # Wrapped, so that the message can name the row by its code.
            raise _named(self.name, row, error) from error

    def _refuse_repeats(self, rows: Iterable[Any]) -> None:
        codes = Counter(_code_of(row) for row in rows)
        for code, times in codes.items():
            if code is not None and times > 1:
                raise InvalidInputError(f"{self.name}: the code “{code}” is given twice.")


def _named(file: str, row: Any, error: ValidationError) -> InvalidInputError:
    code = _code_of(row)
    return complaint(f"{file}: {code}" if code else file, row, error)


def _code_of(row: Any) -> str | None:
    return row.get("code") if isinstance(row, Mapping) else None


def _with_flat_labels(row: Row) -> Row:
    """Both wordings of both labels, side by side."""
    flat = dict(row)
    for key, name in (("labels", "label"), ("quote_label", "quote_label")):
        words = flat.pop(key, None)
        if isinstance(words, Mapping):
            flat |= {name: words.get("standard"), f"{name}_easy": words.get("easy_read")}
    return flat


def _with_listed_parts(row: Row) -> Row:
    parts = row.get("feeds_q")
    return {**row, "feeds_q": [parts]} if isinstance(parts, str) else row


def _check_anchors(pack: Pack) -> None:
    for ambition, missing in _lost_anchors(pack):
        raise InvalidInputError(f"ambitions.yaml: {ambition}: no {missing}.")


def _lost_anchors(pack: Pack) -> Iterator[tuple[str, str]]:
    bees = {bee.code for bee in pack.outcome_bees}
    for ambition in pack.ambitions:
        known = {theme.code for theme in ambition.sub_themes}
        for anchor in ambition.anchors:
            if anchor.sub not in known:
                yield ambition.code, f"sub-theme “{anchor.sub}”"
            if anchor.bee is not None and anchor.bee not in bees:
                yield ambition.code, f"Outcome Bee “{anchor.bee}”"
