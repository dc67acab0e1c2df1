"""The words of every page, for translators."""

import ast
from configparser import ConfigParser
from pathlib import Path

import pytest
import yaml
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po
from flask_babel import ngettext

from engage.web.i18n import LANGUAGES

ROOT = Path(__file__).parent.parent
# As `make translations` asks for them.
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None, "_": None, "_l": None, "ngettext": (1, 2)}
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


def test_every_language_of_the_picker_has_words_and_a_status():
    there = {path.parts[-3] for path in CATALOGUES if path.suffix == ".po"}
    status = yaml.safe_load((TRANSLATIONS / "status.yaml").read_text())
    assert there == set(LANGUAGES) - {"en"} == set(status)


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_people_who_answer_find_every_sentence_in_their_language(language):
    known = {m.id: m for m in messages(TRANSLATIONS / language / "LC_MESSAGES/messages.po")}
    wanted = [message.id for message in messages(TRANSLATIONS / "public.pot") if message.id]
    assert len(wanted) > 500
    missing = [id for id in wanted if id not in known or not is_translated(known[id])]
    assert missing == [], "run `make translations`, then translate these"


def is_translated(message):
    forms = message.string if message.pluralizable else [message.string]
    return all(forms)


@pytest.mark.parametrize(
    ("language", "minutes", "words"),
    [
        ("pl", 1, "1 minuty"),
        ("ar", 2, "دقيقتين"),
        ("ar", 3, "3 دقائق"),
        ("uk", 2, "2 хвилини"),
        ("uk", 5, "5 хвилин"),
    ],
)
def test_a_number_takes_the_plural_of_its_language(app, language, minutes, words):
    with app.test_request_context(f"/?lang={language}"):
        said = ngettext(
            "It takes about 1 minute.",
            "It takes about %(minutes)s minutes.",
            minutes,
            minutes=minutes,
        )
    assert words in said


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


def test_no_words_are_marked_inside_an_f_string_where_nobody_finds_them():
    marks = {"_", "gettext", "ngettext", "lazy_gettext"}
    lost = [
        f"{file.relative_to(ROOT)}:{call.lineno}"
        for file in (ROOT / "engage").rglob("*.py")
        for joined in ast.walk(ast.parse(file.read_text()))
        if isinstance(joined, ast.JoinedStr)
        for call in ast.walk(joined)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in marks
    ]
    assert lost == []


@pytest.mark.parametrize(
    "path", CATALOGUES, ids=lambda path: path.parts[-1] if path.suffix == ".pot" else path.parts[-3]
)
def test_translations_keep_their_placeholders(path):
    with path.open("rb") as file:
        assert not list(read_po(file).check())
