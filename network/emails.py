"""What every mail shares: sender, links, headers, the wrapper; and the ground's own mails."""

from __future__ import annotations

import logging
from datetime import timedelta
from email.mime.image import MIMEImage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from network import clock, mail, plain_names, tokens
from network.mail import Message
from network.models import Invitation, Notice, OutgoingMail

logger = logging.getLogger(__name__)

INLINE_PICTURES = ("horizon.png",)  # static/img/mail, named cid:<name> in emails/base.html


def in_browser(html: str) -> str:
    """A mail's HTML for a frame on the site: its pictures come from the site too."""
    for name in INLINE_PICTURES:
        html = html.replace(f"cid:{name}", static(f"img/mail/{name}"))
    return html


def link(url_name: str, *args: Any, **kwargs: Any) -> str:
    """An absolute link for a mail."""
    return settings.SITE_URL + reverse(url_name, args=args, kwargs=kwargs)


def render(name: str, context: dict[str, Any]) -> Message:
    """The Message of templates/emails/<name>_{subject.txt,body.txt,body.html}."""
    context = {"site_url": settings.SITE_URL, **context}
    subject = render_to_string(f"emails/{name}_subject.txt", context)
    return Message(
        subject=" ".join(subject.split()),
        text=render_to_string(f"emails/{name}_body.txt", context).strip() + "\n",
        html=render_to_string(f"emails/{name}_body.html", context),
    )


def build(row: OutgoingMail, message: Message) -> EmailMultiAlternatives:
    """The mail as it goes over SMTP; its Message-ID is fixed by the row, so that one that went
    twice is still one message to its reader."""
    headers = {
        "Message-ID": f"<mail-{row.message_id}@{settings.MAIL_DOMAIN}>",
        "Auto-Submitted": "auto-generated",
        # No out-of-office, receipt or other answer of a machine (Exchange, Outlook).
        "X-Auto-Response-Suppress": "All",
        "Date": format_datetime(clock.now()),
    }
    if row.category != mail.MUST and row.person_id:
        headers["List-Unsubscribe"] = f"<{unsubscribe_link(row.person_id)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    built = EmailMultiAlternatives(
        subject=plain_names.neutral(message.subject),
        body=message.text,
        to=[row.address or (row.person.email if row.person else "")],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers=headers,
    )
    built.mixed_subtype = "mixed" if message.calendar else "related"
    built.attach_alternative(message.html, "text/html")
    if message.calendar:
        _add_calendar(built, message)
    for name in INLINE_PICTURES:
        if f"cid:{name}" in message.html:
            built.attach(_inline_picture(name))
    return built


def _add_calendar(built: EmailMultiAlternatives, message: Message) -> None:
    """Twice, because programs differ: as the reading that a calendar offers to take over
    (RFC 6047), and as a file that any other program can open."""
    text = message.calendar.decode()
    built.attach_alternative(text, f"text/calendar; method={message.calendar_method}")
    built.attach("invite.ics", message.calendar, "application/ics")


def unsubscribe_link(person_id: int) -> str:
    return settings.SITE_URL + unsubscribe_path(person_id)


def unsubscribe_path(person_id: int) -> str:
    return reverse("network:mail-preferences", args=[tokens.make("mail-preferences", person_id)])


def _inline_picture(name: str) -> MIMEImage:
    found = finders.find(f"img/mail/{name}") or str(
        Path(settings.STATIC_ROOT) / "img" / "mail" / name
    )
    picture = MIMEImage(Path(str(found)).read_bytes())
    picture.add_header("Content-ID", f"<{name}>")
    picture.add_header("Content-Disposition", "inline", filename=name)
    return picture


# The folded notices of one person: one mail, the most urgent matter gives the subject.


class NothingToTell(Exception):
    """None of the notices of a mail could be made."""


