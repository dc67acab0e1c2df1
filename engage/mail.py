"""Sending one mail, by SMTP; or into a file where no mail server is set.

It either returns, and the mail is taken, or it raises, and whoever asked tries again.
"""

import os
import re
import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import current_app

# Seconds for each answer of the mail server. A worker has other work to do.
TIMEOUT = 10
FOLDER = "mail"


def letter(to: str, subject: str, text: str, purpose: str) -> EmailMessage:
    """A plain mail. The same purpose has the same Message-ID: a second copy is known as one."""
    message = EmailMessage()
    sender = sender_of_mail()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{purpose}@{domain_of(sender)}>"
    # Nobody's "I am on holiday" comes back to a machine.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def public_address(path: str) -> str:
    """A page of ours as it is written in a mail: never from the Host header of a request."""
    return str(current_app.config["PUBLIC_URL"]).rstrip("/") + path


def send(message: EmailMessage) -> None:
    if current_app.config.get("SMTP_HOST"):
        send_by_smtp(message, current_app.config)
    else:
        write_down(message, Path(current_app.config["INSTANCE_FOLDER"]) / FOLDER)


def sender_of_mail() -> str:
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname
    return str(current_app.config.get("MAIL_FROM") or f"engage@{host}")


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].rstrip(">")


def send_by_smtp(message: EmailMessage, config: Any) -> None:
    server = connected(config)
    try:
        if config.get("SMTP_USER"):
            server.login(config["SMTP_USER"], config["SMTP_PASSWORD"])
        server.send_message(message)
        # The mail is taken. A server that is rude after that is no reason to send it twice.
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
    finally:
        server.close()


def connected(config: Any) -> smtplib.SMTP:
    host, port, how = config["SMTP_HOST"], config["SMTP_PORT"], config["SMTP_TLS"]
    # Our name for the greeting is given: looking it up can take longer than the mail.
    name = domain_of(sender_of_mail())
    if how == "ssl":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, port, name, timeout=TIMEOUT, context=context)
    server = smtplib.SMTP(host, port, name, timeout=TIMEOUT)
    if how == "none":
        return server
    try:
        server.starttls(context=ssl.create_default_context())
    except BaseException:
        server.close()
        raise
    return server


def write_down(message: EmailMessage, folder: Path) -> None:
    """One file for each Message-ID, whole or not there."""
    folder.mkdir(exist_ok=True, mode=0o700)
    name = re.sub(r"[^A-Za-z0-9.@_-]", "", str(message["Message-ID"]))
    unfinished, finished = folder / f".{name}.{os.getpid()}", folder / f"{name}.eml"
    with unfinished.open("wb") as file:
        file.write(bytes(message))
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(finished)
