"""A mail server for tests: it keeps what it is given, and can be made to misbehave."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any


class Sink(socketserver.ThreadingTCPServer):
    """Takes mails on a free port of this machine.

    `fault`: "" none; "busy" answers 451 to the recipient; "hang" takes the whole mail and then
    says nothing; "drop" takes the whole mail and then hangs up; "rude" takes it, and hangs up
    when it is told goodbye.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.fault = ""
        self.patience = 1.0  # seconds that "hang" lasts
        self.slowness = 0.0  # seconds it takes to say that a mail is taken
        self.taken: list[tuple[float, bytes]] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def mails(self) -> list[Message]:
        return [message_from_bytes(raw) for _at, raw in self.taken]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A worker that was killed hung up in the middle: nothing to print."""


class Conversation(socketserver.StreamRequestHandler):
    server: Sink

    def handle(self) -> None:
        self.say("220 sink")
        while line := self.rfile.readline():
            verb = line[:4].upper().strip()
            if verb == b"DATA":
                if not self.take():
                    return
            elif verb == b"RCPT" and self.server.fault == "busy":
                self.say("451 try again later")
            elif verb == b"QUIT":
                if self.server.fault != "rude":
                    self.say("221 bye")
                return
            else:
                self.say("250 sink")

    def take(self) -> bool:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if not line:
            return False  # hung up before the end: not taken
        self.server.taken.append((time.time(), b"".join(lines)))
        if self.server.fault == "hang":
            time.sleep(self.server.patience)
            return False
        if self.server.fault == "drop":
            return False
        time.sleep(self.server.slowness)
        self.say("250 taken")
        return True

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def smtp_sink() -> Iterator[Sink]:
    with Sink() as sink:
        thread = threading.Thread(target=sink.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield sink
        finally:
            sink.shutdown()
            thread.join()
