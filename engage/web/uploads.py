"""Pages of staff that take a larger request than all others do."""

from collections.abc import Collection

from flask import Blueprint, request, session
from flask.blueprints import BlueprintSetupState


def allow_large(bp: Blueprint, endpoints: Collection[str], most: int) -> None:
    """Let these endpoints of a blueprint be sent up to `most` bytes.

    Asked before the token of a form is looked for, which reads the whole request; and only with
    the cookie of somebody signed in, so that a stranger cannot make us read this much.
    """

    def widen() -> None:
        if request.endpoint in endpoints and "_user_id" in session:
            request.max_content_length = most

    def put_first(state: BlueprintSetupState) -> None:
        state.app.before_request_funcs.setdefault(None, []).insert(0, widen)

    bp.record_once(put_first)
