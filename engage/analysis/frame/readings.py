"""A theme as the officer meets it: the machine's finding, the person's decision, and the counts."""

from dataclasses import dataclass, field

from engage.analysis.models import FoundTheme, Theme

MOODS = ("positive", "mixed", "neutral", "negative")


@dataclass(frozen=True)
class Counted:
    """How many speak under a theme once people have changed what the machine found."""

    people: int = 0
    share: float = 0.0
    sentences: int = 0
    put_in: int = 0
    taken_out: int = 0
    sentiment: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MOODS, 0))


@dataclass(frozen=True)
class Reading:
    """A finding, a decision, or both; the counts are those of the decision where there is one."""

    found: FoundTheme | None
    theme: Theme | None
    counted: Counted | None = None
    nested: tuple["Reading", ...] = ()

    @property
    def name(self) -> str:
        if self.theme:
            return self.theme.name
        return self.found.label if self.found else ""

    @property
    def state(self) -> str:
        return self.theme.state if self.theme else "to_read"

    @property
    def is_critical(self) -> bool:
        return bool(self.theme and self.theme.is_critical)

    @property
    def target(self) -> FoundTheme | Theme:
        chosen = self.theme or self.found
        if chosen is None:
            raise LookupError("a reading has a finding or a decision")
        return chosen

    @property
    def key(self) -> str:
        """How an address or a form names it; a finding by its id, which no later run has."""
        return f"t{self.theme.id}" if self.theme else f"f{self.target.id}"

    @property
    def _counts(self) -> Counted | FoundTheme:
        if self.theme is None and self.found is not None:
            return self.found
        return self.counted or Counted()

    @property
    def people(self) -> int:
        return self._counts.people

    @property
    def share(self) -> float:
        return self._counts.share

    @property
    def sentiment(self) -> dict[str, int]:
        return self._counts.sentiment

    @property
    def ambition(self) -> str | None:
        if self.theme is not None:
            return self.theme.ambition
        suggested = self.found.ambitions if self.found else []
        return str(suggested[0]["code"]) if suggested else None
