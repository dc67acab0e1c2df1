"""The page and the files of the monthly pulse. They read what was published and never count."""

from flask import Blueprint, Response, jsonify, render_template
from flask.typing import ResponseReturnValue

from engage.indicators.pulse import display as pulse_display
from engage.indicators.pulse import export as pulse_export
from engage.indicators.pulse.months import DEFINITION
from engage.indicators.pulse.queries import published_pulse
from engage.indicators.q import display
from engage.web.access import public
from engage.web.i18n import follow_address, say_it_is_invented

bp = Blueprint("pulse", __name__, url_prefix="/indicators")


@bp.get("/pulse")
@public
def show() -> ResponseReturnValue:
    issues = published_pulse()
    follow_address()
    say_it_is_invented(any(issue.is_invented for issue in issues))
    return render_template(
        "indicators/pulse.html",
        issues=issues,
        definition=DEFINITION,
        display=display,
        pulse=pulse_display,
    )


@bp.get("/pulse.json")
@public
def as_json() -> ResponseReturnValue:
    return jsonify(pulse_export.as_json(published_pulse()))


@bp.get("/pulse.csv")
@public
def as_csv() -> ResponseReturnValue:
    file = Response(pulse_export.as_csv(published_pulse()), mimetype="text/csv")
    file.headers["Content-Disposition"] = "attachment; filename=pulse.csv"
    return file
