"""A step of curation in words, for the history and where it stands in the way."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from engage.analysis.frame.steps import Step, names, sentences_moved

Shown = Callable[[int], str]


def in_words(step: Step) -> str:
    """What somebody did, such as "Ada Lovelace accepted “Waits”". For those who may curate."""
    return f"{step.who} {deed_in_words(step)}"


def deed_in_words(step: Step, shown: Shown = str) -> str:
    """What was done, without who did it. `shown` says how a reader may see a count."""
    called = [f"“{name}”" for name in names(step)] or [""]
    told = {
        "named": _named,
        "merged": _merged,
        "split": _split,
        "moved": _moved,
        "nested": _nested,
        "critical": _critical,
        "placed": _placed,
        "refused": _refused,
        "imported": _imported,
    }
    if step.deed in told:
        return told[step.deed](step, called, shown)
    simple = {
        "accepted": _("accepted %(theme)s", theme=called[0]),
        "set_aside": _("set %(theme)s aside", theme=called[0]),
        "taken_back": _("took back what was decided about %(theme)s", theme=called[0]),
        "defined": _("wrote what belongs in %(theme)s", theme=called[0]),
        "rested": _("said that %(theme)s is what the machine found", theme=called[0]),
        "kept": _("looked at the change of %(theme)s and kept it", theme=called[0]),
    }
    return str(simple.get(step.deed, step.deed))


def _named(step: Step, called: list[str], shown: Shown) -> str:
    before = next((fields["name"] for fields in step.before.themes.values() if fields), None)
    if before is None:
        return str(_("named %(theme)s", theme=called[0]))
    return str(_("gave “%(old)s” the name %(theme)s", old=before, theme=called[0]))


def _merged(step: Step, called: list[str], shown: Shown) -> str:
    other = called[1] if called[1:] else ""
    return str(_("merged %(one)s into %(other)s", one=called[0], other=other))


def _split(step: Step, called: list[str], shown: Shown) -> str:
    told = ngettext(
        "made %(new)s of %(count)s sentence of %(old)s",
        "made %(new)s of %(count)s sentences of %(old)s",
        sentences_moved(step),
        count=shown(sentences_moved(step)),
        new=called[-1],
        old=called[0],
    )
    return str(told)


def _moved(step: Step, called: list[str], shown: Shown) -> str:
    told = ngettext(
        "moved %(count)s sentence: %(themes)s",
        "moved %(count)s sentences: %(themes)s",
        sentences_moved(step),
        count=shown(sentences_moved(step)),
        themes=", ".join(called),
    )
    return str(told)


def _nested(step: Step, called: list[str], shown: Shown) -> str:
    after = next((fields for fields in step.after.themes.values() if fields), {})
    if after.get("parent_id") is None:
        return str(_("took %(theme)s out of the theme it was under", theme=called[0]))
    return str(_("put %(theme)s under another theme", theme=called[0]))


def _critical(step: Step, called: list[str], shown: Shown) -> str:
    after = next((fields for fields in step.after.themes.values() if fields), {})
    if after.get("is_critical"):
        return str(_("marked %(theme)s as critical", theme=called[0]))
    return str(_("took the critical mark off %(theme)s", theme=called[0]))


def _placed(step: Step, called: list[str], shown: Shown) -> str:
    told = ngettext(
        "put %(count)s suggested sentence under %(theme)s",
        "put %(count)s suggested sentences under %(theme)s",
        sentences_moved(step),
        count=shown(sentences_moved(step)),
        theme=called[0],
    )
    return str(told)


def _refused(step: Step, called: list[str], shown: Shown) -> str:
    told = ngettext(
        "left %(count)s suggested sentence out of %(theme)s",
        "left %(count)s suggested sentences out of %(theme)s",
        sentences_moved(step),
        count=shown(sentences_moved(step)),
        theme=called[0],
    )
    return str(told)


def _imported(step: Step, called: list[str], shown: Shown) -> str:
    told = ngettext("brought in %(num)d theme", "brought in %(num)d themes", len(step.themes))
    return str(told)
