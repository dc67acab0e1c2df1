"""What may be done with a quote, and by whom, from where it stands. Pure."""

from dataclasses import dataclass

# What is done.
PREPARED = "prepared"
APPROVED = "approved"
SENT_BACK = "sent_back"
VETOED = "vetoed"
VETO_LIFTED = "veto_lifted"
TAKEN_DOWN = "taken_down"

# Where it stands then. A veto stands beside it.
WAITING = "waiting"
STANDS = {PREPARED: WAITING, APPROVED: APPROVED, SENT_BACK: SENT_BACK, TAKEN_DOWN: TAKEN_DOWN}

OF_OURS = frozenset({PREPARED, APPROVED, SENT_BACK, TAKEN_DOWN})
OF_PARTNERS = frozenset({VETOED, VETO_LIFTED})


@dataclass(frozen=True, slots=True)
class State:
    """`vetoed_by`: the organisations whose veto stands. `prepared_by`: who wrote the words."""

    name: str
    vetoed_by: frozenset[int] = frozenset()
    prepared_by: int = 0


def after(state: State, deed: str) -> str:
    """Where it stands then. A veto takes the approval away: once lifted it is asked for anew."""
    if deed == VETOED:
        return WAITING if state.name == APPROVED else state.name
    return STANDS.get(deed, state.name)


def may_follow(state: State, staff: int, organisation: int, is_ours: bool) -> frozenset[str]:
    """What this person of that organisation may do now, as far as the quote itself is asked."""
    found = _of_ours(state, staff) if is_ours else _of_a_partner(state, organisation)
    return frozenset(found)


def _of_ours(state: State, staff: int) -> set[str]:
    found = {PREPARED}
    if state.name != TAKEN_DOWN:
        found.add(TAKEN_DOWN)
    if state.name == WAITING and staff != state.prepared_by:
        found.add(SENT_BACK)
        if not state.vetoed_by:
            found.add(APPROVED)
    return found


def _of_a_partner(state: State, organisation: int) -> set[str]:
    if organisation in state.vetoed_by:
        return {VETO_LIFTED}
    return {VETOED} if state.name in (WAITING, APPROVED) else set()