def notices_still_wanted(row: OutgoingMail) -> str:
    reasons = [skip_unwanted(notice) for notice in row.notices.select_related("person")]
    return reasons[0] if reasons and all(reasons) else "" if reasons else "niets meer te melden"


def skip_unwanted(notice: Notice) -> str:
    """Mark a notice that must not be told (any more), and say why not; "" when it may be told.
    One that stumbles is skipped alone; trouble on our side is raised."""
    try:
        still_wanted = mail.kind_of(notice).still_wanted
        reason = notice.person.why_not_mailed(notice.category) or still_wanted(notice)
    except mail.OUR_TROUBLE:
        raise
    except Exception as error:
        return _skip_stumbled(notice, error)
    return _skip(notice, reason) if reason else ""


def _skip_stumbled(notice: Notice, error: Exception) -> str:
    logger.error("Notice %s stumbled.", notice.pk, exc_info=error)
    return _skip(notice, f"kan niet gemaakt worden: {type(error).__name__}")


def _skip(notice: Notice, reason: str) -> str:
    notice.state, notice.reason = Notice.State.SKIPPED, reason
    notice.save(update_fields=["state", "reason"])
    return reason


def notices(row: OutgoingMail) -> Message:
    order = {mail.SESSION: 0, mail.PLAN: 1, mail.DIGEST: 2}
    told = sorted(
        row.notices.filter(state=Notice.State.FOLDED).select_related("person"),
        key=lambda notice: (order[notice.category], notice.not_before),
    )
    parts = [part for part in map(_part, told) if part is not None]
    if not parts:
        raise NothingToTell
    context = {
        "parts": parts,
        "person": row.person,
        "preferences_link": unsubscribe_link(row.person_id or 0),
        "site_url": settings.SITE_URL,
    }
    first = parts[0]
    return Message(
        subject=first.subject,
        text=render_to_string("emails/notices_body.txt", context).strip() + "\n",
        html=render_to_string("emails/notices_body.html", context),
        calendar=first.calendar,
        calendar_method=first.calendar_method,
        reply_to=first.reply_to,
    )


def _part(notice: Notice) -> Message | None:
    """The middle of the mail; None, with its reason, for one that cannot be made."""
    try:
        return mail.kind_of(notice).render(notice)
    except mail.OUR_TROUBLE:
        raise
    except Exception as error:
        _skip_stumbled(notice, error)
        return None


# Invitation and sign-in: musts.


def invitation_still_wanted(row: OutgoingMail) -> str:
    open_invitation = Invitation.objects.filter(
        pk=row.refs["invitation"], nonce=row.refs["nonce"], state=Invitation.State.SENT
    )
    return "" if open_invitation.exists() else "de uitnodiging is niet meer open"


def invitation(row: OutgoingMail) -> Message:
    invited = Invitation.objects.select_related(
        "person", "village", "edition", "lens", "invited_by"
    ).get(pk=row.refs["invitation"])
    return render("invitation", {"invitation": invited, "link": invitation_link(invited)})


def invitation_link(invited: Invitation) -> str:
    """The link that joins; a new nonce kills it."""
    return link("network:invitation", tokens.make("invitation", invited.pk, invited.nonce))


def account(row: OutgoingMail) -> Message:
    """A mail of allauth (code, reset): its template and the little it needs, see adapter.py."""
    return render(row.refs["template"], row.secret)


def account_still_wanted(row: OutgoingMail) -> str:
    """A code that came too late only confuses: by then she asked for another one."""
    lives = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
    is_late = "code" in row.secret and clock.now() - row.created_at > lives
    return "de code verliep intussen" if is_late else ""


def register_kinds() -> None:
    mail.register(mail.Kind("notices", mail.DIGEST, notices_still_wanted, notices))
    mail.register(mail.Kind("invitation", mail.MUST, invitation_still_wanted, invitation))
    mail.register(mail.Kind("account", mail.MUST, account_still_wanted, account, at_most_once=True))
