"""A small site on the loopback address whose pages a test changes while it runs."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.capture.servers import Server, serving

SENTENCE = "The old bridge over the river is 1,682 m long and was opened in 1902."
ENDING = "It was named after a governor of that time, and carries trains and bicycles to this day."


def page(*paragraphs: str, menu: str = "Home", title: str = "Long Bien Bridge") -> bytes:
    """A page with a menu and an article."""
    text = "".join(f"<p>{each}</p>" for each in paragraphs or (SENTENCE, ENDING))
    html = (
        f"<html lang=en><head><title>{title}</title></head><body><nav><ul><li><a href=/>{menu}</a></li></ul></nav>"
        f"<main><article><h1>{title}</h1>{text}</article></main></body></html>"
    )
    return html.encode()


@dataclass
class Site:
    """What each path answers: a status and a body, or for a redirect where it leads."""

    server: Server
    answers: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def url(self, path: str = "/") -> str:
        """An address on it."""
        return self.server.url(path)

    def put(self, path: str, body: bytes, status: str = "200 OK") -> None:
        """Set what a path answers."""
        self.answers[path] = status, body

    def asked(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(head.split(b" ", 2)[1] == path.encode() for head in self.server.requests)


@contextmanager
def site() -> Iterator[Site]:
    """A site that answers as its `answers` say; anything else is 404, and `/hang up` breaks off."""
    answers: dict[str, tuple[str, bytes]] = {}

    def respond(client: socket.socket, head: bytes) -> None:
        path = head.split(b" ", 2)[1].decode()
        status, body = answers.get(path, ("404 Not Found", b"nothing"))
        where = f"Location: {body.decode()}\r\n" if status.startswith("30") else ""
        length = len(body) + (1000 if status == "200 Cut" else 0)
        kind = "Content-Type: text/html; charset=utf-8"
        client.sendall(f"HTTP/1.1 {status}\r\n{kind}\r\n{where}Content-Length: {length}\r\n\r\n".encode() + body)

    with serving(respond) as server:
        yield Site(server, answers)
