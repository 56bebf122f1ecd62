"""What a refusal of the mail server says: about this address, about itself, for good or for now.

Codes: RFC 3463 and RFC 5321. Only a few say something about an address; servers use all others
for relaying, senders, policy and their own trouble too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from network.handover import NotTaken, Step

# Bad destination mailbox, system, syntax; mailbox moved; a domain that takes no mail.
ABOUT_ADDRESS = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"}
# Mailbox switched off, mailbox full: tomorrow it may take mail again.
FOR_NOW = {"5.2.1", "5.2.2"}
MAILBOX_UNKNOWN, TOO_MUCH_STORED, HANGS_UP = 550, 552, 421

_ENHANCED = re.compile(r"(?:^|[\s#(\[])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
_MAILBOX = re.compile(r"\b(user|mailbox|recipient|address|account|inbox)\b")
_IS_NOT_THERE = re.compile(
    r"unknown|no such|not found|no longer|(do|doe|is|was)(es)?( not|n.t) (exist|known|here|valid)"
    r"|not exist|invalid|unavailable|undeliverable|disabled"
)
_FULL = re.compile(r"\bfull\b|quota|exceeded storage|over ?limit")
# Words of a server that speaks of itself, of us or of the mail, whatever else it names.
_NOT_THE_MAILBOX = re.compile(
    r"relay|sender|\bclient\b|\bhost\b|block|black|\blist|spam|polic|verif|authenti|denied"
    r"|permitted|reputation|\bdomain\b|\bip\b|too many|rate|limit"
)


@dataclass(frozen=True)
class Verdict:
    """temporary: worth another try. about_address: a guess that no mail reaches this address."""

    temporary: bool
    about_address: bool = False


def judge(refusal: NotTaken) -> Verdict:
    words = _text(refusal.words)
    found = _ENHANCED.search(words)
    enhanced = found[1] if found else ""
    at_recipient = refusal.step == Step.RECIPIENT
    full = at_recipient and (refusal.code == TOO_MUCH_STORED or bool(_FULL.search(words)))
    if refusal.code < 500 or enhanced in FOR_NOW or (full and not enhanced):
        return Verdict(temporary=True)
    if refusal.step == Step.SENDER:
        return Verdict(temporary=False)
    if enhanced:
        return Verdict(temporary=False, about_address=enhanced in ABOUT_ADDRESS)
    names_mailbox = at_recipient and refusal.code == MAILBOX_UNKNOWN and _names_mailbox(words)
    return Verdict(temporary=False, about_address=names_mailbox)


def _names_mailbox(words: str) -> bool:
    if _NOT_THE_MAILBOX.search(words):
        return False
    return bool(_MAILBOX.search(words) and _IS_NOT_THERE.search(words))


def same_words(refusal: NotTaken, address: str) -> str:
    """The refusal as the server gives it to anybody: without the address, numbers and links."""
    local = address.partition("@")[0].lower()
    words = re.sub(r"<[^>]*>|\S+@\S+|https?://\S+", "", _text(refusal.words))
    words = re.sub(rf"(?<!\w){re.escape(local)}(?!\w)", "", words) if local else words
    kept = [word for word in words.split() if _ENHANCED.match(word) or not re.search(r"\d", word)]
    return " ".join([str(refusal.code), *kept])[:120]


def _text(words: bytes) -> str:
    return words.decode("utf-8", "replace").lower()
