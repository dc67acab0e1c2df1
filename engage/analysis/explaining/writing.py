"""Writes the record of a survey from its run, the facts, and how Engage works."""

from dataclasses import dataclass

from flask_babel import gettext as _

from engage.analysis.explaining.facts import Facts
from engage.analysis.explaining.queries import HowRead
from engage.analysis.explaining.record import Field, Record, Section, field
from engage.analysis.explaining.specification import specification
from engage.clock import day_of


@dataclass(frozen=True)
class About:
    """Whose survey it is, and where the public can read of it."""

    organisation: str
    title: str
    note_url: str
    privacy_url: str


def write_record(about: About, read: HowRead | None, facts: Facts) -> Record:
    sections = (
        Section(1, str(_("Overview")), tuple(_overview(about, facts))),
        Section(2, str(_("Owner and responsibility")), tuple(_owner(about))),
        Section(2, str(_("Description and rationale")), tuple(_why())),
        Section(2, str(_("Decision making process")), tuple(_process(about, read))),
        specification(read, facts),
        Section(2, str(_("Risks, mitigations and impact assessments")), tuple(_risks())),
    )
    return Record(day_of(read.read_at).isoformat() if read else "", sections)


def _overview(about: About, facts: Facts) -> list[Field]:
    return [
        field("", _("Name"), f"{facts.tool.name}: {about.title}"),
        field(
            "",
            _("Description"),
            _(
                "People answer a survey about SEND services in their own words. The tool puts "
                "comments that say similar things in groups, says how they sound, and suggests "
                "which ambition of the strategy they are about."
            ),
            _(
                "It is used because hundreds of comments cannot be read side by side by one "
                "person. Staff read the comments, and decide which groups stand and what is done "
                "about them. The tool decides nothing about any person."
            ),
        ),
        field("", _("Website URL"), about.note_url),
        field("", _("Contact email"), ask=_("An address that is read by people.")),
    ]


def _owner(about: About) -> list[Field]:
    only_if = _("Only where a third party is involved.")
    return [
        field("1.1", _("Organisation or department"), about.organisation),
        field("1.2", _("Team"), ask=_("The team that runs the survey.")),
        field(
            "1.3",
            _("Senior responsible owner"),
            ask=_("The role of the person who answers for it."),
        ),
        field(
            "1.4",
            _("Third party involvement"),
            _("The models run on the organisation's own machine. No supplier receives comments."),
            ask=_("Whether somebody else runs the machine for you."),
        ),
        field("1.4.1", _("Third party"), ask=only_if),
        field("1.4.2", _("Companies House number"), ask=only_if),
        field("1.4.3", _("Third party role"), ask=only_if),
        field("1.4.4", _("Procurement procedure type"), ask=only_if),
        field("1.4.5", _("Third party data access terms"), ask=only_if),
    ]


def _why() -> list[Field]:
    return [
        field("2.1", _("Detailed description"), *_how_it_works()),
        field(
            "2.2",
            _("Benefits"),
            _(
                "Every comment is looked at in the same way. Staff find what many say and what "
                "single voices say, and families get an answer sooner. What fits no group is "
                "listed to be read first."
            ),
        ),
        field(
            "2.3", _("Previous process"), ask=_("How comments were read and counted before Engage.")
        ),
        field(
            "2.4",
            _("Alternatives considered"),
            *_alternatives(),
            ask=_("What else your organisation considered."),
        ),
    ]


def _how_it_works() -> list[str]:
    lines = [
        _(
            "Comments that say nothing are set aside with the reason. The others are cut into "
            "sentences. Each sentence is turned into numbers that say what it means. "
            "Sentences with like numbers form a group; a comment may be in several. A group "
            "gets words and typical sentences from what people wrote."
        ),
        _(
            "How a comment sounds is scored from a word list and a small trained model that "
            "knows the question. Ambitions are suggested from the strategy's own words, with "
            "the reason words, or it says that none fits. Under 30 comments there is no theme "
            "model: they are only put in groups to be read."
        ),
        _(
            "It learns from staff in two ways. Sentences under accepted themes teach it which "
            "others may belong there, in the same survey. Comments of which staff said the "
            "ambition teach what it suggests in every survey. Both stay suggestions."
        ),
    ]
    return [str(line) for line in lines]


