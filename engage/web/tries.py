"""How often somebody may try a secret, without keeping who they are.

Counted in memory for an hour, by a part of the address that many share, mixed with a secret that
is never stored. A school sends from one address, so the limit is high; a code has 65 bits.
"""

import hmac
import ipaddress
import secrets

from limits import RateLimitItemPerHour
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

TRIES = RateLimitItemPerHour(600)
_limiter = MovingWindowRateLimiter(MemoryStorage())
_SALT = secrets.token_bytes(16)


def count_a_try(what: str, address: str) -> None:
    """Raises TooManyRequests where the neighbourhood of that address has tried too often."""
    if not _limiter.hit(TRIES, what, _neighbourhood(address)):
        raise TooManyRequests


def _neighbourhood(address: str) -> str:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    prefix = ipaddress.ip_network((ip, 24 if ip.version == 4 else 56), strict=False)
    return hmac.digest(_SALT, str(prefix).encode(), "sha256").hex()


def forget_all() -> None:
    _limiter.storage.reset()
