"""The findings as one web page that stands alone: no scripts, nothing fetched, fit for printing."""

from collections.abc import Iterable
from html import escape

from engage.analysis.types import (
    EMPTY,
    GROUPED_READING,
    NO_ANSWER,
    NO_THEME,
    ONLY_MARKS,
    OTHER_LANGUAGE,
    Findings,
    FoundTheme,
    Quote,
    SentimentCounts,
)

REASONS = {
    EMPTY: "had no words",
    ONLY_MARKS: "had only marks, numbers or pictures, and no words",
    NO_ANSWER: "said only that there was nothing to say",
    OTHER_LANGUAGE: "are in another language and need a person to read them",
}
FEELINGS = ("positive", "mixed", "neutral", "negative")
STEADY, SHAKY = 0.6, 0.4
# Of a hundred thousand comments a page cannot hold every one; the tables beside it do.
MOST_LISTED = 200

STYLE = """
:root { color-scheme: light dark; --page: #fff; --words: #16191d; --quiet: #4a5260;
  --line: #c9ced6; --panel: #f3f5f8; --link: #0b4f9e;
  --positive: #1b6e3c; --mixed: #8a5a00; --neutral: #5a6472; --negative: #a3262a; }
@media (prefers-color-scheme: dark) { :root { --page: #14171b; --words: #eef1f5; --quiet: #b4bcc8;
  --line: #434a55; --panel: #1e2329; --link: #8fc1ff;
  --positive: #6fce94; --mixed: #e3b55e; --neutral: #a9b3c1; --negative: #f08a8d; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--words);
  font: 1.0625rem/1.55 system-ui, "Segoe UI", Arial, sans-serif; }
main, header { max-width: 50rem; margin: 0 auto; padding: 1rem 1.25rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 1rem 0 .5rem; }
h2 { font-size: 1.45rem; margin: 2.5rem 0 .5rem; }
h3 { font-size: 1.15rem; margin: 0 0 .25rem; }
a { color: var(--link); }
a:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
.skip { position: absolute; left: -99rem; } .skip:focus { position: static; }
.quiet { color: var(--quiet); }
.theme { border-top: 1px solid var(--line); padding: 1.25rem 0; break-inside: avoid; }
.theme p { margin: .4rem 0; }
blockquote { margin: .6rem 0; padding: .4rem .9rem; background: var(--panel);
  border-left: 4px solid var(--line); overflow-wrap: anywhere; }
blockquote cite { display: block; font-size: .9rem; color: var(--quiet); font-style: normal; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .35rem .5rem;
  border-bottom: 1px solid var(--line); vertical-align: top; } td.n, th.n { text-align: right; }
.scroll { overflow-x: auto; }
.bar { display: flex; height: .8rem; border-radius: .2rem; overflow: hidden;
  background: var(--panel); print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.bar span + span { border-left: 2px solid var(--page); }
.note { background: var(--panel); padding: .75rem 1rem; border-left: 4px solid var(--mixed); }
@media print { :root { --page: #fff; --words: #000; --quiet: #333; --panel: #f3f3f3; --line: #999;
  --positive: #1b6e3c; --mixed: #8a5a00; --neutral: #5a6472; --negative: #a3262a; }
  body { font-size: 10.5pt; } .skip, nav { display: none; } a { color: inherit; } }
"""


def report(findings: Findings, title: str) -> str:
    """The page for these findings."""
    heading = escape(title)
    return f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>What people said: {heading}</title>
