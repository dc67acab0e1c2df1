"""Alerts to test with."""

from typing import Any

from engage.extensions import db
from engage.people.models import Organisation
from engage.safeguarding import operations
from engage.safeguarding.models import Alert

WORDS = "A big boy hurts me on the bus"
QUESTION = "What would you change?"


def an_alert(organisation: Organisation, kind: str = "words", **parts: Any) -> Alert:
    usual = {"words": [(QUESTION, WORDS)], "hits": [("hurt", "hurts me")], "rules_version": "7"}
    operations.raise_alert(organisation.id, kind, "Parks", **(usual | parts))
    db.session.commit()
    return db.session.query(Alert).order_by(Alert.id.desc()).first()
