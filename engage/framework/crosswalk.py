"""Which Outcome Bees an ambition serves, as the pack reads it. Pure.

The strategies print no such map, so each row says how sure it is and why, and pages say so too.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from engage.framework.loading import PACKS
from engage.framework.value import Value
from engage.framework.yaml_files import complaint, read_yaml

FILE = "crosswalk.yaml"


class ServedBee(Value):
    ambition: str = Field(validation_alias="from")
    bee: str = Field(validation_alias="to")
    confidence: Literal["exact", "close", "judgement"]
    reason: str


class Crosswalk(Value):
    """A pack may have none. A draft is one that nobody has agreed to yet."""

    is_draft: bool = True
    served_bees: tuple[ServedBee, ...] = ()

    def behind(self, bee: str) -> list[ServedBee]:
        """Why answers about these ambitions stand under that bee."""
        return [each for each in self.served_bees if each.bee == bee]


@lru_cache(maxsize=8)
def load_crosswalk(name_or_path: str | Path) -> Crosswalk:
    """The crosswalk of the pack of that name, or in that folder."""
    folder = Path(name_or_path)
    if folder.name == str(name_or_path):
        folder = PACKS / folder
    file = folder / FILE
    return _crosswalk(read_yaml(file)) if file.exists() else Crosswalk()


def _crosswalk(content: Any) -> Crosswalk:
    rows = content.get("ambitions_to_bees") or ()
    status = str((content.get("meta") or {}).get("status", "draft"))
    try:
        return Crosswalk(is_draft=status.startswith("draft"), served_bees=rows)
    except ValidationError as error:
        raise complaint(FILE, content, error) from error
