"""What somebody who writes an answer is told about their words, and what is left alone."""

from datetime import date
from itertools import chain, islice, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.demo import told
from engage.framework import load_pack
from engage.loop.demands import BY_KIND, Parts
from engage.loop.forms import ActionForm
from engage.loop.writing import read
from engage.loop.writing.checklist import asked_about, questions
from engage.loop.writing.helping import IN_BOTH, NAMES, OWED, READ
from engage.loop.writing.phrases import phrase_book
from engage.loop.writing.plain_words import MOST_INITIALS
from engage.loop.writing.reading_age import hardest_sentence, reading_age
from engage.surveys.easyread.text import sentences

PACK = load_pack("hertfordshire")
PHRASES = {group.code for group in phrase_book().groups}
TEXTS = (*READ, *NAMES)
ANSWERS = told.read("actions")["actions"]


def found_in(kind="will", **words):
    """What the help says of one answer."""
    return read(Parts(kind=kind, owner="Head of therapies", **words), PACK).findings


def found(kind="will", **words):
    """The same without what is missing from it."""
    return [each for each in found_in(kind, **words) if each.words]


def codes(words, part="we_did", kind="will"):
    return {finding.code for finding in found(kind, **{part: words})}


VAGUE = [
    ("We will write to you in due course.", "vague-when"),
    ("We will ring you as soon as possible.", "vague-when"),
    ("We will open it as soon\nas possible.", "vague-when"),
    ("Going forward, two people read each plan.", "vague-when"),
    ("The form will be ready soon.", "vague-when"),
    ("We will tell you the new times shortly.", "vague-when"),
    ("It starts when funding allows.", "vague-when"),
    ("More places will open over the coming months.", "vague-when"),
    ("We are exploring other ways to do this.", "vague-work"),
    ("We’re still looking into it.", "vague-work"),
    ("We will look at the form.", "vague-work"),
    ("Work is under way.", "vague-work"),
    ("Work is already underway to change it.", "vague-work"),
    ("Discussions are ongoing.", "vague-work"),
    ("Your comments have been noted.", "vague-work"),
    ("We are committed to clear letters.", "vague-work"),
    ("We take this very seriously.", "vague-work"),
    ("Lessons have been learned.", "vague-work"),
    ("We will ring you back where possible.", "vague-amount"),
    ("We share it as appropriate.", "vague-amount"),
    ("We made a number of changes.", "vague-amount"),
    ("We have improved communication with families.", "vague-amount"),
    ("We continue to work with partners to improve waiting times.", "vague-work"),
    ("We aim to respond quickly.", "vague-work"),
    ("This is a priority for the partnership.", "vague-work"),
    ("Improvements have been made to the website.", "vague-work"),
    ("The team is looking at the letters.", "vague-work"),
    ("Your views will help shape future services.", "vague-work"),
    ("Families will hear as and when there is news.", "vague-when"),
]


@pytest.mark.parametrize(("words", "code"), VAGUE)
def test_a_vague_phrase_is_pointed_at(words, code):
    assert code in codes(words)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("We are sorry you feel that we did not listen.", "feelings"),
        ("We apologise for any inconvenience caused.", "feelings"),
        ("We understand your frustration.", "feelings"),
        ("Families felt dissatisfied with our letters.", "feelings"),
        ("Some parents feel that nobody rings back.", "feelings"),
        ("We set up a working group.", "process"),
        ("We have set up a new multi-agency steering group.", "process"),
        ("A working group has been set up.", "process"),
        ("We wrote a strategy.", "process"),
        ("We have published a new inclusion strategy.", "process"),
        ("We held three meetings with schools.", "process"),
        ("We carried out a review.", "process"),
        ("We raised this with the transport team.", "process"),
        ("All staff have been reminded to return calls.", "process"),
        ("We met with the forum to discuss next steps.", "process"),
    ],
)
def test_a_feeling_or_a_step_told_as_an_answer_is_pointed_at(words, code):
    assert code in codes(words, kind="did")


