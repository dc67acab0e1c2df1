"""Whether the tests of what decides the public figures would notice a mistake.

Each comparison, sum, number, "and", "not" and return of a module is changed, one at a time, in a
copy of the package, and the tests of that module run until the first fails. A change that no test
notices is a survivor. The score is the share that was noticed.

    python -m benchmarks.mutation                    # all of them, about half an hour
    python -m benchmarks.mutation rates signals      # the modules whose path ends so

mutmut and cosmic-ray do the same, from an environment of their own; here nothing is installed, the
tests below are ours to choose, and pytest is loaded once, each change in a fork. Hypothesis tries
few examples, always the same: what only a rare one would notice counts as a survivor.
"""

import ast
import contextlib
import copy
import importlib
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
STATISTICS = "engage/indicators/statistics"
TESTS = "tests/indicators/statistics"
EXAMPLES_TRIED = 10
PYTEST = [
    *("-x", "-q", "--noconftest", "--assert=plain", "-o", "filterwarnings="),
    *("-p", "no:cacheprovider", "--no-header", "--tb=no", "-c", os.devnull, "--rootdir=."),
]
SECONDS = 40  # a change that never ends was noticed too
AIM = 0.85

# A module, or all that fit a pattern, and what is run against it, the quickest to notice first.
TESTED_BY = {
    "engage/responses/disclosure*.py": ["tests/responses/test_disclosure*.py"],
    "engage/indicators/q/calculations.py": ["tests/indicators/test_calculations.py"],
    f"{STATISTICS}/checks.py": [f"{TESTS}/test_proportions.py", f"{TESTS}/test_*.py"],
    f"{STATISTICS}/proportions.py": [f"{TESTS}/test_proportions.py"],
    f"{STATISTICS}/change.py": [f"{TESTS}/test_change.py"],
    f"{STATISTICS}/margins.py": [f"{TESTS}/test_weighting.py"],
    f"{STATISTICS}/collapsing.py": [f"{TESTS}/test_weighting.py"],
    f"{STATISTICS}/weighting.py": [f"{TESTS}/test_weighting.py"],
    f"{STATISTICS}/process.py": [f"{TESTS}/test_process.py"],
    f"{STATISTICS}/signals.py": [f"{TESTS}/test_process.py"],
    f"{STATISTICS}/rates.py": [f"{TESTS}/test_rates.py"],
    f"{STATISTICS}/functions.py": [f"{TESTS}/test_functions.py"],
    f"{STATISTICS}/published/*.py": [f"{TESTS}/test_functions.py"],
}

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Add,
    ast.Pow: ast.Mult,
}


@dataclass(frozen=True)
class Change:
    line: int
    what: str
    source: str  # of the whole module


def changes(source: str) -> Iterator[Change]:
    """The module with each single change. Annotations, imports and words are left alone."""
    tree = ast.parse(source)
    for number, node in enumerate(_nodes(tree)):
        for way in range(_ways(node)):
            changed = copy.deepcopy(tree)
            target = _nodes(changed)[number]
            what = _change(target, way)
            yield Change(getattr(target, "lineno", 0), what, ast.unparse(changed))


def _nodes(tree: ast.AST) -> list[ast.AST]:
    """Those that run, in one order."""
    found = [tree]
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_words(child):
                found.extend(_nodes(child))
    return found


def _is_words(node: ast.AST) -> bool:
    """Also strict=True of zip, since lengths are checked before."""
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    is_strict = isinstance(node, ast.keyword) and node.arg == "strict"
    return is_text or is_strict or isinstance(node, ast.Import | ast.ImportFrom)


def _ways(node: ast.AST) -> int:
    if isinstance(node, ast.Compare):
        return len(node.ops)
    if isinstance(node, ast.BoolOp):
        return 1
    if isinstance(node, ast.BinOp | ast.AugAssign):
        return int(type(node.op) in ARITHMETIC)
    if isinstance(node, ast.UnaryOp):
        return int(isinstance(node.op, ast.Not | ast.USub))
    if isinstance(node, ast.Constant):
        return int(isinstance(node.value, bool | int | float))
    if isinstance(node, ast.Return):
        is_none = isinstance(node.value, ast.Constant) and node.value.value is None
        return int(node.value is not None and not is_none)
    return 0


