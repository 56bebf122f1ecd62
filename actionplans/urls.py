from django.urls import path

from actionplans.views import (
    answers,
    coach,
    comments,
    exports,
    histories,
    plans,
    switches,
    table,
    threads,
)

app_name = "actionplans"

PLAN = "plan/<name:edition>/<name:village>/"
SECTION = PLAN + "<name:section>/"
ANSWER = SECTION + "<name:key>/"
COACH = "coach/<name:edition>/<name:village>/"
TALK = "gesprek/<number:thread_id>/"

urlpatterns = [
    path(PLAN, plans.plan, name="plan"),
    path(PLAN + "begin/", plans.start, name="start"),
    path(PLAN + "lezen/", plans.read, name="read"),
    path(PLAN + "verloop/", switches.course, name="course"),
    path(PLAN + "pdf/", exports.pdf, name="pdf"),
    path(PLAN + "acties/nieuw/", table.action_add, name="action-add"),
    path(PLAN + "acties/<number:number>/", table.action_edit, name="action-edit"),
    path(PLAN + "acties/<number:number>/klaar/", table.action_complete, name="action-complete"),
    path(
        PLAN + "acties/<number:number>/geschiedenis/",
        histories.action_history,
        name="action-history",
    ),
    path(SECTION, plans.section, name="section"),
    path(SECTION + "wie-schrijft/", answers.writing, name="section-writing"),
    path(SECTION + "wie-leest-mee/", switches.visibility, name="section-visibility"),
    path(SECTION + "klaar/", switches.ready, name="section-ready"),
    path(SECTION + "later/", switches.defer, name="section-defer"),
    path(ANSWER, answers.answer, name="answer"),
    path(ANSWER + "geschiedenis/", histories.answer_history, name="answer-history"),
    path(ANSWER + "geschiedenis/terug/", histories.answer_restore, name="answer-restore"),
    path("coach/", coach.coach, name="coach"),
    path(COACH, coach.coach_plan, name="coach-plan"),
    path(COACH + "verstuur/", comments.comments_send, name="comments-send"),
    path(
        COACH + "<name:section>/<name:question>/opmerking/",
        comments.comment_add,
        name="comment-add",
    ),
    path("opmerking/<number:comment_id>/", comments.comment_edit, name="comment-edit"),
    path("opmerking/<number:comment_id>/wis/", comments.comment_delete, name="comment-delete"),
    path(TALK, threads.thread, name="thread"),
    path(TALK + "antwoord/", threads.thread_answer, name="thread-answer"),
    path(TALK + "verwerkt/", threads.thread_handle, name="thread-handle"),
    path(TALK + "niet-verwerkt/", threads.thread_decline, name="thread-decline"),
    path(TALK + "heropen/", threads.thread_reopen, name="thread-reopen"),
]
