"""Finding themes: points, groups of them, and the words that set each group apart."""

from engage.analysis.themes.clusters import candidate_counts, merged
from engage.analysis.themes.finder import BertopicFinder
from engage.analysis.themes.points import word_rows

__all__ = ["BertopicFinder", "candidate_counts", "merged", "word_rows"]
