"""The mails around a work session: what is due (pure), what happened, and the sweep."""
