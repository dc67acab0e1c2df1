"""The secrets of authenticator apps, and the codes they make."""

from base64 import b64encode
from typing import Any, cast

import qrcode  # type: ignore[import-untyped]
from flask_security import Totp
from flask_security.proxies import _security
from qrcode.image.svg import SvgPathFillImage  # type: ignore[import-untyped]


class OnceOnlyTotp(Totp):
    """Codes that work once, so one seen over a shoulder is worth nothing."""

    def get_last_counter(self, user: Any) -> int | None:
        return cast("int | None", user.tf_last_counter)

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        user.tf_last_counter = tmatch.counter

    def generate_qrcode(self, username: str, totp: str) -> str:
        """Black on white in every theme: phones do not read it the other way round."""
        address = self.get_totp_uri(username, totp)
        picture = qrcode.make(address, image_factory=SvgPathFillImage)
        return f"data:image/svg+xml;base64,{b64encode(picture.to_string()).decode()}"

    def encrypted(self, secret: str) -> str:
        """A secret that is already known, as it is kept in the database."""
        return cast(str, self._totp(key=secret, format="base32").to_json(encrypt=True))


def factory() -> OnceOnlyTotp:
    """The one of this app, which knows the key that secrets are encrypted with."""
    return cast(OnceOnlyTotp, _security.totp_factory)
