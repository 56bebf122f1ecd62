"""Forms: fields and validation; the page writes the `<form>` and the button."""

from network.forms.base import (
    BaseRevisionField,
    PhoneField,
    PlainForm,
    PlainModelForm,
    PostcodeField,
    TimeOfDayField,
    choose_from,
    day_field,
    name_field,
    plain_helper,
)
from network.forms.joining import CoachGuest, GuestFacts, Joining, PastedGuests, VillageGuest
from network.forms.passwords import ChangePassword, ResetPassword, SetPassword
from network.forms.people import MailPreferences, Profile
from network.forms.signing_in import AskCode, GiveCode
from network.forms.villages import (
    CoachEnd,
    CoachPlace,
    MembershipRole,
    NewPerson,
    VillageFacts,
)

__all__ = [
    "AskCode",
    "BaseRevisionField",
    "ChangePassword",
    "CoachEnd",
    "CoachGuest",
    "CoachPlace",
    "GiveCode",
    "GuestFacts",
    "Joining",
    "MailPreferences",
    "MembershipRole",
    "NewPerson",
    "PastedGuests",
    "PhoneField",
    "PlainForm",
    "PlainModelForm",
    "PostcodeField",
    "Profile",
    "ResetPassword",
    "SetPassword",
    "TimeOfDayField",
    "VillageFacts",
    "VillageGuest",
    "choose_from",
    "day_field",
    "name_field",
    "plain_helper",
]
