"""What the tests of double-coding share: words, addresses, and somebody who codes them all."""

from engage.analysis.checking import operations
from engage.analysis.frame.models import Mention
from engage.extensions import db
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
    (form,) = page.tree.xpath("//form[.//input[@type='checkbox']]")
    return form.action


def code_all(client, themes, wrong=0):
    """Each comment under what it is about; the first `wrong` of them under nothing."""
    waits, buses = themes
    page = client.post(at("/next")).page
    done = 0
    while comment := page.texts("blockquote p"):
        right = waits if "waited" in comment[0] else buses
        chosen = "none" if done < wrong else str(right.id)
        reply = client.post(action(page), data={"themes": chosen})
        done += 1
        if reply.status_code == 303:
            return client.get(reply.location).page
        page = reply.page
    return page


def coded_all(client, round, themes, wrong=0):
    """As `code_all`, without its pages."""
    waits, buses = themes
    for done, item in enumerate(sorted(round.items, key=lambda item: item.position)):
        right = waits if "waited" in item.answer.value else buses
        operations.code(round, item, [] if done < wrong else [right.id], client.staff)
    db.session.commit()
