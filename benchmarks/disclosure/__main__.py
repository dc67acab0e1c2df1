"""How many true numbers of 1 to 4 a patient reader recovers from what is published.

200 invented surveys of 60 to 600 people, each published twice, two and two as waves; and the
pulse of 200 invented services, published 18 times each.

    python -m benchmarks.disclosure
"""

import sys
import time
from collections.abc import Callable

from benchmarks.disclosure.attacking import (
    PULSE_WAYS,
    THE_RULES,
    WAYS,
    Result,
    attack,
    attack_pulse,
)

SURVEYS = 200


def main() -> int:
    of_surveys = {way: _told("surveys", way, attack) for way in WAYS}
    of_pulses = {way: _told("pulse", way, attack_pulse) for way in PULSE_WAYS}
    return int(any(each[THE_RULES].recovered for each in (of_surveys, of_pulses)))


def _told(what: str, way: str, attack: Callable[[str, int], Result]) -> Result:
    began = time.perf_counter()
    result = attack(way, SURVEYS)
    found, seconds = len(result.recovered), time.perf_counter() - began
    print(f"{what:8} {way:20} {found:6} of {result.small} recovered, {seconds:.0f} s")
    return result


if __name__ == "__main__":
    sys.exit(main())
