"""What the areas of the county are called beside answers. Pure."""

from collections.abc import Collection

from engage.framework import Area, Pack


def name_of(area: Area) -> str:
    return f"{area.number}. {area.short_name}"


def names_of(codes: Collection[str], pack: Pack) -> str:
    """In the pack's order; some names have commas. A code that the pack lost is left out."""
    return "; ".join(name_of(area) for area in pack.areas if area.code in codes)
