"""Make it easier: how the pages look, chosen once and kept in the address or on the draft."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from engage.web.access import public
from engage.web.display import draft_in, page_to_go_back_to, with_choices
from engage.web.i18n import LANGUAGES, PageContext, follow_address

bp = Blueprint("easier", __name__)


@bp.get("/easier")
@public
def show() -> ResponseReturnValue:
    """The choices, shown as they look now; or, with `use`, the page they are for."""
    page = follow_address()
    back = page_to_go_back_to(request.args.get("back", "/"))
    if "use" in request.args:
        return redirect(with_choices(back, chosen(page)))
    token = draft_in(back)
    html = render_template(
        "pages/easier.html",
        back=back,
        keep_on_draft=f"/answer/{token}/easier" if token else None,
        languages=LANGUAGES,
    )
    # `back` may hold the secret that opens somebody's answers.
    return html, {"Cache-Control": "no-store"}


def chosen(page: PageContext) -> dict[str, str]:
    """Says the wording even where it is the usual one: some surveys start in easy read."""
    return page.choices_in_address() | {"read": "easy" if page.easy_read else "standard"}
