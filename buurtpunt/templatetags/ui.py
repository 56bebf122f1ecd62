"""A handful of display tags over network/formats.py; a builtin of every template."""

from django import template

register = template.Library()
