"""An e-mail address, kept so that only the key of this service reads it. Pure.

The key is any secret words. Several with commas: the first locks what is new, all of them open.
"""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.fernet import Fernet, MultiFernet
from email_validator import EmailNotValidError, validate_email

# Two keys come from one secret, so that what one of them gives away says nothing of the other.
TO_LOCK, TO_KNOW_AGAIN = b"engage/followers/lock", b"engage/followers/know-again"
# Every lock bears a time that anybody can read. Ours bear the same: when they asked is not kept.
NO_TIME = 0


@dataclass(frozen=True, slots=True)
class Letterbox:
    """An address, and the secrets of the two links that its owner is sent."""

    address: str
    yes: str
    leave: str


class Keeper:
    """Locks letterboxes, opens them, and knows an address again without opening one."""

    def __init__(self, setting: str) -> None:
        secrets = [part.strip().encode() for part in setting.split(",") if part.strip()]
        if not secrets:
            raise ValueError("without a key no address can be kept")
        self._locks = MultiFernet([Fernet(_key(secret)) for secret in secrets])
        self._known = [hmac.digest(secret, TO_KNOW_AGAIN, "sha256") for secret in secrets]

    def lock(self, letterbox: Letterbox) -> str:
        whole = json.dumps([letterbox.address, letterbox.yes, letterbox.leave])
        return self._locks.encrypt_at_time(whole.encode(), NO_TIME).decode()

    def open(self, locked: str) -> Letterbox:
        """Raises cryptography.fernet.InvalidToken where no key of ours locked it."""
        return Letterbox(*json.loads(self._locks.decrypt(locked.encode())))

    def digests(self, address: str) -> Sequence[str]:
        """What the address is known again by, under each key; the first is for what is new."""
        same = address.casefold().encode()
        return [hmac.digest(key, same, "sha256").hex() for key in self._known]


def _key(secret: bytes) -> bytes:
    return urlsafe_b64encode(hmac.digest(secret, TO_LOCK, "sha256"))


def address_in(typed: str) -> str | None:
    """The address as mail servers write it; None where it cannot be one. Asks nobody."""
    try:
        found = validate_email(typed, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return None
    return found.ascii_email
