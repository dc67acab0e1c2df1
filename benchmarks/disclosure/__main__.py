"""How many true numbers of 1 to 4 a patient reader recovers from what is published.

200 invented surveys of 60 to 600 people, each published twice, two and two as waves, with the
counts of "You said, we did"; the pulse of 200 invented services, published 18 times each; and 200
surveys whose questions come, go and come back, published up to six times each.

The reports, of regulation 56 and by ambition, print the counts of "You said, we did" and the
figures of q as they stand in the snapshots, and so add no number: see
tests/indicators/test_attacker_reports.py. The shares in the one of regulation 56 are of the
survey about the Local Offer, which asks several audiences and so does not feed q.

    python -m benchmarks.disclosure
    python -m benchmarks.disclosure --others    # 500 other surveys whose questions come and go
"""

import sys
import time
from collections.abc import Callable
from functools import partial

from benchmarks.disclosure.attacking import (
    PULSE_WAYS,
    QUESTION_WAYS,
    THE_RULES,
    WAYS,
    Result,
    attack,
    attack_pulse,
    attack_questions,
)

SURVEYS = 200


OTHERS = 500


def main() -> int:
    if "--others" in sys.argv[1:]:
        others = partial(attack_questions, first=SURVEYS)
        return int(bool(_told("others", THE_RULES, others, OTHERS).recovered))
    of_surveys = {way: _told("surveys", way, attack) for way in WAYS}
    of_pulses = {way: _told("pulse", way, attack_pulse) for way in PULSE_WAYS}
    of_questions = {way: _told("questions", way, attack_questions) for way in QUESTION_WAYS}
    found = (of_surveys, of_pulses, of_questions)
    return int(any(each[THE_RULES].recovered for each in found))


def _told(
    what: str, way: str, attack: Callable[[str, int], Result], surveys: int = SURVEYS
) -> Result:
    began = time.perf_counter()
    result = attack(way, surveys)
    found, seconds = len(result.recovered), time.perf_counter() - began
    print(f"{what:9} {way:20} {found:6} of {result.small} recovered, {seconds:.0f} s")
    return result


if __name__ == "__main__":
    sys.exit(main())
