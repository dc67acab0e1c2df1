"""How many true numbers of 1 to 4 a patient reader recovers from what is published.

200 invented surveys of 60 to 600 people, each published twice.

    python -m benchmarks.disclosure
"""

import sys
import time

from benchmarks.disclosure.attacking import WAYS, attack

SURVEYS = 200


def main() -> int:
    results = {}
    for name in WAYS:
        began = time.perf_counter()
        results[name] = attack(name, SURVEYS)
        found, small = len(results[name].recovered), results[name].small
        seconds = time.perf_counter() - began
        print(f"{name:20} {found:6} of {small} numbers of 1 to 4 recovered, {seconds:.0f} s")
    return int(bool(results["the rules"].recovered))


if __name__ == "__main__":
    sys.exit(main())
