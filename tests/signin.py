"""Signing in without the forms, for tests of what lies behind them."""

import time

from flask import current_app
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from engage.people.models import Staff


def sign_in(client: FlaskClient, staff: Staff) -> FlaskClient:
    """As after the password and the code. Forms then need no token: a header carries it."""
    with client.session_transaction("/staff/") as session:
        session.update(_user_id=staff.fs_uniquifier, _fresh=True, fs_cc="set", fs_paa=time.time())
        session["csrf_token"] = "a token"
    signer = URLSafeTimedSerializer(current_app.secret_key, salt="wtf-csrf-token")
    client.environ_base["HTTP_X_CSRFTOKEN"] = signer.dumps("a token")
    return client
