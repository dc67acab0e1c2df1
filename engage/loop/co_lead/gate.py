"""What cannot be published alone: an answer, in a survey that two organisations lead together."""

from flask_babel import gettext as _

from engage.errors import NotReadyError
from engage.loop.co_lead import queries
from engage.loop.co_lead.things import ACCEPTED
from engage.loop.demands import Parts
from engage.loop.models import Action
from engage.surveys.co_lead import queries as signed
from engage.surveys.co_lead.operations import names, not_agreed_by
from engage.surveys.co_lead.signing import Thing


def refuse_to_publish_alone(action: Action, parts: Parts | None) -> None:
    """Raises NotReadyError, and says who has to agree to what, while a co-lead has not."""
    survey_id = action.theme.survey_id
    if not signed.co_leads_of(survey_id):
        return
    own, dropped = themes_to_agree(action)
    if missing := not_agreed_by(survey_id, *own):
        raise NotReadyError(
            _("%(who)s has not agreed to this theme as it is now.", who=names(missing))
        )
    if missing := not_agreed_by(survey_id, *dropped):
        raise NotReadyError(
            _(
                "%(who)s agreed to a theme that stands no more, and was not asked about that: "
                "“%(theme)s”.",
                who=names(missing),
                theme=dropped[0].shown["name"],
            )
        )
    if missing := not_agreed_by(survey_id, queries.thing_of(action, parts)):
        raise NotReadyError(
            _("%(who)s has not agreed to these very words. Ask for it first.", who=names(missing))
        )


def themes_to_agree(action: Action) -> tuple[list[Thing], list[Thing]]:
    """The answer's own theme, and the themes that were agreed to once and were dropped since."""
    survey_id = action.theme.survey_id
    found = [each.thing for each in queries.themes_of(survey_id, signed.sign_offs_of(survey_id))]
    own = [thing for thing in found if thing.about_id == action.theme_id]
    return own, [thing for thing in found if thing.shown["state"] != ACCEPTED]
