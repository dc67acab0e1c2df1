"""Which language a page is in, which way it reads, and what every page says of itself."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g, has_request_context, request, url_for
from flask_babel import format_date, format_datetime
from flask_babel import gettext as _
from markupsafe import Markup

from engage.clock import HERE, day_of
from engage.extensions import babel
from engage.web.access import anyone
from engage.web.catalogues import compile_catalogues
from engage.web.display import look_in, theme_of

# The languages of the interface, by their own names.
LANGUAGES = {
    "en": "English",
    "pl": "Polski",
    "ro": "Română",
    "uk": "Українська",
    "ur": "اردو",
    "bn": "বাংলা",
    "ar": "العربية",
}
RIGHT_TO_LEFT = {"ar", "ur"}
TRANSLATIONS = Path(__file__).parent.parent.parent / "translations"
STAFF_PAGES = "/staff"  # in English only, for now


@dataclass
class PageContext:
    """What the layouts need to know. A view sets what differs from the usual."""

    language: str = "en"
    easy_read: bool = False
    look: str = ""  # see web.display
    demo_note: str = ""
    help_phone: str = ""
    help_hours: str = ""
    out_of_hours_phone: str = ""
    help_url: str = ""  # "Please help me"; empty where there is nobody to read it
    easier_url: str = ""  # "Make it easier", and back
    leave_url: str = "https://www.bbc.co.uk/weather"
    organisation: str | None = None
    staff_name: str | None = None
    service_name: str = "Engage"
    place: str = "Hertfordshire SEND partnership"

    @property
    def direction(self) -> str:
        return direction_of(self.language)

    @property
    def is_machine_draft(self) -> bool:
        """A machine drafted the words of this language and nobody has checked them yet."""
        return self.language in drafted_by_machine()

    @property
    def theme(self) -> str | None:
        return theme_of(self.look)

    @property
    def reading(self) -> str:
        """The wording as an argument of an address that always says it."""
        return "easy" if self.easy_read else "standard"

    def choices_in_address(self) -> dict[str, Any]:
        """The language, wording and look as arguments of an address, the usual ones left out."""
        chosen = {
            "lang": self.language if self.language != "en" else "",
            "read": "easy" if self.easy_read else "",
            "look": self.look,
        }
        return {name: value for name, value in chosen.items() if value}


@cache
def drafted_by_machine() -> frozenset[str]:
    known = yaml.safe_load((TRANSLATIONS / "status.yaml").read_text(encoding="utf-8"))
    return frozenset(code for code, about in known.items() if about["status"] == "machine_draft")


def direction_of(language: str) -> str:
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def in_its_language(text: str, language: str) -> str:
    """Words that may be in another language than the page, marked so for voices and letters."""
    if language == page_context().language:
        return text
    marked = Markup('<span lang="{}" dir="{}">{}</span>')
    return marked.format(language, direction_of(language), text)


def in_english(text: str) -> str:
    """What an organisation wrote of itself: its name, its hours. Kept apart in other writings."""
    return in_its_language(text, "en")


def follow_address(starts_easy_read: bool = False) -> PageContext:
    """Language, wording and look as the address (or a form) says: `lang`, `read`, `look`."""
    page = page_context()
    asked = request.values
    if asked.get("lang") in LANGUAGES:
        page.language = asked["lang"]
    usual = "easy" if starts_easy_read else ""
    page.easy_read = asked.get("read", usual) == "easy"
    page.look = look_in(asked)
    return page


def page_context() -> PageContext:
    """This request's page, made on first use, in the language and look its address asks for."""
    if "page_context" not in g:
        g.page_context = PageContext(place=current_app.config["PLACE"])
        if has_request_context() and not request.path.startswith(STAFF_PAGES):
            g.page_context.look = look_in(request.args)
            if request.args.get("lang") in LANGUAGES:
                g.page_context.language = request.args["lang"]
    context: PageContext = g.page_context
    return context


def say_it_is_invented(is_invented: bool) -> None:
    """The page says it where it shows what a demonstration made up."""
    if is_invented:
        page_context().demo_note = _("Example with made-up answers.")


def language_links(endpoint: str, **values: Any) -> list[dict[str, Any]]:
    """The same page in each language, by the names that people give their own."""
    page = page_context()
    return [
        {
            "code": code,
            "name": name,
            "direction": direction_of(code),
            "current": code == page.language,
            "url": url_for(endpoint, **values, lang=code),
        }
        for code, name in LANGUAGES.items()
    ]


def easier_url(back: str) -> str:
    """The address of "Make it easier" for this page, which comes back to `back`."""
    return url_for("easier.show", back=back, read=page_context().reading)


def keep_choices(endpoint: str, values: dict[str, Any]) -> None:
    """Links between public pages keep the language and the look. A draft keeps its own.

    Not the wording: the links that switch it are addresses of the same page.
    """
    view = current_app.view_functions.get(endpoint)
    if "token" in values or endpoint == "static" or getattr(view, "access", None) is not anyone:
        return
    choices = page_context().choices_in_address()
    for name in ("lang", "look"):
        if name in choices:
            values.setdefault(name, choices[name])


def long_day(day: date) -> str:
    """A day, or the day of a moment, in the words of the page: 6 March 2026, 6 marca 2026."""
    return str(format_date(day_of(day), "d MMMM y", rebase=False))


def long_month(day: date) -> str:
    """A month that stands alone: March 2026, marzec 2026."""
    return str(format_date(day_of(day), "LLLL y", rebase=False))


def here_and_now(moment: datetime) -> str:
    """A moment as a clock in England shows it: 6 March 2026, 15:04."""
    return str(format_datetime(moment.astimezone(HERE), "d MMMM y, HH:mm", rebase=False))


@cache
def catalogue(language: str) -> NullTranslations:
    return Translations.load(str(TRANSLATIONS), [language])


def said(words: str) -> str:
    """What `_()` in a template says. Finds the catalogue by the page, once for all its words."""
    return catalogue(page_context().language).gettext(words)


def said_of_many(one: str, many: str, number: int) -> str:
    return catalogue(page_context().language).ngettext(one, many, number)


def init_app(app: Flask) -> None:
    compile_catalogues(TRANSLATIONS)
    babel.init_app(
        app,
        default_translation_directories=str(TRANSLATIONS),
        locale_selector=lambda: page_context().language,
    )
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        said, said_of_many, newstyle=True
    )
    app.context_processor(lambda: {"page": page_context(), "easier_url": easier_url})
    app.url_defaults(keep_choices)
    app.jinja_env.filters.update(
        long_day=long_day, here_and_now=here_and_now, in_english=in_english
    )
    app.jinja_env.globals["direction_of"] = direction_of
    versions: dict[str, int] = {}

    def asset(name: str) -> str:
        """A static file's address, new whenever the file is, so browsers may keep it for good."""
        if name not in versions or app.debug:
            versions[name] = int((Path(app.static_folder or "") / name).stat().st_mtime)
        return url_for("static", filename=name, v=versions[name])

    app.jinja_env.globals["asset"] = asset
