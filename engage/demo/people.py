"""The invented organisations' staff, and how to sign in as them."""

import hashlib
import json
import os
import secrets
from base64 import urlsafe_b64encode
from pathlib import Path

from engage.config import settings
from engage.framework import Pack
from engage.people import operations
from engage.people.models import Organisation
from engage.responses.receipt import receipt_of

# Organisation code in the pack, then who works there. Names are invented.
STAFF = {
    "org-hcc": [
        ("Asha Demo", "asha@council.example", ["administrator", "survey_lead", "analyst"]),
        ("Ben Demo", "ben@council.example", ["safeguarding_lead"]),
        ("Hana Demo", "hana@council.example", ["safeguarding_lead"]),
        ("Cara Demo", "cara@council.example", ["reader"]),
    ],
    "org-hpci": [
        ("Dev Demo", "dev@hpci.example", ["administrator", "survey_lead", "analyst"]),
        ("Ewa Demo", "ewa@hpci.example", ["reader"]),
        ("Ivo Demo", "ivo@hpci.example", ["safeguarding_lead"]),
        ("Jude Demo", "jude@hpci.example", ["safeguarding_lead"]),
    ],
    "org-voices": [
        ("Femi Demo", "femi@voices.example", ["administrator", "survey_lead", "analyst"]),
        ("Gwen Demo", "gwen@voices.example", ["safeguarding_lead"]),
        ("Kit Demo", "kit@voices.example", ["safeguarding_lead"]),
    ],
}
# Numbers that Ofcom keeps free for drama: they never ring anybody.
HELP = {
    "help_phone": "01632 960118",
    "help_hours": "9am to 5pm, Monday to Friday",
    "out_of_hours_phone": "01632 960119",
}
# Who reads alerts, and who stands in.
READERS = {
    "org-hcc": ("ben@council.example", "hana@council.example"),
    "org-hpci": ("ivo@hpci.example", "jude@hpci.example"),
    "org-voices": ("gwen@voices.example", "kit@voices.example"),
}
HEAD_OF_SERVICE = "head-of-service@council.example"
CARD = "demo-sign-in.json"


def card() -> dict[str, str]:
    """The one password and authenticator secret of the demonstration, made on first use."""
    file = Path(settings()["INSTANCE_FOLDER"]) / CARD
    if not file.exists():
        made = {"password": secrets.token_urlsafe(9), "secret": operations.new_totp_secret()}
        descriptor = os.open(file, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as opened:
            json.dump(made, opened)
    kept: dict[str, str] = json.loads(file.read_text())
    return kept


def token_to_try() -> str:
    """What opens the answers of one made-up person: the same as long as the card is the same."""
    made = hashlib.sha256(f"code/{card()['secret']}".encode()).digest()[:16]
    return urlsafe_b64encode(made).decode().rstrip("=")


def make_organisations(pack: Pack) -> dict[str, Organisation]:
    """The three organisations with their staff, by code."""
    operations.ensure_roles()
    return {code: make_organisation(pack, code) for code in STAFF}


def make_organisation(pack: Pack, code: str) -> Organisation:
    fact = next(known for known in pack.organisations if known.code == code)
    organisation = operations.create_organisation(code, fact.name, fact.short_name, **HELP)
    key = card()
    for name, email, roles in STAFF[code]:
        operations.create_staff(
            organisation, name, email, key["password"], roles, totp_secret=key["secret"]
        )
    return organisation


def sign_in_card(address: str) -> list[str]:
    """Lines to print: where to look, and how to sign in."""
    key = card()
    return [
        f"Answer a survey:    {address}/have-your-say/parent-carers-2026",
        f"                    {address}/have-your-say/young-people-2026",
        f"                    {address}/have-your-say/professionals-2026",
        f"A code to try:      {address}/your-code",
        f"                    {' '.join(receipt_of(token_to_try()))}",
        f"You said, we did:   {address}/you-said-we-did",
        f"Indicator q:        {address}/indicators/q",
        f"Staff sign-in:      {address}/staff",
        "    e-mail          asha@council.example (council), dev@hpci.example (HPCI),",
        "                    femi@voices.example (Voices of Hertfordshire),",
        "                    ben@council.example (safeguarding lead of the council)",
        f"    password        {key['password']}",
        f"    TOTP secret     {key['secret']}  (type it into an authenticator app)",
        "Everything in the demonstration is made up.",
    ]
