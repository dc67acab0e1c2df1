"""Question pages that were drawn before, for the next person who has not answered yet.

A question without an answer looks the same to everybody who reads it in the same words, but for
the token in its addresses. Drawing a page is most of what a question costs.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from engage.surveys.definition import SurveyDefinition

# Stands for the token while a page is drawn. It comes back out before the page is sent.
ANY_TOKEN = "any-token-0e1d5f7c2b94"  # noqa: S105  a place to fill, and no secret
MOST_KEPT = 400  # pages of about 10 KB


class KeptPages:
    """The pages asked for last, each with the survey it was drawn from."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._pages: OrderedDict[Hashable, tuple[SurveyDefinition, str]] = OrderedDict()

    def page(
        self, key: Hashable, survey: SurveyDefinition, token: str, draw: Callable[[], str]
    ) -> str:
        """The page of that key for that token. `draw` draws it for ANY_TOKEN."""
        drawn = self._find(key, survey)
        if drawn is None:
            drawn = draw()
            # A page with somebody's token in it is theirs alone, whatever put it there.
            if token != ANY_TOKEN and token in drawn:
                return drawn.replace(ANY_TOKEN, token)
            self._keep(key, survey, drawn)
        return drawn.replace(ANY_TOKEN, token)

    def _find(self, key: Hashable, survey: SurveyDefinition) -> str | None:
        with self._lock:
            found = self._pages.get(key)
            # The very same survey: another database, or new words, make another one.
            if found is None or found[0] is not survey:
                return None
            self._pages.move_to_end(key)
            return found[1]

    def _keep(self, key: Hashable, survey: SurveyDefinition, drawn: str) -> None:
        with self._lock:
            self._pages[key] = (survey, drawn)
            self._pages.move_to_end(key)
            if len(self._pages) > MOST_KEPT:
                self._pages.popitem(last=False)
