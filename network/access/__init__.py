"""The one door to people, editions and villages: who may see what.

Invisible is 404, visible but not allowed is 403. A role follows from dated rows; rights are never
merged across villages. A superuser gets nothing extra here.
"""

from network.access.editions import (
    coordinated_edition_or_404,
    coordinated_editions,
    coordinators,
    current_edition,
    lenses,
    partner_editions,
    partners,
    public_editions,
    visible_editions,
)
from network.access.files import (
    job_file_or_404,
    job_or_404,
    own_files,
    public_file_or_404,
    published_news,
)
from network.access.joining import (
    invitation_or_404,
    invitations_of,
)
from network.access.people import (
    coaches,
    memberships_of,
    participants,
    person_by_mail_token_or_404,
    person_id_of,
    person_of,
)
from network.access.roles import COACH, COORDINATOR, MEMBER, Role, roles_today
from network.access.villages import (
    coached_villages,
    coordinated_village_or_404,
    coordinated_villages,
    is_coach,
    led_village_or_404,
    member_villages,
    public_villages,
    village_or_404,
    villages_of,
    visible_villages,
    writable_villages,
)

__all__ = [
    "COACH",
    "COORDINATOR",
    "MEMBER",
    "Role",
    "coached_villages",
    "coaches",
    "coordinated_edition_or_404",
    "coordinated_editions",
    "coordinated_village_or_404",
    "coordinated_villages",
    "coordinators",
    "current_edition",
    "invitation_or_404",
    "invitations_of",
    "is_coach",
    "job_file_or_404",
    "job_or_404",
    "led_village_or_404",
    "lenses",
    "member_villages",
    "memberships_of",
    "own_files",
    "participants",
    "partner_editions",
    "partners",
    "person_by_mail_token_or_404",
    "person_id_of",
    "person_of",
    "public_editions",
    "public_file_or_404",
    "public_villages",
    "published_news",
    "roles_today",
    "village_or_404",
    "villages_of",
    "visible_editions",
    "visible_villages",
    "writable_villages",
]
