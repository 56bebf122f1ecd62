"""A mail server that answers each step as a test wants: `server.says["RCPT"] = "550 5.1.1 …"`.

An answer is text, or a function of the command's line (for BODY: of the mail), or DROP: the
connection goes without one. Not told anything, it takes every mail.
"""

import contextlib
import socket
import socketserver
import threading
from email import message_from_bytes, policy

import pytest

DROP = "drop"
GOOD = {"MAIL": "250 OK", "RCPT": "250 OK", "DATA": "354 Go ahead", "BODY": "250 OK"}


class MailServer(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.says = {}
        self.taken = []  # (recipient, message), also of a body that got no good answer
        self.heard = []  # verbs, in order
        self.connections = 0

    def answer(self, step, heard):
        says = self.says.get(step) or GOOD[step]
        return (says(heard) or GOOD[step]) if callable(says) else says

    @property
    def recipients(self):
        return [recipient for recipient, _ in self.taken]


class Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self):
        self.server.connections += 1
        with contextlib.suppress(OSError):
            if not self._greets(self.server.says.get("HELLO", "220 here")):
                return
            while line := self.rfile.readline():
                if not self._react(line.decode("latin-1").strip()):
                    return

    def _greets(self, answer):
        return self._say(answer) and answer.startswith("220")

    def _react(self, line):
        """Whether the talk goes on."""
        verb = line[:4].upper()
        self.server.heard.append(verb)
        if verb == "QUIT":
            self._say("221 bye")
            return False
        if verb == "MAIL" and "EHLO" not in self.server.heard:
            return self._say("503 5.5.1 say hello first")
        if verb == "AUTH" and "AUTH" in self.server.says:
            return self._say(self.server.says["AUTH"])
        if verb == "EHLO" and "AUTH" in self.server.says:
            return self._say("250-here\r\n250 AUTH PLAIN")
        if verb not in GOOD:
            return self._say("250 OK")
        if verb == "RCPT":
            self.recipient = line.partition("<")[2].partition(">")[0]
        answer = self.server.answer(verb, line)
        if verb != "DATA" or answer != GOOD["DATA"]:
            return self._say(answer)
        self._say(answer)
        return self._say(self._body())

    def _body(self):
        """The answer to a whole mail."""
        lines = iter(self.rfile.readline, b".\r\n")
        content = b"".join(line[1:] if line.startswith(b".") else line for line in lines)
        message = message_from_bytes(content, policy=policy.default)
        self.server.heard.append("BODY")
        self.server.taken.append((self.recipient, message))
        return self.server.answer("BODY", message)

    def _say(self, answer):
        if answer == DROP:
            self.connection.shutdown(socket.SHUT_RDWR)
            return False
        self.wfile.write(answer.encode() + b"\r\n")
        return True


@pytest.fixture
def mail_server(settings):
    """A MailServer to which Django's mail goes."""
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_TIMEOUT = 2
        yield server
        server.shutdown()
