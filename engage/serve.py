"""Runs Engage on one machine: set up, then the web server and the worker, until told to stop."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing

import click

from engage import create_app
from engage.config import settings
from engage.demo.build import build_demo
from engage.demo.people import sign_in_card
from engage.errors import EngageError
from engage.setting_up import migrate_database

PAUSE = 0.5  # seconds between looks at the two processes
THREADS = 4


def serve(port: int) -> int:
    """Returns the exit code: 0 when stopped on purpose, 2 when something is in the way."""
    os.environ["PORT"] = str(port)
    if not is_free(port):
        click.echo(
            f"Port {port} is in use by another program. "
            f"Stop it, or choose another port: make run PORT={port + 1}",
            err=True,
        )
        return 2
    try:
        set_up(click.echo)
    except EngageError as error:
        click.echo(str(error), err=True)
        return 2
    return run_both(port)


def is_free(port: int) -> bool:
    with closing(socket.socket()) as probe:
        # The server is allowed the same: a port just given up counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def set_up(tell: Callable[[str], None]) -> None:
    """Database, pack, templates, demonstration and its analysis, a line for each step."""
    app = create_app(settings())
    pack = app.extensions["pack"]
    with app.app_context():
        tell("Bringing the database to the newest tables")
        migrate_database()
        tell(f"Reading the framework pack: {pack.place}")
        build_demo(tell)


def run_both(port: int) -> int:
    commands = {"web server": web_command(port), "worker": [sys.argv[0], "worker"]}
    processes = {name: subprocess.Popen(command) for name, command in commands.items()}  # noqa: S603
    stopping = False

    def stop(number: int, frame: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    tell_address(port)
    while not stopping:
        for name, process in processes.items():
            if process.poll() is not None and not stopping:
                click.echo(f"The {name} stopped and is started again", err=True)
                processes[name] = subprocess.Popen(commands[name])  # noqa: S603
        time.sleep(PAUSE)
    for process in processes.values():
        process.terminate()
    for process in processes.values():
        process.wait()
    return 0


def web_command(port: int) -> list[str]:
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "wsgi:app",
        "--chdir",
        os.path.dirname(os.path.dirname(os.path.abspath(__file__))),
        "--bind",
        f"{os.environ.get('HOST', '127.0.0.1')}:{port}",
        "--worker-class",
        "gthread",
        "--workers",
        os.environ.get("WEB_WORKERS", "2"),
        "--threads",
        str(THREADS),
        "--no-control-socket",
        "--log-level",
        "warning",
    ]


def tell_address(port: int) -> None:
    address = settings()["PUBLIC_URL"]
    click.echo(f"\nEngage is running at {address}  (stop it with Ctrl+C)\n")
    for line in sign_in_card(address):
        click.echo(line)
