"""A small HTTP client that keeps a few connections busy and counts the answers.

Several connections at once, so that the server never waits for the client: what is measured is
the server, not the way to it.
"""

import selectors
import socket
import time
from dataclasses import dataclass, field

CONNECTIONS = 4


class BenchError(Exception):
    """The server answered something else than a whole page."""


@dataclass
class _Connection:
    address: tuple[str, int]
    request: bytes
    sock: socket.socket = field(init=False)
    received: bytearray = field(default_factory=bytearray)
    wanted: int = 0

    def open(self) -> None:
        self.sock = socket.create_connection(self.address, timeout=10)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self) -> None:
        self.received.clear()
        self.wanted = 0
        self.sock.sendall(self.request)

    def take(self) -> bool:
        """Read what is there; True when the answer is whole."""
        piece = self.sock.recv(262_144)
        if not piece:
            raise BenchError("the server closed the connection")
        self.received += piece
        if not self.wanted:
            self.wanted = _length(self.received)
        return bool(self.wanted) and len(self.received) >= self.wanted


def _length(received: bytearray) -> int:
    """How many bytes the whole answer has; 0 while its head is not complete."""
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return 0
    head = bytes(received[:end]).lower()
    if not head.startswith(b"http/1.1 200"):
        raise BenchError(head.split(b"\r\n")[0].decode())
    for line in head.split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return end + 4 + int(line.split(b":")[1])
    raise BenchError("an answer without Content-Length")


def rate(address: tuple[str, int], path: str, seconds: float) -> float:
    """Whole answers per second for this path, over about so many seconds."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
    connections = [_Connection(address, request) for _ in range(CONNECTIONS)]
    with selectors.DefaultSelector() as selector:
        for connection in connections:
            connection.open()
            selector.register(connection.sock, selectors.EVENT_READ, connection)
        try:
            return _count(selector, connections, seconds)
        finally:
            for connection in connections:
                connection.sock.close()


def _count(
    selector: selectors.BaseSelector, connections: list[_Connection], seconds: float
) -> float:
    answered = 0
    started = time.perf_counter()
    for connection in connections:
        connection.ask()
    while (passed := time.perf_counter() - started) < seconds:
        for key, _ in selector.select(timeout=5):
            if key.data.take():
                answered += 1
                key.data.ask()
    return answered / passed


def fetch(address: tuple[str, int], path: str) -> bytes:
    """The body of one page; raises BenchError when it is not a 200."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
    connection = _Connection(address, request)
    connection.open()
    with connection.sock:
        connection.ask()
        while not connection.take():
            pass
    return bytes(connection.received).split(b"\r\n\r\n", 1)[1]
