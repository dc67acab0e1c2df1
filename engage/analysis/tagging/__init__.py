"""Which of the strategy's ambitions a comment may be about: two suggestions at most, or none."""

from engage.analysis.tagging.examples import NO_AMBITION, teaching_texts
from engage.analysis.tagging.learning import Guide, guide
from engage.analysis.tagging.suggesting import ranked, reason_words, tags

__all__ = ["NO_AMBITION", "Guide", "guide", "ranked", "reason_words", "tags", "teaching_texts"]
