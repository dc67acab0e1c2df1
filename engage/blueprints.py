"""Everything the application serves, and every job it can be asked for."""

from engage.analysis import tasks as analysis_tasks
from engage.analysis import views as analysis_views
from engage.analysis.checking import tasks as checking_tasks
from engage.analysis.checking import views as checking_views
from engage.analysis.explaining import views as explaining_views
from engage.analysis.exploring import tasks as exploring_tasks
from engage.analysis.exploring import views as exploring_views
from engage.analysis.frame import tasks as frame_tasks
from engage.analysis.frame import views as frame_views
from engage.analysis.redaction import tasks as redaction_tasks
from engage.analysis.redaction import views as redaction_views
from engage.indicators import tasks as indicators_tasks
from engage.indicators.everything import views as indicators_everything_views
from engage.indicators.feeding import views as indicators_setting_views
from engage.indicators.ledger import views as indicators_ledger_views
from engage.indicators.missing import views as indicators_missing_views
from engage.indicators.others import public_views as indicators_list_views
from engage.indicators.others import staff_views as indicators_staff_views
from engage.indicators.pulse import views as indicators_pulse_views
from engage.indicators.q import views as indicators_views
from engage.indicators.targets import views as indicators_target_views
from engage.loop import lifecycle_views as loop_lifecycle_views
from engage.loop import public_views as loop_public_views
from engage.loop import tasks as loop_tasks
from engage.loop import views as loop_views
from engage.loop.clocks import tasks as loop_clocks_tasks
from engage.loop.clocks import views as loop_clocks_views
from engage.loop.co_lead import owner_views as co_lead_owner_views
from engage.loop.co_lead import views as co_lead_views
from engage.loop.promises import views as loop_promises_views
from engage.loop.quotes import views as loop_quotes_views
from engage.loop.telling import staff_views as telling_staff_views
from engage.loop.telling import tasks as telling_tasks
from engage.loop.telling import views as telling_views
from engage.loop.your_words import views as your_words_views
from engage.pages import dashboard as pages_dashboard
from engage.pages import easier as pages_easier
from engage.pages import page_one_views as pages_page_one
from engage.pages import public as pages_public
from engage.pages.reports import public_views as reports_public_views
from engage.pages.reports import views as reports_views
from engage.people import views as people_views
from engage.responses import coming_back as responses_coming_back
from engage.responses import public_views as responses_public_views
from engage.responses import reading_views as responses_reading_views
from engage.responses import staff_views as responses_staff_views
from engage.responses import tasks as responses_tasks
from engage.responses import welcoming as responses_welcoming
from engage.safeguarding import public_views as safeguarding_public_views
from engage.safeguarding import tasks as safeguarding_tasks
from engage.safeguarding import views as safeguarding_views
from engage.surveys import media_serving as surveys_media_serving
from engage.surveys import media_tasks as surveys_media_tasks
from engage.surveys import media_views as surveys_media_views
from engage.surveys import translation_views as surveys_translation_views
from engage.surveys import views as surveys_views

BLUEPRINTS = (
    people_views.bp,
    safeguarding_views.bp,
    safeguarding_public_views.bp,
    surveys_views.bp,
    surveys_translation_views.bp,
    surveys_media_views.bp,
    surveys_media_serving.bp,
    responses_welcoming.bp,
    responses_public_views.bp,
    responses_coming_back.bp,
    responses_staff_views.bp,
    responses_reading_views.bp,
    analysis_views.bp,
    frame_views.bp,
    checking_views.bp,
    redaction_views.bp,
    exploring_views.bp,
    explaining_views.bp,
    loop_views.bp,
    loop_lifecycle_views.board_bp,
    loop_lifecycle_views.bp,
    loop_lifecycle_views.partners_bp,
    co_lead_views.bp,
    co_lead_owner_views.bp,
    loop_quotes_views.bp,
    loop_public_views.bp,
    your_words_views.bp,
    telling_views.bp,
    telling_views.leaving_bp,
    telling_staff_views.bp,
    loop_clocks_views.bp,
    loop_promises_views.bp,
    loop_promises_views.staff_bp,
    indicators_views.bp,
    indicators_pulse_views.bp,
    indicators_everything_views.bp,
    indicators_list_views.bp,
    indicators_staff_views.bp,
    indicators_ledger_views.bp,
    indicators_setting_views.bp,
    indicators_missing_views.bp,
    indicators_target_views.bp,
    pages_public.bp,
    pages_dashboard.bp,
    pages_easier.bp,
    pages_page_one.bp,
    reports_public_views.bp,
    reports_views.bp,
)
# Importing them is what registers their handlers.
TASKS = (
    safeguarding_tasks,
    surveys_media_tasks,
    responses_tasks,
    analysis_tasks,
    frame_tasks,
    checking_tasks,
    redaction_tasks,
    exploring_tasks,
    loop_tasks,
    telling_tasks,
    loop_clocks_tasks,
    indicators_tasks,
)
