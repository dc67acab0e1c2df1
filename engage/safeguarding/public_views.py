""" "Please help me": somebody who does not feel safe tells us, with no account and no cookie."""

from datetime import UTC, datetime
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.people.models import Organisation
from engage.people.queries import organisation as organisation_of
from engage.safeguarding import queries, states
from engage.safeguarding.forms import HelpForm, form_key, on_one_line, way_back
from engage.safeguarding.operations import raise_alert
from engage.safeguarding.rules import DANGER_NOW
from engage.web.access import public
from engage.web.disk import taken_when_full
from engage.web.i18n import PageContext, easier_url, follow_address
from engage.web.respondents import respondents_blueprint

bp = respondents_blueprint("help_me", __name__)

ABOUT = 200  # letters
# As staff read it beside the words, whatever language the page was in.
QUESTION = "What do you want to tell us?"


@bp.get("/help-me/<code>")
@public
def ask(code: str) -> ResponseReturnValue:
    return help_page(organisation_of(code), HelpForm())


@bp.post("/help-me/<code>")
@public
@taken_when_full
def tell(code: str) -> ResponseReturnValue:
    organisation, form = organisation_of(code), HelpForm(request.form)
    if request.form.get("switch") in ("easy", "standard"):
        return help_page(organisation, form)
    if form.is_empty:
        return help_page(organisation, form, _("Write in one of the boxes, or ring a number")), 422
    raise_alert(
        organisation.id,
        states.HELP,
        about(),
        level=DANGER_NOW,
        reference=queries.help_reference(
            organisation.id, form.reference(form_key(request.form.get("key"))), datetime.now(UTC)
        ),
        words=[(QUESTION, form.words.data)] if form.words.data else [],
        contact=form.contact(),
    )
    values = carried(set_page(organisation))
    return redirect(url_for(".thanks", code=code, **values), 303)


@bp.get("/help-me/<code>/thank-you")
@public
def thanks(code: str) -> ResponseReturnValue:
    organisation = organisation_of(code)
    set_page(organisation)
    return render_template("safeguarding/thanks.html", **known(organisation))


def help_page(organisation: Organisation, form: HelpForm, mistake: str = "") -> str:
    page = set_page(organisation)
    return render_template(
        "safeguarding/help_me.html",
        **known(organisation),
        form=form,
        key=form_key(request.form.get("key")),
        about=about(),
        carried=carried(page),
        page_errors=[("#words", mistake)] if mistake else [],
    )


def set_page(organisation: Organisation) -> PageContext:
    page = follow_address()
    if (switch := request.form.get("switch")) in ("easy", "standard"):
        page.easy_read = switch == "easy"
    page.leave_url = organisation.leave_url
    page.help_phone, page.help_hours = organisation.help_phone, organisation.help_hours
    page.out_of_hours_phone = organisation.out_of_hours_phone
    back = way_back(request.values.get("back")) or None
    page.easier_url = easier_url(url_for(".ask", code=organisation.code, back=back))
    return page


def known(organisation: Organisation) -> dict[str, object]:
    """Who reads it and when, the numbers, and the way back."""
    plan = queries.plan_of(organisation.id)
    return {
        "organisation": organisation,
        "somebody_reads": queries.somebody_reads(organisation),
        "hours": plan.hours if plan else "",
        "back": way_back(request.values.get("back")),
    }


def carried(page: PageContext) -> dict[str, Any]:
    """What goes along from page to page: how the person reads, and where they came from."""
    back = way_back(request.values.get("back"))
    return page.choices_in_address() | ({"back": back} if back else {})


def about() -> str:
    return on_one_line(request.values.get("about"))[:ABOUT]
