"""Who may open a page: declared on the view, enforced once, closed by default."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request
from flask.typing import ResponseReturnValue

View = TypeVar("View", bound=Callable[..., Any])
# None lets the person in; anything else is the answer they get instead.
Rule = Callable[[], ResponseReturnValue | None]


def access(rule: Rule) -> Callable[[View], View]:
    def declare(view: View) -> View:
        view.access = rule  # type: ignore[attr-defined]
        return view

    return declare


def anyone() -> None:
    """No condition: the page is for everybody."""


public = access(anyone)


def init_app(app: Flask) -> None:
    public(app.view_functions["static"])
    app.before_request(enforce)


def enforce() -> ResponseReturnValue | None:
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None:
        return None  # no such page: Flask answers 404 or 405
    rule: Rule | None = getattr(view, "access", None)
    if rule is None:
        abort(403)
    return rule()
