"""Which language a page is in, which way it reads, and what every page says of itself."""

from dataclasses import dataclass
from pathlib import Path

from flask import Flask, current_app, g, url_for

from engage.extensions import babel

RIGHT_TO_LEFT = {"ar", "ur"}


@dataclass
class PageContext:
    """What the layouts need to know. A view sets what differs from the usual."""

    language: str = "en"
    easy_read: bool = False
    theme: str | None = None
    size: str | None = None
    demo_note: str = ""
    help_phone: str = ""
    help_hours: str = ""
    leave_url: str = "https://www.bbc.co.uk/weather"
    organisation: str | None = None
    staff_name: str | None = None
    service_name: str = "Engage"
    place: str = "Hertfordshire SEND partnership"

    @property
    def direction(self) -> str:
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"


def page_context() -> PageContext:
    """This request's page, made on first use."""
    if "page_context" not in g:
        g.page_context = PageContext(place=current_app.config["PLACE"])
    context: PageContext = g.page_context
    return context


def init_app(app: Flask) -> None:
    babel.init_app(
        app,
        default_translation_directories=str(Path(app.root_path).parent / "translations"),
        locale_selector=lambda: page_context().language,
    )
    app.context_processor(lambda: {"page": page_context()})
    versions: dict[str, int] = {}

    def asset(name: str) -> str:
        """A static file's address, new whenever the file is, so browsers may keep it for good."""
        if name not in versions or app.debug:
            versions[name] = int((Path(app.static_folder or "") / name).stat().st_mtime)
        return url_for("static", filename=name, v=versions[name])

    app.jinja_env.globals["asset"] = asset
