"""Asks the peers' own environment for their groupings, once; see benchmarks/peers/run.py."""

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.analysis.kept import ROOT, code_key, key_of, write

SCRIPTS = ROOT / "benchmarks" / "peers"
BERTOPIC, LDA, NMF, KEYNMF = "bertopic", "lda", "nmf", "keynmf"
AS_FOUND = 0
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@dataclass(frozen=True)
class Run:
    method: str
    themes: int
    seed: int = 0

    @property
    def name(self) -> str:
        return f"{self.method}-{self.themes}-{self.seed}"


@dataclass(frozen=True)
class Peers:
    """The environment, and the folder where what it said is kept."""

    environment: Path
    folder: Path

    def prepare(self) -> None:
        if not (self.environment / "bin" / "python").exists():
            command = ["sh", SCRIPTS / "make_environment.sh", self.environment]
            subprocess.run(command, check=True)

    def command(self, request: Path, answers: Path) -> list[str]:
        python = self.environment / "bin" / "python"
        return [str(python), str(SCRIPTS / "run.py"), str(request), str(answers)]

    def found(
        self, texts: Sequence[str], runs: Sequence[Run]
    ) -> Iterator[tuple[Run, dict[str, Any]]]:
        """Each run and what came of it; the peers are started only for what is not kept yet."""
        answers = self.folder / key_of(list(texts), code_key(["benchmarks/peers/*"]))
        files = {run: answers / f"{run.name}.json" for run in runs}
        if not all(file.exists() for file in files.values()):
            request = answers / "request" / "request.json"
            write(request, {"texts": list(texts), "runs": [asdict(run) for run in runs]})
            subprocess.run(
                self.command(request, answers), check=True, env={**os.environ, **ONE_THREAD}
            )
        for run, file in files.items():
            yield run, json.loads(file.read_text(encoding="utf-8"))
