"""The words of every page, for translators."""

from configparser import ConfigParser
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
# As `make translations` asks for them.
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None, "_": None, "ngettext": (1, 2)}
TRANSLATIONS = ROOT / "translations"
CATALOGUES = [
    TRANSLATIONS / "messages.pot",
    *sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po")),
]


def methods():
    """Which files hold words, and how to read them: babel.cfg."""
    parser = ConfigParser()
    parser.read(ROOT / "babel.cfg")
    sections = [section.split(": ") for section in parser.sections()]
    return [(pattern, method) for method, pattern in sections]


@pytest.fixture(scope="module")
def found():
    """Every word or sentence marked for translation, with its plural where it has one."""
    here = lambda folder: not folder.endswith(("static", "__pycache__"))  # noqa: E731
    rows = extract_from_dir(
        str(ROOT / "engage"),
        [(pattern.removeprefix("engage/"), method) for pattern, method in methods()],
        keywords=KEYWORDS,
        directory_filter=here,
    )
    return {message for _, _, message, _, _ in rows}


def messages(path):
    with path.open("rb") as file:
        return list(read_po(file))


def test_the_list_of_words_to_translate_is_up_to_date(found):
    listed = {message.id for message in messages(ROOT / "translations/messages.pot") if message.id}
    assert found == listed, "run `make translations`"


@pytest.mark.parametrize(
    "sentence",
    [
        "Page not found",  # gettext, as _
        "Write a name for the theme",  # lazy_gettext, as _
        ("Choose %(num)d answer", "Choose up to %(num)d answers"),  # ngettext
        ("%(n)s comment could be read.", "%(n)s comments could be read."),  # {% trans %}
        "Themes, most people first",  # _ in a template
    ],
)
def test_words_are_found_however_they_are_marked(found, sentence):
    assert sentence in found


@pytest.mark.parametrize(
    "path", CATALOGUES, ids=lambda path: path.parts[-1] if path.suffix == ".pot" else path.parts[-3]
)
def test_translations_keep_their_placeholders(path):
    with path.open("rb") as file:
        assert not list(read_po(file).check())
