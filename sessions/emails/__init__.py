"""The mails around a work session: what they say.

A reminder is a notice (folded with others, at most once). A move, a cancellation and the
confirmation of an answer are musts (alone, at least once) and carry the calendar object of
exactly one person.
"""