GOOD = [
    "We will ring you by 26 February 2027.",
    "We are looking at the form again and will tell you by 3 March.",
    "We will look at it again in September.",
    "We answer each message within two days.",
    "Going forward from 1 March, two people read each plan.",
    "The help will not stop so soon.",
    "We will not stop the help too soon.",
    "You can come in soon after nine.",
    "We look at each plan twice.",
    "Schools look into every fall.",
    "We are sorry that we did not ring you back.",
    "We are sorry, as we know friends matter.",
    "If you have any concern, ring 0300 123 4043.",
    "We set up a call back service.",
    "We set up a weekly group for parents who wait.",
    "We opened three new vision test rooms.",
    "We started the annual review of each plan two months earlier.",
    "We wrote to every family on the list.",
    "We met every family that asked us to.",
    "You asked us not to say “in due course” or “as soon as possible”.",
    "Staff may now ring you in the evening.",
    "We serve Watford, Hemel Hempstead and other towns.",
    "The number of places went up by 60.",
    "You can feel that the room is quiet.",
    "We asked people what they thought of the draft strategy.",
    "The teacher is working with ten pupils on reading.",
    "We hear each family out at the first meeting.",
    "We met every school and fixed the bell.",
    "The lift is now working and open to all.",
    "We fixed the call system on 2 May.",
    "We now send a text the day before each visit.",
    "Two new nurses began on 4 January 2027.",
    "You can ring the team from eight in the morning until six.",
    "We opened a quiet room in each of the 12 libraries.",
    "We asked the bus firm to keep the same driver for a whole term, and it agreed.",
    "The council stopped sending plans by post on 1 October 2026.",
    "We cannot change this, because the law sets the age.",
    "We were wrong to close the group without telling you. We opened it again.",
    "You will get a letter by the end of March with the name of your worker.",
    "If you need a taxi, we book one within a day.",
    "We will know in May. Until then, use the drop in at Hatfield.",
    "A nurse will visit each special school every Tuesday.",
    "We paid £40,000 for a new ramp at the clinic.",
    "Three parents now sit on the panel that picks short break clubs.",
    "Head teachers decide on the length of lunch. We asked all 61, and 40 made it longer.",
    "We made the form shorter: it has four pages now, not eleven.",
    "Ask the front desk for a card that lets you wait outside.",
    "We trained 212 teaching assistants in signing.",
    "We put a map of all clubs online on 9 June.",
    "Nobody had told the drivers. Now each gets a card about your child.",
]


@pytest.mark.parametrize("words", GOOD)
def test_plain_speech_with_a_fact_or_a_date_is_left_alone(words):
    for kind in BY_KIND:
        assert codes(words, kind=kind) & PHRASES == set()


def published():
    for answer in ANSWERS:
        for part in ("we_did", "we_did_easy", "instead", "instead_easy", "evidence", "challenge"):
            for sentence in sentences(answer.get(part) or ""):
                yield answer["kind"], part, sentence
        for part in ("you_said", "you_said_easy"):
            for sentence in sentences(answer[part]):
                yield answer["kind"], part, sentence


def test_the_demonstration_has_many_published_sentences_to_try_on():
    assert len(list(published())) > 100


def test_no_published_sentence_of_the_demonstration_is_called_vague():
    wrong = [
        (sentence, finding.words)
        for kind, part, sentence in published()
        for finding in found(kind, **{part: sentence})
        if finding.code in PHRASES
    ]
    assert wrong == []


# Written after the phrases were, and not used to mend them.
HELD_OUT = """\
We are actively considering how best to respond.
More information will be shared when it is available.
We hope to be in a position to say more shortly.
The service has been redesigned to be more responsive.
We have appointed a programme manager to lead this work.
We acknowledge that some families had a poor experience.
Parents told us they felt unsupported, and we are sorry for any upset caused.
A task and finish group has been established.
We have produced an action plan which will be overseen by the board.
We will work with schools to explore options.
Our ambition is that every child gets the right help at the right time.
Plans are being developed to increase capacity.
We have taken your comments on board.
The team continues to review its approach.
Wherever possible we will let you know of changes in advance.
We will give this careful consideration.
A variety of improvements are planned for the year ahead.
We have escalated this to senior leaders.
We want to assure families that this is being taken seriously.
Staff will be reminded of the importance of good communication."""


def test_more_than_half_of_the_vague_sentences_it_never_met_are_found():
    met = [words for words in HELD_OUT.splitlines() if codes(words, kind="did") & PHRASES]
    assert len(met) > len(HELD_OUT.splitlines()) / 2


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer["topic"])
def test_no_owner_of_the_demonstration_is_called_vague(answer):
    parts = Parts(kind=answer["kind"], owner=answer["owner"])
    assert "vague-owner" not in {each.code for each in read(parts, PACK).findings}


@pytest.mark.parametrize("owner", ["TBC", "to be confirmed", "The team", "Various", "all partners"])
def test_an_owner_that_nobody_can_ask_is_pointed_at(owner):
    advice = read(Parts(kind="will", owner=owner), PACK)
    assert "vague-owner" in {each.code for each in advice.findings if each.part == "owner"}


def test_passing_it_on_is_an_answer_of_its_own_and_no_step_told_as_one():
    words = "We raised this with the health service."
    assert "process" in codes(words, kind="did")
    assert "process" not in codes(words, kind="passed_on")


def test_what_people_said_may_be_vague_but_not_only_a_feeling():
    assert codes("You want help as soon as possible.", part="you_said") & PHRASES == set()
    assert "feelings" in codes("You felt frustrated with us.", part="you_said")


