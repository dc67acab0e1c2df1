"""The secrets of authenticator apps, and the codes they make."""

from typing import Any, cast

from flask_security import Totp
from flask_security.proxies import _security

from engage.web.qr import qr_picture


class OnceOnlyTotp(Totp):
    """Codes that work once, so one seen over a shoulder is worth nothing."""

    def get_last_counter(self, user: Any) -> int | None:
        return cast("int | None", user.tf_last_counter)

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        user.tf_last_counter = tmatch.counter

    def generate_qrcode(self, username: str, totp: str) -> str:
        return qr_picture(self.get_totp_uri(username, totp))

    def encrypted(self, secret: str) -> str:
        """A secret that is already known, as it is kept in the database."""
        return cast(str, self._totp(key=secret, format="base32").to_json(encrypt=True))


def factory() -> OnceOnlyTotp:
    """The one of this app, which knows the key that secrets are encrypted with."""
    return cast(OnceOnlyTotp, _security.totp_factory)
