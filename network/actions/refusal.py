from __future__ import annotations


class Refused(Exception):
    """An action that cannot be done now; its text is the Dutch sentence for the person."""
