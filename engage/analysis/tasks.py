"""Reading a survey's comments by machine, as a job."""

from datetime import UTC, datetime
from importlib import import_module

from flask import current_app

from engage.analysis import operations, queries
from engage.analysis.pipeline import analyse
from engage.analysis.tools import default_tools
from engage.analysis.types import Ambition, Settings, Tools
from engage.framework import Pack
from engage.jobs.queue import Finish, handles


@handles("analysis.refresh")
def refresh(survey_id: int) -> Finish:
    """Read all comments again. What people decided stays theirs, and is carried to the new run."""
    comments = queries.comments_of(survey_id)
    settings = Settings()
    findings = analyse(
        comments, chosen_tools(settings), ambitions_in(current_app.extensions["pack"]), settings
    )

    def store() -> None:
        operations.store_findings(survey_id, findings, datetime.now(UTC))

    return store


def chosen_tools(settings: Settings) -> Tools:
    """The real models, or the stand-ins that need none where the settings say so."""
    if current_app.config["ANALYSIS_TOOLS"] == "models":
        return default_tools(settings)
    tools: Tools = import_module("engage.analysis.simple").simple_tools()
    return tools


def ambitions_in(pack: Pack) -> list[Ambition]:
    return [
        Ambition(
            code=ambition.code,
            name=ambition.name,
            description=ambition.description,
            keywords=tuple(ambition.keywords),
            anchors=tuple(anchor.text for anchor in ambition.anchors),
        )
        for ambition in pack.ambitions
    ]


@handles("analysis.forget_quotes")
def forget_quotes(survey_id: int) -> Finish:
    """After somebody took their answers back."""
    return lambda: operations.forget_quotes(survey_id)
