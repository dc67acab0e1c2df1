"""The steps of a reading, in the words that people who wait for it see."""

from collections.abc import Callable

from engage.analysis.types import Progress

CLEANING = "Cleaning the comments"
LANGUAGES = "Telling the languages apart"
EMBEDDING = "Reading the sentences"
FINDING = "Finding themes"
NAMING = "Naming the themes"
FEELING = "Reading how people feel"
TAGGING = "Matching the ambitions"
STEPS = (CLEANING, LANGUAGES, EMBEDDING, FINDING, NAMING, FEELING, TAGGING)


class Steps:
    """Says which step has begun, and notes how long each took."""

    def __init__(self, clock: Callable[[], float], progress: Progress | None) -> None:
        self._clock, self._progress = clock, progress
        self._begun: tuple[str, float] | None = None
        self.timings: dict[str, float] = {}

    def begin(self, step: str, total: int = 1) -> None:
        self.end()
        self._begun = (step, self._clock())
        self.tell(step, 0, total)

    def tell(self, step: str, done: int, total: int) -> None:
        if self._progress:
            self._progress(step, done, total)

    def end(self) -> None:
        if self._begun is None:
            return
        step, since = self._begun
        taken = self.timings.get(step, 0.0) + self._clock() - since
        self.timings[step] = round(taken, 3)
        self._begun = None
