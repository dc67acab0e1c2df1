"""What the tests of double-coding share: words, addresses, and somebody who codes them all."""

from engage.analysis.frame.models import Mention
from engage.people.models import AuditEvent

WORDS = [f"We waited {number} weeks" for number in range(6)] + [
    f"The bus was late {number} times" for number in range(6)
]


def a_mention(theme, answer, by_person=False):
    return Mention(
        theme_id=theme.id,
        answer_id=answer.id,
        sentence_number=0,
        sentence=answer.value,
        sentence_key=f"key-{answer.id}",
        weight=1.0,
        by_person=by_person,
    )


def at(rest=""):
    return f"/staff/surveys/small/checking{rest}"


def deeds(session):
    return [event.what for event in session.query(AuditEvent).order_by(AuditEvent.id)]


def action(page):
    return page.soup.select_one("form:has(input[type=checkbox])")["action"]


def code_all(client, themes, wrong=0):
    """Each comment under what it is about; the first `wrong` of them under nothing."""
    waits, buses = themes
    page = client.post(at("/next")).page
    done = 0
    while page.soup.select("blockquote"):
        right = waits if "waited" in page.soup.blockquote.p.get_text() else buses
        chosen = "none" if done < wrong else str(right.id)
        reply = client.post(action(page), data={"themes": chosen})
        done += 1
        if reply.status_code == 303:
            return client.get(reply.location).page
        page = reply.page
    return page
