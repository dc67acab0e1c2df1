""" "See where your words went": for somebody who holds the six words of their code."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.clock import today
from engage.loop.pairs import Reading
from engage.loop.your_words.display import traced
from engage.responses import queries
from engage.responses.coming_back import sent_with_code
from engage.surveys.the_pack import the_pack
from engage.surveys.wording import pick
from engage.web.access import public
from engage.web.i18n import page_context
from engage.web.respondents import respondents_blueprint

bp = respondents_blueprint("your_words", __name__)


@bp.post("/your-code/where-your-words-went")
@public
def show() -> ResponseReturnValue:
    """By POST alone: neither the words of the code nor the token are ever in an address."""
    typed, sitting = sent_with_code()
    if sitting is None:
        return redirect(url_for("coming_back.your_code"), 303)
    page = page_context()
    if (switch := request.form.get("switch")) in ("easy", "standard"):
        page.easy_read = switch == "easy"
    reading = Reading(the_pack(), today(), page.easy_read)
    return render_template(
        "loop/your_words/show.html",
        title=pick(sitting.survey.titles, page.language, page.easy_read).text,
        words=typed,
        traced=traced(sitting, reading),
        was_read=queries.were_words_read(sitting.draft.id),
    )
