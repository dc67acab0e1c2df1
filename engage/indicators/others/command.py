"""The commands `engage margins import` and `engage figures import`. See docs/import-figures.md."""

from datetime import UTC, date, datetime
from pathlib import Path

from engage.errors import InvalidInputError
from engage.extensions import write_transaction
from engage.indicators.others.csv_lines import LARGEST
from engage.indicators.others.importing import About, add_figures, add_margins
from engage.surveys.the_pack import the_pack


def imported_margins(
    file: Path, title: str, source: str, as_of: date, *, is_synthetic: bool
) -> str:
    """Keep a set of margins, and say what came."""
    content = content_of(file)
    about = About(title.strip(), source.strip(), as_of, is_synthetic)
    _check_words({"title": (about.title, 200), "source": (about.source, 300)})
    with write_transaction():
        made = add_margins(content, about, the_pack(), datetime.now(UTC))
        return f"{len(made.margins)} shares are kept as {made.code}."


def imported_figures(file: Path) -> str:
    """Keep figures, and say how many."""
    content = content_of(file)
    with write_transaction():
        return f"{add_figures(content, the_pack(), datetime.now(UTC))} figures are kept."


def content_of(file: Path) -> bytes:
    """Up to a little more than is taken: a file too large is told so, and not read whole."""
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as error:
        raise InvalidInputError(f"{file.name} cannot be read.") from error


def _check_words(given: dict[str, tuple[str, int]]) -> None:
    for name, (words, longest) in given.items():
        if not words:
            raise InvalidInputError(f"“{name}” is empty.")
        if len(words) > longest:
            raise InvalidInputError(f"“{name}” is longer than {longest} letters.")
