"""Who could help to reach a group that is missing. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engage.framework.pack import PartnerOrganisation
from engage.indicators.ledger.sums import Entry

# Kinds of organisation in the pack, by what people are and which.
NEAR: Mapping[str, Sequence[str]] = {"area": ("dspl_area", "voluntary_sector")}
WITH: Mapping[tuple[str, str], Sequence[str]] = {
    ("phase", "0-4"): ("early_years",),
    ("phase", "5-10"): ("school",),
    ("phase", "11-15"): ("school",),
    ("phase", "16-25"): ("college",),
    ("support", "ehcp"): ("school", "college"),
    ("support", "sen_support"): ("school", "early_years"),
    ("setting", "ey"): ("early_years",),
    ("setting", "mainstream"): ("school",),
    ("setting", "base"): ("school",),
    ("setting", "special"): ("school",),
    ("setting", "college"): ("college",),
    ("setting", "ap"): ("alternative_provision",),
}
AT_HOME = ("voluntary_sector",)  # where no place of learning could ask them
SPEAK_FOR = {"parent_carer": ("parent_carer_forum",), "young_person": ("youth_voice",)}


@dataclass(frozen=True, slots=True)
class Way:
    """A way of listening that the ledger knows: its channel, who used it, and what it was."""

    channel: str
    organisations: tuple[str, ...]
    activities: tuple[str, ...]


def who_could_help(
    organisations: Iterable[PartnerOrganisation], variable: str, category: str, audience: str | None
) -> list[PartnerOrganisation]:
    """Those near the group first, then those that speak for the audience."""
    near = NEAR.get(variable) or WITH.get((variable, category)) or AT_HOME
    kinds = [*near, *SPEAK_FOR.get(audience or "", ())]
    known = list(organisations)
    return [each for kind in kinds for each in known if each.type == kind]


def ways_used(entries: Iterable[Entry], audience: str | None) -> list[Way]:
    """The ways of the ledger that reached this audience here, in the order they were first used."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.channel and entry.in_area and audience in (None, *entry.audiences):
            found.setdefault(entry.channel, []).append(entry)
    return [
        Way(
            channel,
            tuple(dict.fromkeys(each.organisation for each in used if each.organisation)),
            tuple(each.label for each in used),
        )
        for channel, used in found.items()
    ]
