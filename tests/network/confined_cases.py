"""What test_confined.py runs in a child: named by "module:name"."""

import os
import signal

from network.refusal import Refused


def answer(*words):
    print("a decoder that chatters on stdout")
    return {"words": words, "secret": os.environ.get("DJANGO_SECRET_KEY", "")}


def refuse():
    raise Refused("Dit nemen we niet.")


def stumble():
    raise IndexError("list index out of range")


def eat_memory():
    return len(bytearray(1024**3))


def burn():
    while True:
        pass


def crash():
    os.kill(os.getpid(), signal.SIGSEGV)
