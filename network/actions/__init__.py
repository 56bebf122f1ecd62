"""What people do on the ground floor. Every action names who does it and leaves an audit row."""

from network.actions.accounts import (
    begin_code,
    count_try,
    mail_fresh_code,
    may_renew,
    renew_code,
    sign_out_everywhere,
    tries_left,
    use_up,
    was_used,
)
from network.actions.beginning import begin, begin_again, open_edition, plant_vocabulary
from network.actions.coaching import assign_coach, end_coach_assignment
from network.actions.inviting import (
    TooManyToday,
    invite_coach,
    invite_coordinator,
    invite_member,
    resend,
    revoke,
)
from network.actions.joining import attach, claim, decline, has_account
from network.actions.mails import send_again, send_all_again
from network.actions.people import add_person, change_profile, choose_mails, lock_account
from network.actions.villages import add_village, change_role, change_village, end_membership
from network.refusal import Refused

__all__ = [
    "Refused",
    "TooManyToday",
    "add_person",
    "add_village",
    "assign_coach",
    "attach",
    "begin",
    "begin_again",
    "begin_code",
    "change_profile",
    "change_role",
    "change_village",
    "choose_mails",
    "claim",
    "count_try",
    "decline",
    "end_coach_assignment",
    "end_membership",
    "has_account",
    "invite_coach",
    "invite_coordinator",
    "invite_member",
    "lock_account",
    "mail_fresh_code",
    "may_renew",
    "open_edition",
    "plant_vocabulary",
    "renew_code",
    "resend",
    "revoke",
    "send_again",
    "send_all_again",
    "sign_out_everywhere",
    "tries_left",
    "use_up",
    "was_used",
]