def _alternatives() -> list[str]:
    lines = [
        _("Reading by people alone: it stays in use beside the tool, and checks it."),
        _(
            "Large language models of other companies: not used, because comments of families "
            "would leave the machine, and because they can write what nobody said. The tool "
            "only chooses words that people wrote."
        ),
        _(
            "Plain BERTopic, LDA, NMF and KeyNMF, compared on comments about the NHS: BERTopic "
            "left a third of them in no group, and all four agreed less with the people who had "
            "coded them. This holds for those comments only. On news articles plain BERTopic "
            "agreed better, and nothing was compared on comments of families about SEND."
        ),
    ]
    return [str(line) for line in lines]


def _process(about: About, read: HowRead | None) -> list[Field]:
    return [
        field("3.1", _("Integration into the broader process"), _integration()),
        field("3.2", _("Human review"), *_review(), *_decided(read)),
        field(
            "3.3",
            _("Frequency and scale of usage"),
            _("Whenever new answers are sent, while the survey is open."),
            *_scale(read),
        ),
        field(
            "3.4",
            _("Required training"),
            ask=_("What the staff who read and decide have learnt, and about what."),
        ),
        field(
            "3.5",
            _("Appeals and review"),
            _(
                "The tool makes no decision about a person, so there is none to appeal. People "
                "can take their answers back with their code. What we do with answers: %(url)s",
                url=about.privacy_url,
            ),
            ask=_("How people can complain to you about a published answer."),
        ),
    ]


def _integration() -> str:
    text = _(
        "The tool reads comments after they are sent. Staff accept, rename, merge, split "
        "or set aside what it found. About what they accept, they write what was done, in "
        "public. Words that may mean that somebody is not safe go to a person by other "
        "rules, before and without this tool."
    )
    return str(text)


def _review() -> list[str]:
    lines = [
        _(
            "Nothing the machine finds is public before a person accepts it. What the machine "
            "found and what people decided are kept apart, with names and times, and every "
            "step can be undone, the latest about a theme first."
        ),
        _(
            "People check the machine: two or more code a sample of comments without seeing "
            "each other's codes or the machine's."
        ),
    ]
    return [str(line) for line in lines]


def _decided(read: HowRead | None) -> list[str]:
    if read is None:
        return []
    found = _(
        "In this survey the machine found %(found)s groups. People have accepted %(accepted)s "
        "themes and set %(aside)s aside.",
        found=read.groups,
        accepted=read.accepted,
        aside=read.set_aside,
    )
    return [str(found)]


def _scale(read: HowRead | None) -> list[str]:
    if read is None:
        return [str(_("It has not read any comment of this survey yet."))]
    words = {
        "few": _("So far it has read fewer than 30 comments of this survey."),
        "dozens": _("So far it has read between 30 and 100 comments of this survey."),
        "hundreds": _("So far it has read hundreds of comments of this survey."),
        "thousands": _("So far it has read thousands of comments of this survey."),
    }
    return [str(words[read.size])]


def _risks() -> list[Field]:
    return [
        field(
            "5.1",
            _("Impact assessment"),
            ask=_(
                "Your data protection impact assessment and your equality impact assessment: "
                "their dates, what they found, and where they can be read. "
                "docs/data-protection.md says what is kept."
            ),
        ),
        field("5.2", _("Risks and mitigations"), *_risk_lines()),
    ]


def _risk_lines() -> list[str]:
    lines = [
        _(
            "Small groups are overlooked: single voices and comments in no theme are listed, a "
            "theme can be marked critical whatever its count, and agreement is measured group by "
            "group."
        ),
        _(
            "Words about disability are taken for bad news: a test compares the same sentence "
            "with and without such words, at each change of the tool."
        ),
        _(
            "Somebody is recognised: small counts are hidden, people decide what is taken out of "
            "comments, and no comment is published."
        ),
        _(
            "People trust the machine too much: its findings are marked as the machine's, say how "
            "steady they are, and count for nothing in the satisfaction figures."
        ),
        _(
            "Other languages, irony and easy-read answers are read less well: comments in other "
            "languages are grouped by a weaker model where it knows the language and there are 30 "
            "or more, and are set aside for a person where not."
        ),
        _(
            "A model file is exchanged: the checksums of the language models and of the feedback "
            "map are compared before they are used, unless the organisation chose a model folder "
            "of its own. Those of the other files are kept with each reading."
        ),
    ]
    return [str(line) for line in lines]
