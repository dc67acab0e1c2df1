"""A theme in words: a label from phrases people used, and the quotes that speak for it."""

from engage.analysis.describe.labels import choose_labels, spare_label, spellings
from engage.analysis.describe.phrases import Candidate, Offer, offers, phrases
from engage.analysis.describe.quotes import different, typical
from engage.analysis.describe.roots import Phrase, roots, stems

__all__ = [
    "Candidate",
    "Offer",
    "Phrase",
    "choose_labels",
    "different",
    "offers",
    "phrases",
    "roots",
    "spare_label",
    "spellings",
    "stems",
    "typical",
]