def test_each_phrase_says_why_and_what_to_say_instead():
    [finding] = found(we_did="We hire. More to come in due course.")
    assert (finding.part, finding.words) == ("we_did", "in due course")
    assert finding.why == "Families cannot tell from this when it will happen."
    assert "26 February 2027" in finding.instead


def test_a_phrase_inside_a_longer_one_is_not_shown_twice():
    words = "Work is under way as soon as possible, as soon as possible."
    assert len([each for each in found(we_did=words) if each.code == "vague-when"]) == 1


@pytest.mark.parametrize(
    ("words", "code", "instead"),
    [
        ("We changed the provision.", "jargon", "help"),
        ("We asked each stakeholder.", "jargon", "people this matters to"),
        ("Your EHCP is shorter.", "initials", "education, health and care plan"),
        ("The ICB pays for it.", "initials", "Integrated Care Board"),
        ("It helps wheelchair-bound children.", "unkind-word", ""),
    ],
)
def test_words_of_the_service_get_a_plainer_one(words, code, instead):
    assert any(
        finding.code == code and (finding.instead.lower() == instead.lower() or not instead)
        for finding in found(we_did=words)
    )


def test_a_word_that_is_explained_is_left_alone():
    assert codes("We changed your EHCP. It is a plan for your help.") == set()


def test_the_standard_words_may_use_what_every_letter_uses():
    words = "You can ask for mediation or appeal. Look at the Local Offer for ADHD and SEND."
    assert codes(words) == set()
    assert {"jargon", "initials"} <= codes(words, part="we_did_easy")


def initials_in(words, part="we_did"):
    return [each for each in found_in(**{part: words}) if each.code == "initials"]


def some_initials(number):
    pairs = ("".join(letters) for letters in product("QXZJVW", repeat=2))
    return list(islice(pairs, number))


def test_as_many_initials_as_anybody_reads_are_all_shown():
    letters = some_initials(MOST_INITIALS)
    shown = initials_in(". ".join([*letters, *letters]))
    assert sorted(each.words for each in shown) == sorted(letters)


@pytest.mark.parametrize("part", ["we_did", "we_did_easy"])
def test_of_more_initials_the_first_are_shown_and_last_that_there_are_more(part):
    letters = some_initials(MOST_INITIALS + 1)
    *shown, last = initials_in(". ".join(letters), part)
    assert sorted(each.words for each in shown) == sorted(letters[:-1])
    assert (last.words, last.part) == ("", part)
    assert last.why.startswith("There are more capital letters here")


def test_a_page_of_initials_hides_nothing_of_the_other_parts():
    page = ". ".join(some_initials(MOST_INITIALS + 1))
    assert codes(page) == {"initials"}
    advice = found_in(we_did=page, evidence="It comes in due course.", instead="Ask the QXZ.")
    assert {("evidence", "vague-when"), ("instead", "initials")} <= {
        (each.part, each.code) for each in advice
    }


def test_easy_read_is_read_more_strictly_than_standard():
    words = "We will send you a photo and the first name of the new driver before the first trip."
    assert codes(words) == set()
    assert "very-long-sentence" in codes(words, part="we_did_easy")


def test_a_passive_in_easy_read_hides_who_does_it():
    assert "passive" in codes("You were told about it.", part="we_did_easy")


HARD = (
    "Notwithstanding considerable organisational difficulties, the integrated commissioning "
    "directorate is undertaking a comprehensive re-evaluation of its communication arrangements "
    "with families, incorporating recommendations received from representatives of parents."
)
EASY = "We ring you back on the day you choose. You pick a time. " * 4


def test_the_reading_age_is_low_for_short_words_and_high_for_long_ones():
    assert reading_age([EASY]) < 9
    assert reading_age([HARD, HARD]) == 18


def test_too_few_words_have_no_reading_age():
    assert reading_age(["We changed the form."]) is None
    assert reading_age([]) is None
    assert reading_age(["42 " * 40]) == 5


def test_the_help_begins_with_the_hardest_sentence():
    [finding] = [each for each in found(you_said=EASY, we_did=HARD) if each.code == "reading-age"]
    assert (finding.part, finding.words) == ("we_did", HARD)
    assert hardest_sentence([EASY, HARD]) == HARD


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer["topic"])
def test_the_answers_of_the_demonstration_suit_young_readers(answer):
    words = {part: answer.get(part) or "" for part in ("you_said", "we_did", "instead")}
    assert reading_age(words.values()) <= 10


