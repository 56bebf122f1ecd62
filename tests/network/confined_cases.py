"""What test_confined.py runs in a child: named by "module:name"."""

import errno
import os
import re
import signal
import time
from pathlib import Path

from network import images
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


def decode_photo(source, folder):
    """With the most memory that it held, in bytes (getrusage would count the parent's too)."""
    made = images.decode_photo(source, folder)
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return made | {"peak": int(peak[1]) * 1024}


def burn():
    while True:
        pass


def crash():
    os.kill(os.getpid(), signal.SIGSEGV)


def be_killed():
    os.kill(os.getpid(), signal.SIGKILL)


class Panic(BaseException):
    """What native code raises that was written to be no Exception."""


def panic():
    raise Panic("index out of bounds")


def find_no_room():
    raise OSError(errno.ENOSPC, "No space left on device")


def write_much(place):
    Path(place).write_bytes(bytes(2 * 1024**2))


def sleep(place):
    Path(place).write_text(str(os.getpid()))
    time.sleep(60)
