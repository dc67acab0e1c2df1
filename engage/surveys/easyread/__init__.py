"""Points out what is hard to read in the wording of a survey. It cannot say that words are easy."""

from engage.surveys.easyread.checker import check
from engage.surveys.easyread.findings import Finding, Place, Severity

__all__ = ["Finding", "Place", "Severity", "check"]
