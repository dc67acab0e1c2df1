"""From the YAML files of a pack to one frozen `Pack`, or a sentence that says what is wrong."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
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
    Pledge,
    PostcodeDistrict,
    Promise,
    Series,
    ServedBee,
    Term,
)
from engage.framework.printed import (
    Baseline,
    Channel,
    Claim,
    EngagementActivity,
    OpenQuestion,
    OutsideFigure,
    SourceDocument,
    Strategy,
    UnitSum,
)
from engage.framework.value import Value
from engage.framework.yaml_files import complaint, read_yaml

PACKS = Path(__file__).parent / "packs"
# Of everything that was promised, these are about how the county speaks with families.
OF_SPEAKING = ("act", "professional_promise")

DRAFT = "draft"  # how the status of a file begins that nobody has agreed to

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
        channels=audience_file.optional_rows("channels", Channel, _with_flat_labels),
        **_what_is_printed(folder, indicator_file),
        **_what_is_promised(folder),
        **_which_bees_are_served(folder),
    )
    _check_anchors(pack)
    _check_served_bees(pack)
    _check_pledges(pack)
    return pack


def _what_is_printed(folder: Path, indicator_file: "_File") -> dict[str, Any]:
    """What a pack may leave out: the figures, activities and questions of its documents."""
    baseline_file = _optional_file(folder, "baselines")
    engagement_file = _optional_file(folder, "engagement_2025")
    asking = (indicator_file, baseline_file, engagement_file)
    return {
        "sources": _optional_file(folder, "sources").optional_rows("sources", SourceDocument),
        "strategies": _optional_file(folder, "strategies").optional_rows("strategies", Strategy),
        "baselines": baseline_file.optional_rows("baselines", Baseline),
        "outside_figures": baseline_file.optional_rows("outside_the_sources", OutsideFigure),
        "units": tuple(engagement_file.content.get("units") or ()),
        "activities": engagement_file.optional_rows("activities", EngagementActivity),
        "sums_by_unit": engagement_file.optional_rows("sums_by_unit", UnitSum, _named_by_unit),
        "claims": engagement_file.optional_rows("claims", Claim),
        "open_questions": tuple(
            question
            for file in asking
            for question in file.optional_rows("open_questions", OpenQuestion)
        ),
    }


def _what_is_promised(folder: Path) -> dict[str, Any]:
    file = _optional_file(folder, "promises")
    rows = (file.optional_rows(key, Promise) for key in OF_SPEAKING)
    return {
        "promises": tuple(chain.from_iterable(rows)),
        "pledges": file.optional_rows("promises", Pledge),
    }


def _which_bees_are_served(folder: Path) -> dict[str, Any]:
    file = _optional_file(folder, "crosswalk")
    meta = file.content.get("meta")
    status = meta.get("status", DRAFT) if isinstance(meta, Mapping) else DRAFT
    return {
        "served_bees": file.optional_rows("ambitions_to_bees", ServedBee),
        "crosswalk_is_draft": str(status).startswith(DRAFT),
    }


def _optional_file(folder: Path, name: str) -> "_File":
    return _File(folder, name) if (folder / f"{name}.yaml").exists() else _NoFile(name)


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

    def optional_rows(
        self, key: str, kind: type[V], shaped: Callable[[Row], Row] = lambda row: row
    ) -> tuple[V, ...]:
        return self.rows(key, kind, shaped) if key in self.content else ()

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


class _NoFile(_File):
    """A file that a pack leaves out."""

    def __init__(self, name: str) -> None:
        self.name = f"{name}.yaml"
        self.content = {}


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


def _named_by_unit(row: Row) -> Row:
    return {**row, "code": row.get("unit")}


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


def _check_served_bees(pack: Pack) -> None:
    ambitions = {each.code for each in pack.ambitions}
    bees = {each.code for each in pack.outcome_bees}
    for row in pack.served_bees:
        if row.ambition not in ambitions:
            raise InvalidInputError(f"crosswalk.yaml: no ambition “{row.ambition}”.")
        if row.bee not in bees:
            raise InvalidInputError(f"crosswalk.yaml: no Outcome Bee “{row.bee}”.")


def _check_pledges(pack: Pack) -> None:
    ambitions = {each.code for each in pack.ambitions}
    for pledge in pack.pledges:
        for lost in set(pledge.ambitions) - ambitions:
            raise InvalidInputError(f"promises.yaml: {pledge.code}: no ambition “{lost}”.")
