"""`make benchmark`: one after another, the parts named in `main`.

The analysis is among them, in its quick form, where FEEDBACK names the folder of labelled texts
that it reads; docs/benchmarks.md has its long form, with the peers. `benchmarks.growing` and
`benchmarks.mutation` are run by hand.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
FEEDBACK = Path(os.environ.get("FEEDBACK", "no-feedback-named"))


def main() -> int:
    parts = [
        ["benchmarks.durability", "36"],
        ["benchmarks.answering"],
        ["benchmarks.alerts"],
        ["benchmarks.safeguarding_rules"],
        ["benchmarks.wording"],
        ["benchmarks.scaling"],
        ["benchmarks.disclosure"],
        ["benchmarks.indicators"],
        ["benchmarks.lighthouse"],
    ]
    if FEEDBACK.is_dir():
        parts.append(["benchmarks.analysis", str(FEEDBACK), "--quick"])
    else:
        print("The analysis is left out: FEEDBACK=FOLDER names a folder of comments to read.")
    failed = 0
    for part in parts:
        print(f"\n{part[0]}", flush=True)
        failed += subprocess.run([sys.executable, "-m", *part], cwd=ROOT).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
