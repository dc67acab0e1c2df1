"""A comment, what is known of who wrote it and how, and a choice among comments. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields

PARENTS, YOUNG_PEOPLE, STAFF, UNKNOWN = "parents", "young_people", "staff", "unknown"
GROUPS = {"parent_carer": PARENTS, "young_person": YOUNG_PEOPLE}
EVERY_GROUP = (PARENTS, YOUNG_PEOPLE, STAFF, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Heard:
    """A comment without its words. `themes` are names as people gave them, or the machine's."""

    answer_id: int
    response_id: int
    audience: str = ""
    area: str = ""
    mode: str = ""  # how it came: "web", "easy read", "import"
    wave: int = 0  # the version of the survey it answered
    sentiment: str = ""
    ambitions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """Whose marks it counts with in pictures."""
        return GROUPS.get(self.audience, STAFF if self.audience else UNKNOWN)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to see; what is empty is not asked."""

    audience: str = ""
    area: str = ""
    mode: str = ""
    wave: str = ""
    sentiment: str = ""
    ambition: str = ""
    theme: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in named.items() if value}


def matching(heard: Iterable[Heard], wanted: Wanted) -> list[Heard]:
    """Those of which everything that is asked holds."""
    return [each for each in heard if _holds(each, wanted.chosen)]


def _holds(heard: Heard, chosen: Mapping[str, str]) -> bool:
    return all(value in parts_of(heard, name) for name, value in chosen.items())


def parts_of(heard: Heard, name: str) -> Collection[str]:
    """What a comment says for one filter: one value, or several where it may have several."""
    match name:
        case "ambition":
            return heard.ambitions
        case "theme":
            return heard.themes
        case _:
            value = getattr(heard, name)
            return (str(value),) if value else ()


def choices_in(heard: Iterable[Heard]) -> dict[str, list[str]]:
    """For each filter, what can be chosen: the values that there are, in order."""
    found: dict[str, set[str]] = {field.name: set() for field in fields(Wanted)}
    for each in heard:
        for name, values in found.items():
            values.update(parts_of(each, name))
    return {name: sorted(values) for name, values in found.items()}
