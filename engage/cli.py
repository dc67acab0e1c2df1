"""The one command, `engage`: each part calls one operation and says what it did."""

import sys
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from engage.analysis.command import analyse
from engage.errors import EngageError
from engage.indicators.statistics.command import statistics
from engage.surveys.wording_command import check_wording


@click.group()
@click.version_option(package_name="engage")
def main() -> None:
    """Engage: surveys for families, honest analysis, and "You said, we did"."""


main.add_command(analyse)
main.add_command(check_wording)
main.add_command(statistics)


def in_app(command: Callable[..., Any]) -> Callable[..., Any]:
    """Run inside the application; what people can put right is one sentence and exit 2."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        # Imported here: `engage analyse` needs no web application and starts without it.
        from engage import create_app  # noqa: PLC0415
        from engage.config import settings  # noqa: PLC0415

        try:
            with create_app(settings()).app_context():
                return command(*args, **kwargs)
        except EngageError as error:
            click.echo(str(error), err=True)
            sys.exit(2)

    return wrapped


@main.command()
@in_app
def migrate() -> None:
    """Bring the database to the newest tables."""
    from engage.setting_up import migrate_database  # noqa: PLC0415

    migrate_database()


@main.command()
@in_app
def demo() -> None:
    """Make the invented demonstration, if it is not there yet."""
    from engage.demo.build import build_demo  # noqa: PLC0415

    build_demo(click.echo)


@main.command()
@click.argument("code")
@click.option("--name", required=True, help="The whole name.")
@click.option("--short-name", required=True, help="The name people use.")
@click.option("--administrator", required=True, help="The name of the first person who signs in.")
@click.option("--email", required=True, help="The e-mail address they sign in with.")
@in_app
def organisation(code: str, name: str, short_name: str, administrator: str, email: str) -> None:
    """Make an organisation and its first administrator, and print how they sign in."""
    from engage.extensions import write_transaction  # noqa: PLC0415
    from engage.people.operations import begin_organisation  # noqa: PLC0415

    with write_transaction():
        password = begin_organisation((code, name, short_name), administrator, email)
    click.echo(f"{email} signs in with the password {password}")
    click.echo("The first sign-in asks for an authenticator app. Change the password after it.")


@main.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--mapping", required=True, type=click.Path(path_type=Path), help="What is where.")
@click.option("--survey", required=True, help="The address of the survey, such as parents-2026.")
@click.option("--template", type=click.Path(path_type=Path), help="A survey file, to make it.")
@click.option("--organisation", help="Whose the new survey is: the organisation's code.")
@in_app
def import_(
    file: Path, mapping: Path, survey: str, template: Path | None, organisation: str | None
) -> None:
    """Add the answers in a CSV FILE to a survey. See docs/import.md."""
    from engage.responses.command import import_answers, import_into_new  # noqa: PLC0415

    if template and organisation:
        click.echo(str(import_into_new(file, mapping, survey, template, organisation)))
    else:
        click.echo(str(import_answers(file, mapping, survey)))


@main.command("survey-translation")
@click.argument("slug")
@click.option("--language", required=True, help="The code of the language, such as pl.")
@click.option("--to", type=click.Path(path_type=Path), help="Write the words to this file.")
@click.option("--from", "from_", type=click.Path(path_type=Path), help="Add the words in it.")
@click.option("--by", help="With --from: the e-mail address of the member of staff who adds them.")
@click.option("--machine", is_flag=True, help="With --from: the words were made by a machine.")
@in_app
def survey_translation(
    slug: str, language: str, to: Path | None, from_: Path | None, **by: Any
) -> None:
    """The words of a survey as XLIFF or CSV, out or in. See docs/translate-a-survey.md."""
    from engage.surveys.translation_command import send_or_add  # noqa: PLC0415

    click.echo(send_or_add(slug, language, to, from_, **by))


@main.group()
def frame() -> None:
    """The themes of a survey as a file, out or in. See docs/curate.md."""


@frame.command("export")
@click.argument("survey")
@click.option("--version", "number", type=int, help="A version that was kept; else as it stands.")
@click.option("--to", type=click.Path(path_type=Path), help="Write to this file.")
@in_app
def frame_export(survey: str, number: int | None, to: Path | None) -> None:
    """Print the themes of SURVEY as YAML, without one sentence of anybody."""
    from engage.analysis.frame.command import exported  # noqa: PLC0415

    text = exported(survey, number)
    if to is None:
        click.echo(text, nl=False)
    else:
        to.write_text(text, encoding="utf-8")
        click.echo(f"The themes of {survey} are in {to.name}.")


@frame.command("import")
@click.argument("survey")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--by", required=True, help="The e-mail address of the member of staff who adds it.")
@in_app
def frame_import(survey: str, file: Path, by: str) -> None:
    """Add the themes in FILE to SURVEY, to be accepted there when they are found."""
    from engage.analysis.frame.command import imported  # noqa: PLC0415

    click.echo(imported(survey, file, by))


@main.group()
def margins() -> None:
    """What the population is made of. See docs/import-figures.md."""


@margins.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--title", required=True, help="What it is called, such as “School census”.")
@click.option("--source", required=True, help="Where it is from.")
@click.option("--as-of", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Of which day.")
@click.option("--synthetic", is_flag=True, help="The shares are made up, for a demonstration.")
@in_app
def margins_import(
    file: Path, title: str, source: str, as_of: datetime, *, synthetic: bool
) -> None:
    """Keep the margins in a CSV FILE. Answers are weighted to the newest."""
    from engage.indicators.others.command import imported_margins  # noqa: PLC0415

    click.echo(imported_margins(file, title, source, as_of.date(), is_synthetic=synthetic))


@main.group()
def figures() -> None:
    """Figures that others measured. See docs/import-figures.md."""


@figures.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@in_app
def figures_import(file: Path) -> None:
    """Keep the figures in a CSV FILE: indicators a to p, complaints, independent measures."""
    from engage.indicators.others.command import imported_figures  # noqa: PLC0415

    click.echo(imported_figures(file))


@main.group()
def snapshot() -> None:
    """What is public, as a file. See docs/snapshot-export.md."""


@snapshot.command("export")
@click.option("--to", type=click.Path(path_type=Path), help="Write to this file.")
@in_app
def snapshot_export(to: Path | None) -> None:
    """Print all public tables as JSON, so that anybody can check us."""
    from engage.indicators.everything.command import exported, exported_to  # noqa: PLC0415

    click.echo(exported() if to is None else exported_to(to), nl=to is not None)


@main.command()
@in_app
def worker() -> None:
    """Do the waiting jobs until told to stop."""
    from engage.jobs.worker import work  # noqa: PLC0415

    work()


@main.command()
@click.option("--port", default=8000, show_default=True, help="The port to listen on.")
def serve(port: int) -> None:
    """Set up the database and the demonstration, then run the web server and the worker."""
    from engage.serve import serve as run  # noqa: PLC0415

    sys.exit(run(port))
