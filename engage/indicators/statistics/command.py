"""The command `engage statistics`: a published function, on JSON."""

import json
import sys
from pathlib import Path

import click

from engage.errors import EngageError, InvalidInputError
from engage.indicators.statistics.functions import MOST_BYTES, call, listed, parsed

STANDARD_INPUT = "-"


@click.command()
@click.argument("function", required=False)
@click.option("--json", "file", help='A JSON file, or "-" for standard input.')
@click.option("--list", "is_list", is_flag=True, help="Say what each function is for.")
def statistics(function: str | None, file: str | None, is_list: bool) -> None:
    """Work out FUNCTION on a JSON file, so that anybody can check a figure.

    It needs no database, no web server and no network. See docs/statistics.md.
    """
    if is_list:
        click.echo("\n".join(listed()))
        return
    try:
        if function is None or file is None:
            raise InvalidInputError("Say which function, and --json with a file: --list shows all.")
        found = call(function, parsed(_content(file)))
    except EngageError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    click.echo(json.dumps(found, ensure_ascii=False, indent=2, allow_nan=False))


def _content(file: str) -> bytes:
    """No more than one byte beyond what is read anyway."""
    if file == STANDARD_INPUT:
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        with Path(file).open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise InvalidInputError(f"{Path(file).name} cannot be read.") from error
