"""The demonstration in other languages: drafts written by a machine, and marked as such."""

from datetime import datetime
from pathlib import Path

from engage.surveys.models import SurveyVersion
from engage.surveys.queries import translations_of
from engage.surveys.translating import Taking, take
from engage.surveys.translation_files import read_file

FOLDER = Path(__file__).parent / "translations"


def add_languages(version: SurveyVersion, now: datetime) -> None:
    """The words there are for this survey, where it has none yet. Nobody has checked them."""
    known = translations_of(version.id)
    for path in sorted(FOLDER.glob(f"{version.survey.slug}.*.xlf")):
        file = read_file(path.read_bytes())
        if file.language not in known:
            take(version, file, Taking(file.language, None, is_machine=True), now)
