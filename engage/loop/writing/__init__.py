"""Help with the words of an answer before families read them. It stops nobody. Pure."""

from engage.loop.writing.checklist import Question
from engage.loop.writing.findings import Finding
from engage.loop.writing.helping import Help, read

__all__ = ["Finding", "Help", "Question", "read"]
