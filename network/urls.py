from django.urls import include, path

from network.views import (
    coaches,
    files,
    invitations,
    jobs,
    joining,
    mail,
    pasting,
    people,
    profile,
    system,
    villages,
)

app_name = "network"
urlpatterns = [
    path("healthz", system.healthz, name="healthz"),
    path("taak/<uuid:job_id>/", jobs.job, name="job"),
    path("taak/<uuid:job_id>/bestand/", jobs.job_result, name="job-result"),
    path("bestanden/stand/<uuid:file_id>/", files.file_state, name="file-state"),
    path("bestanden/opnieuw/<uuid:file_id>/", files.file_retry, name="file-retry"),
    path(
        "beeld/<opaque:public_name>/<number:page>-<number:width>.<picture:format>",
        files.picture,
        name="picture",
    ),
    path("uitschrijven/<token:token>/", mail.mail_preferences, name="mail-preferences"),
    path("mijn/gegevens/", profile.profile, name="profile"),
    path("mijn/overal-af/", profile.sign_out_everywhere, name="sign-out-everywhere"),
    path("uitnodiging/<token:token>/", joining.invitation, name="invitation"),
    path(
        "uitnodigingen/<number:invitation_id>/opnieuw/",
        invitations.invitation_resend,
        name="invitation-resend",
    ),
    path(
        "uitnodigingen/<number:invitation_id>/intrekken/",
        invitations.invitation_revoke,
        name="invitation-revoke",
    ),
    path(
        "coordinatie/<name:edition>/",
        include(
            [
                path("dorpen/nieuw/", villages.village_new, name="village-new"),
                path("dorpen/<name:slug>/", villages.village_edit, name="village-edit"),
                path("coaches/", coaches.coaches, name="coaches"),
                path("coaches/uitnodigen/", invitations.coach_invite, name="coach-invite"),
                path("coaches/<number:assignment_id>/einde/", coaches.coach_end, name="coach-end"),
                path("uitnodigingen/", invitations.invitations, name="invitations"),
                path(
                    "uitnodigingen/coordinator/",
                    invitations.coordinator_invite,
                    name="coordinator-invite",
                ),
            ]
        ),
    ),
    path(
        "dorp/<name:edition>/<name:slug>/mensen/",
        include(
            [
                path("", people.people, name="people"),
                path("nieuw/", people.person_new, name="person-new"),
                path("uitnodigen/", people.village_invite, name="village-invite"),
                path("uitnodigen/samen/", pasting.village_invite_many, name="village-invite-many"),
                path("<number:membership_id>/", people.membership, name="membership"),
                path("<number:membership_id>/stopt/", people.membership_end, name="membership-end"),
            ]
        ),
    ),
]
