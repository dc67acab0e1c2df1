"""How often one address may be asked for a yes, whoever asks.

Counted in memory, by its hash, and so in each web process: nothing of it is written down.
"""

from limits import RateLimitItemPerDay
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

MAILS = RateLimitItemPerDay(5)
_limiter = MovingWindowRateLimiter(MemoryStorage())


def may_be_asked(address_hash: str) -> bool:
    """False where that address was typed too often today: nobody is to be flooded with mail."""
    return _limiter.hit(MAILS, address_hash)


def forget_all() -> None:
    _limiter.storage.reset()