@pytest.mark.parametrize(
    ("kind", "part", "code"),
    [
        ("will", "due_on", "no-date"),
        ("doing", "due_on", "no-date"),
        ("passed_on", "due_on", "no-date"),
        ("did", "done_on", "no-date"),
        ("did", "owner", "no-owner"),
    ],
)
def test_a_date_or_an_owner_that_the_kind_owes_is_missed(kind, part, code):
    assert (part, code) in {
        (each.part, each.code) for each in read(Parts(kind=kind), PACK).findings
    }


def test_an_answer_with_its_date_and_owner_is_not_asked_for_them():
    whole = Parts(kind="will", owner="Head of therapies", due_on=date(2027, 2, 26))
    assert read(whole, PACK).findings == ()


def test_an_answer_of_no_kind_yet_owes_no_date():
    assert [each for each in read(Parts(kind=""), PACK).findings if each.code == "no-date"] == []


@pytest.mark.parametrize("part", IN_BOTH)
def test_words_without_easy_read_are_missed(part):
    advice = read(Parts(kind="will", **{part: "We hire."}), PACK)
    assert [name for name, _found in advice.easy_read] == [f"{part}_easy"]


def test_standard_and_easy_read_are_kept_apart():
    advice = read(
        Parts(
            kind="will",
            owner="Head",
            due_on=date(2027, 2, 26),
            we_did="We will say in due course.",
            we_did_easy="We will do it as soon as possible.",
        ),
        PACK,
    )
    assert [part for part, _found in advice.standard] == ["we_did"]
    assert [part for part, _found in advice.easy_read] == ["we_did_easy"]


ACT = ["Accurate", "Compassionate", "Timely"]
PROFESSIONAL_PROMISE = [
    "You come first",
    "Your strengths",
    "Your way of talking",
    "Open teamwork",
    "Finding answers",
    "The right skills",
    "Honest about limits",
    "Learning from mistakes",
]


def test_the_checklist_is_act_and_the_professional_promise_of_the_pack():
    names = [each.name for each in questions(PACK.promises, [])]
    assert names == [*ACT, *PROFESSIONAL_PROMISE]


def test_each_promise_of_the_pack_has_a_question_and_says_what_only_the_writer_knows():
    assert {each.code for each in PACK.promises} == set(asked_about())
    assert all(each.ask.endswith("?") and each.only_you for each in asked_about().values())


def test_a_question_looks_only_at_findings_that_exist():
    known = PHRASES | {"no-date", "no-owner", "no-easy-read", "reading-age", "jargon", "initials"}
    known |= {"long-sentence", "very-long-sentence", "unkind-word", "saying"}
    known |= {"formal-word", "long-word"}
    assert set(chain(*(each.looks_at for each in asked_about().values()))) <= known


def test_a_question_that_names_nothing_to_look_at_claims_no_check():
    assert all(bool(each.looks_at) == bool(each.looked_for) for each in asked_about().values())


def test_a_question_counts_what_speaks_to_it():
    by_code = {each.code: each for each in questions(PACK.promises, ["vague-when", "no-date"])}
    assert by_code["act-timely"].found == 2
    assert by_code["act-compassionate"].found == 0


def test_a_county_without_promises_has_no_questions():
    silent = PACK.model_copy(update={"promises": ()})
    assert read(Parts(kind="will"), silent).questions == ()


def test_the_questions_are_those_of_the_pack_in_hand():
    (first, *_others) = PACK.promises
    own = first.model_copy(update={"code": "own", "description": "Do we answer by Friday?"})
    advice = read(Parts(kind="will"), PACK.model_copy(update={"promises": (own,)}))
    assert [each.ask for each in advice.questions] == ["Do we answer by Friday?"]


any_words = st.text(max_size=200) | st.lists(
    st.sampled_from(
        [words for words, _code in VAGUE] + [*GOOD, HARD, "’", "․", "“", "EHCP", "\x00"]
    )
).map(" ".join)


@given(
    words=st.fixed_dictionaries(dict.fromkeys(TEXTS, any_words)),
    kind=st.sampled_from(["", "nonsense", *BY_KIND]),
)
@settings(max_examples=60)
def test_any_words_can_be_read_and_what_is_found_is_in_them(words, kind):
    for finding in read(Parts(kind=kind, **words), PACK).findings:
        text = words.get(finding.part, "")
        assert text[finding.start : finding.end] == finding.words
        assert finding.why
        assert bool(finding.words) == (finding.end > finding.start)


def test_no_more_is_read_than_the_form_keeps():
    assert codes("We hire. " * 250 + "It comes in due course.") & PHRASES == set()


def test_every_part_that_is_read_is_a_field_of_the_form():
    assert [part for part in (*TEXTS, *OWED) if not hasattr(ActionForm, part)] == []


@given(kind=st.sampled_from(list(BY_KIND)), words=any_words)
def test_reading_the_same_words_twice_says_the_same(kind, words):
    assert found(kind, we_did=words) == found(kind, we_did=words)
