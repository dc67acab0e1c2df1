"""Brings the lists of words to translate, and every language, up to date with the code.

    make translations

`messages.pot` holds every marked sentence, `public.pot` those that people who answer or read can
meet. A language keeps what is translated; a new sentence stands there empty, a gone one is dropped.
"""

from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
TRANSLATIONS = ROOT / "translations"
LISTS = {"messages.pot": "babel.cfg", "public.pot": "public.cfg"}
MARKS = ("-k", "lazy_gettext", "-k", "_", "-k", "_l", "-k", "ngettext:1,2")
HEADER = """\
# {name}. How far these words may be trusted is in translations/status.yaml.
msgid ""
msgstr ""
"Language: {code}\\n"
"Plural-Forms: {plural}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def main() -> None:
    for name, mapping in LISTS.items():
        extract(TRANSLATIONS / name, ROOT / mapping)
    wanted = read(TRANSLATIONS / "public.pot")
    for language in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po")):
        write(language, wanted, read(language))


def extract(target: Path, mapping: Path) -> None:
    plain = ("--no-location", "--sort-output", "--omit-header")
    where = ("-F", str(mapping), "-o", str(target), str(ROOT))
    CommandLineInterface().run(["pybabel", "-q", "extract", *MARKS, *plain, *where])


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def write(path: Path, wanted: Catalog, known: Catalog) -> None:
    code = path.parts[-3]
    catalogue = Catalog(locale=code)
    for message in wanted:
        if message.id:
            catalogue.add(message.id, translation_of(message, known), flags=message.flags)
    name = Locale.parse(code).get_display_name("en")
    header = HEADER.format(name=name, code=code, plural=get_plural(code).plural_forms)
    with path.open("wb") as file:
        file.write(header.encode())
        write_po(file, catalogue, omit_header=True, sort_output=True, width=100)


def translation_of(message: Message, known: Catalog) -> str | tuple[str, ...]:
    found = known.get(message.id)
    empty = ("",) * 2 if message.pluralizable else ""
    return found.string if found is not None else empty


if __name__ == "__main__":
    main()