def _change(node: ast.AST, way: int) -> str:
    before = ast.unparse(node)
    match node:
        case ast.Compare():
            node.ops[way] = COMPARISONS[type(node.ops[way])]()
        case ast.BoolOp():
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        case ast.BinOp() | ast.AugAssign():
            node.op = ARITHMETIC[type(node.op)]()
        case ast.UnaryOp():
            node.op = ast.UAdd() if isinstance(node.op, ast.USub) else _twice_not(node)
        case ast.Constant():
            node.value = not node.value if isinstance(node.value, bool) else _one_more(node.value)
        case ast.Return():
            node.value = ast.Constant(None)
    return f"{before[:60]}  ->  {ast.unparse(node)[:60]}"


def _one_more(value: object) -> float:
    assert isinstance(value, int | float)
    return value + 1


def _twice_not(node: ast.UnaryOp) -> ast.unaryop:
    """`not x` becomes `not not x`."""
    node.operand = ast.UnaryOp(ast.Not(), node.operand)
    return node.op


def modules(wanted: list[str]) -> Iterator[tuple[str, list[str]]]:
    for pattern, tests in TESTED_BY.items():
        for path in sorted(ROOT.glob(pattern)):
            name = str(path.relative_to(ROOT))
            if not wanted or any(name.removesuffix(".py").endswith(each) for each in wanted):
                yield name, _test_files(tests)


def _test_files(patterns: list[str]) -> list[str]:
    paths = [path for pattern in patterns for path in sorted(ROOT.glob(pattern))]
    # The command is run in another Python, which would not be the copy's.
    names = [str(path.relative_to(ROOT)) for path in paths if path.stem != "test_command"]
    return list(dict.fromkeys(names))


def copied(folder: Path) -> None:
    for package in ("engage", "tests"):
        for path in (ROOT / package).rglob("*"):
            if path.suffix in (".py", ".json", ".yaml") and path.is_file():
                to = folder / path.relative_to(ROOT)
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, to)
    shutil.copy(ROOT / "pyproject.toml", folder)


def passes(tests: list[str]) -> bool:
    """Run them in a fork, so that the next change begins where this one did."""
    child = os.fork()
    if not child:
        _run(tests)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


def _run(tests: list[str]) -> None:
    import pytest  # noqa: PLC0415

    signal.alarm(SECONDS)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    code = 1
    try:
        code = pytest.main([*PYTEST, *tests])
    finally:
        os._exit(int(code))


def measure(name: str, tests: list[str], folder: Path) -> float:
    module = folder / name
    source = module.read_text(encoding="utf-8")
    if not passes(tests):
        raise SystemExit(f"The tests of {name} fail as it is: mend them first.")
    every = list(changes(source))
    survivors = []
    for change in every:
        module.write_text(change.source, encoding="utf-8")
        if passes(tests):
            survivors.append(change)
    module.write_text(source, encoding="utf-8")
    noticed = len(every) - len(survivors)
    score = noticed / len(every) if every else 1.0
    print(f"{name}: {noticed} of {len(every)} noticed, {score:.0%}", flush=True)
    for change in survivors:
        print(f"    {change.line}: {change.what}", flush=True)
    return score


def _warm_up() -> None:
    """Load what every change needs, once: hypothesis reads much of itself at the first example."""
    from hypothesis import given  # noqa: PLC0415
    from hypothesis import strategies as st  # noqa: PLC0415

    @given(st.lists(st.floats(0, 1)), st.integers(0, 9), st.tuples(st.booleans()))
    def nothing(one: object, two: object, three: object) -> None: ...

    nothing()
    for name in ("json", "statistics", "decimal", "_pytest.python"):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def main(wanted: list[str]) -> int:
    from hypothesis import Phase, settings  # noqa: PLC0415

    settings.register_profile(
        "mutation",
        max_examples=EXAMPLES_TRIED,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],  # no search for the simplest failure: one is enough
    )
    settings.load_profile("mutation")
    sys.dont_write_bytecode = True
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    _warm_up()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        copied(folder)
        os.chdir(folder)
        sys.path[:] = [place, *(each for each in sys.path if Path(each or ".").resolve() != ROOT)]
        scores = [measure(name, tests, folder) for name, tests in modules(wanted)]
        os.chdir(ROOT)
    return int(not scores or min(scores) < AIM)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
