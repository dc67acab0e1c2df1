"""The short lists of English words that the analysis treats in a way of their own."""

from pathlib import Path

DATA = Path(__file__).parent / "data"


def words_in(text: str) -> frozenset[str]:
    """The words of a list; a line that begins with # is a note."""
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


STOP_WORDS = words_in((DATA / "stop_words.txt").read_text(encoding="utf-8"))
# Words that mean something in a sentence and nothing in a label: "last week", "daughter".
DULL = words_in((DATA / "label_words.txt").read_text(encoding="utf-8"))

# A full stop after one of these does not end a sentence.
ABBREVIATIONS = words_in(
    "dr mr mrs ms miss prof st rd ave e.g i.e eg ie etc vs approx appt appts dept no nos tel "
    "ext min mins hr hrs yr yrs a.m p.m am pm inc sen"
)

# Judgement words say how people felt and not what about: good inside a label, never all of it.
JUDGEMENTS = words_in(
    "good great excellent brilliant fantastic amazing wonderful lovely nice perfect super "
    "superb fine happy pleased satisfied bad poor terrible awful worse worst better best "
    "improve improved improvement improvements thank thanks thankyou outstanding first-class "
    "fab fabulous"
)
# Small words that carry the meaning at the front of a phrase: "no complaints", "more staff".
STARTERS = words_in(
    "no not more less never without lack couldn't can't cannot nothing everything always keep"
)
# Small words that may stand inside one: "manner of staff", "time to talk".
JOINERS = words_in("of and for in on with to at up many enough was were is are be")
# Words that say what about only beside another: "waiting time", "good job".
NEVER_ALONE = words_in("time times job plan plans list lists child children help")
ARTICLES = frozenset(("a", "an", "the"))