<style>{STYLE}</style>
</head>
<body>
<a class="skip" href="#themes">Go to the themes</a>
<header>
<h1>What people said: {heading}</h1>
{_summary(findings)}
</header>
<main>
{_how(findings)}
<h2 id="themes">{"Groups" if _is_grouped(findings) else "Themes"}</h2>
{_overview(findings)}
{"".join(_theme(theme, findings) for theme in findings.themes)}
{_for_a_person(findings)}
{_record(findings)}
</main>
</body>
</html>
"""


def _is_grouped(findings: Findings) -> bool:
    return findings.method == GROUPED_READING


def _summary(findings: Findings) -> str:
    total, usable = len(findings.comments), findings.usable
    repeats = sum(bool(c.duplicate_of) for c in findings.comments)
    lines = [f"<p>{_count(total, 'comment')}, of which {usable} could be grouped.</p>"]
    left = [
        f"<li>{_count(number, 'comment')} {escape(REASONS[reason])}</li>"
        for reason, number in findings.settings.get("set_aside", {}).items()
    ]
    if repeats:
        left.append(
            f"<li>{_count(repeats, 'comment')} repeat another word for word, or nearly; "
            "all count</li>"
        )
    left += _campaigns(findings)
    if findings.settings.get("comments_cut_short"):
        cut = findings.settings["comments_cut_short"]
        were = "was" if cut == 1 else "were"
        left.append(f"<li>{_count(cut, 'comment')} {were} too long and {were} cut</li>")
    return "".join(lines) + (f"<ul>{''.join(left)}</ul>" if left else "")


def _campaigns(findings: Findings) -> list[str]:
    """What many people sent in the same words: each is counted, and said, but teaches once."""
    lines = [
        f"<li>{_count(one['comments'], 'person', 'people')} sent the same text, or nearly "
        f"(campaign {one['campaign']} in comments.csv); all count, and it taught the groups "
        "once</li>"
        for one in findings.settings.get("campaigns", [])[:MOST_LISTED]
    ]
    if rich := findings.settings.get("rich_comments"):
        lines.append(
            f"<li>{_count(rich, 'comment')} {'is' if rich == 1 else 'are'} long and about several "
            "things: read them whole (rich in comments.csv)</li>"
        )
    return lines


def _how(findings: Findings) -> str:
    if _is_grouped(findings):
        return (
            '<p class="note"><strong>This is a grouped reading, not a topic model.</strong> '
            "There are too few different comments to find themes in by counting, so they are put "
            "in an order that is easy to read. Please read all of them.</p>"
        )
    return (
        '<p class="note">A computer grouped these comments by what they say. It can be wrong. '
        "A person who knows the survey should read each theme, and change or refuse it, before "
        "anything is shared.</p>"
    )


def _overview(findings: Findings) -> str:
    if not findings.themes:
        return "<p>There is nothing to group.</p>"
    rows = "".join(
        f'<tr><th scope="row"><a href="#theme-{t.id}">{escape(t.label)}</a></th>'
        f'<td class="n">{t.people}</td><td class="n">{t.share:.0%}</td>'
        f"<td>{'' if _is_grouped(findings) else _steadiness(t.stability)}</td></tr>"
        for t in findings.themes
    )
    loose = _without_theme(findings)
    note = f"<p>{_count(loose, 'sentence')} fit no theme.</p>" if loose else ""
    return (
        '<div class="scroll" role="region" aria-label="All themes" tabindex="0"><table>'
        "<caption class='quiet'>A comment can be in more than one row.</caption><thead><tr>"
        '<th scope="col">What it is about</th><th scope="col" class="n">Comments</th>'
        '<th scope="col" class="n">Share</th><th scope="col">How steady</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{note}"
    )


def _without_theme(findings: Findings) -> int:
    return sum(assignment.theme == NO_THEME for assignment in findings.assignments)


def _steadiness(stability: float) -> str:
    if stability >= STEADY:
        return "steady"
    return "fairly steady" if stability >= SHAKY else "unsteady: read with care"


def _theme(theme: FoundTheme, findings: Findings) -> str:
    words = ", ".join(escape(word) for word in theme.keywords[:8])
    tags = " and ".join(escape(tag.code) for tag in theme.ambitions)
    return (
        f'<section class="theme" id="theme-{theme.id}" aria-labelledby="name-{theme.id}">'
        f'<h3 id="name-{theme.id}">{escape(theme.label)}</h3>'
        f"<p>{_count(theme.people, 'comment')} ({theme.share:.0%} of those grouped)</p>"
        f"{_feelings(theme.sentiment)}"
        f'<p class="quiet">Words: {words or "none stand out"}'
        f"{f'. May belong to {tags}' if tags else ''}.</p>"
        f"{''.join(_quote(quote, 'Typical') for quote in theme.quotes)}"
        f"{_quote(theme.different, 'Seen otherwise') if theme.different else ''}</section>\n"
    )


def _feelings(counts: SentimentCounts) -> str:
    numbers = {name: getattr(counts, name) for name in FEELINGS}
    total = max(sum(numbers.values()), 1)
    bars = "".join(
        f'<span style="width:{number / total:.1%};background:var(--{name})"></span>'
        for name, number in numbers.items()
        if number
    )
    said = ", ".join(f"{number} {name}" for name, number in numbers.items() if number)
    words = f"<p>How they feel: {said or 'not read'}</p>"
    return f'{words}<div class="bar" aria-hidden="true">{bars}</div>'


def _quote(quote: Quote, kind: str) -> str:
    return (
        f"<blockquote><p>{escape(quote.text)}</p>"
        f"<cite>{kind}, comment {escape(quote.comment_id)}</cite></blockquote>"
    )


def _for_a_person(findings: Findings) -> str:
    others = [c for c in findings.comments if c.set_aside == OTHER_LANGUAGE]
    if not others:
        return _other_languages(findings)
    items = "".join(
        f"<li>comment {escape(c.comment_id)} (looks like {escape(c.language)})</li>"
        for c in others[:MOST_LISTED]
    )
    more = len(others) - MOST_LISTED
    rest = f"<p>And {_count(more, 'comment')} more: see comments.csv.</p>" if more > 0 else ""
    return (
        "<h2>For a person to read</h2><p>These comments are in another language. "
        f"They are as important as the rest and are in no theme yet.</p><ul>{items}</ul>{rest}"
        f"{_other_languages(findings)}"
    )


def _other_languages(findings: Findings) -> str:
    """Which languages a model of their own grouped, and that it is weaker."""
    model = findings.settings.get("other_languages_model")
    read = findings.settings.get("other_languages", {})
    if read:
        said = ", ".join(f"{escape(code)} ({number})" for code, number in read.items())
        return (
            f'<p class="note">Comments in other languages have groups of their own: {said}. '
            "They were read with another model, which is weaker, and nothing is said about how "
            "they feel. Ask somebody who speaks the language.</p>"
        )
    if model == "not installed":
        return (
            '<p class="note">The model for other languages is not installed, so none of these '
            "comments were grouped.</p>"
        )
    return f'<p class="note">{escape(str(model))}</p>' if model else ""


def _record(findings: Findings) -> str:
    used = {
        "Method": "grouped reading" if _is_grouped(findings) else "topic model (BERTopic)",
        "Seed": str(findings.settings.get("seed", "")),
        "Reads meaning with": str(findings.settings.get("embedder", "")),
        "Reads feelings with": str(findings.settings.get("sentiment_scorer", "")),
        **findings.versions,
    }
    return f"<h2>How this was made</h2><table><tbody>{_rows(used.items())}</tbody></table>"


def _rows(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>'
        for name, value in pairs
    )


def _count(number: int, noun: str, many: str = "") -> str:
    return f"{number} {noun}" if number == 1 else f"{number:,} {many or noun + 's'}"
