"""What a co-lead says in public beside an answer. The survey's own organisation cannot change it.

The newest note of an organisation on an answer is the one that counts; an empty one takes it back.
"""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.append_only import only_added_to
from engage.extensions import Model
from engage.people.models import Organisation, Staff


class CoLeadNote(Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
    note: Mapped[str] = mapped_column(default="")
    note_easy: Mapped[str] = mapped_column(default="")

    organisation: Mapped[Organisation] = relationship(lazy="joined")
    by: Mapped[Staff] = relationship(lazy="joined")


only_added_to(CoLeadNote, things="words of a co-lead", function="what_was_said")
