"""The one way to say no. Bottom of the house, because the child of confined.py says it too."""


class Refused(Exception):
    """What cannot be done, or a file that we do not take; the text is the Dutch sentence for
    the person who asked."""
