from network.models.editions import (
    CoordinatorAssignment,
    Edition,
    EditionPartner,
    Lens,
    Organisation,
    PartnerContact,
)
from network.models.files import FilePatrol, FileRemoval, Rendition, StoredFile
from network.models.jobs import Job
from network.models.joining import Invitation
from network.models.mail import Notice, OutgoingMail
from network.models.people import Person, User
from network.models.signing_in import PendingCode
from network.models.system import AuditEntry, CacheVersion, ClockOffset, DueChange, Heartbeat
from network.models.texts import NewsItem, SearchText
from network.models.villages import (
    Buurtpunt,
    CoachAssignment,
    CoachProfile,
    Membership,
    Village,
)

__all__ = [
    "AuditEntry",
    "Buurtpunt",
    "CacheVersion",
    "ClockOffset",
    "DueChange",
    "CoachAssignment",
    "CoachProfile",
    "CoordinatorAssignment",
    "Edition",
    "EditionPartner",
    "FilePatrol",
    "FileRemoval",
    "Heartbeat",
    "Invitation",
    "Job",
    "Lens",
    "Membership",
    "NewsItem",
    "Notice",
    "Organisation",
    "OutgoingMail",
    "PartnerContact",
    "PendingCode",
    "Person",
    "Rendition",
    "SearchText",
    "StoredFile",
    "User",
    "Village",
]
