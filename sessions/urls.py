from django.urls import path

from sessions.views import coordination, previews, public, rules, telling

app_name = "worksessions"
COORDINATION = "coordinatie/<name:edition>/werksessies/"
ONE = f"{COORDINATION}<number:number>/"
PUBLIC = "werksessies/<name:edition>/<number:number>"

urlpatterns = [
    path(f"{PUBLIC}/", public.detail, name="detail"),
    path(f"{PUBLIC}.ics", public.calendar, name="calendar"),
    path(f"{PUBLIC}/antwoord/", public.attend, name="attend"),
    path("antwoord/<token:token>/", public.answer, name="answer"),
    path(COORDINATION, coordination.work_sessions, name="list"),
    path(f"{COORDINATION}nieuw/", coordination.plan, name="plan"),
    path(f"{COORDINATION}herinneringen/", rules.rules, name="rules"),
    path(f"{COORDINATION}herinneringen/<name:key>/", rules.rule_edit, name="rule-edit"),
    path(ONE, coordination.manage, name="manage"),
    path(f"{ONE}bewerk/", coordination.edit, name="edit"),
    path(f"{ONE}schrap/", coordination.discard, name="discard"),
    path(f"{ONE}antwoorden/", coordination.answer_for, name="answer-for"),
    path(f"{ONE}kondig-aan/", telling.publish, name="publish"),
    path(f"{ONE}verplaats/", telling.move, name="move"),
    path(f"{ONE}gelast-af/", telling.cancel, name="cancel"),
    path(f"{ONE}mails/<name:key>/", previews.mail, name="mail"),
    path(f"{ONE}mails/<name:key>/opnieuw/", previews.mails_again, name="mails-again"),
    path(
        f"{ONE}mails/<name:key>/<number:mail_id>/opnieuw/", previews.mail_again, name="mail-again"
    ),
    path(f"{ONE}voorbeeld/<name:key>/", previews.preview, name="preview"),
]
