"""What every value of a pack is made from. Pure."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """Keys of the pack's files that no page needs yet are left alone, not refused."""

    model_config = ConfigDict(frozen=True, extra="ignore")
