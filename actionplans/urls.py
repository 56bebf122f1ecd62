from django.urls import path

from actionplans.views import answers, exports, histories, plans, switches, table

app_name = "actionplans"

PLAN = "plan/<slug:edition>/<slug:village>/"
SECTION = PLAN + "<slug:section>/"
ANSWER = SECTION + "<slug:key>/"

urlpatterns = [
    path(PLAN, plans.plan, name="plan"),
    path(PLAN + "begin/", plans.start, name="start"),
    path(PLAN + "lezen/", plans.read, name="read"),
    path(PLAN + "verloop/", switches.course, name="course"),
    path(PLAN + "pdf/", exports.pdf, name="pdf"),
    path(PLAN + "acties/nieuw/", table.action_add, name="action-add"),
    path(PLAN + "acties/<int:number>/", table.action_edit, name="action-edit"),
    path(PLAN + "acties/<int:number>/klaar/", table.action_complete, name="action-complete"),
    path(SECTION, plans.section, name="section"),
    path(SECTION + "wie-leest-mee/", switches.visibility, name="section-visibility"),
    path(SECTION + "klaar/", switches.ready, name="section-ready"),
    path(SECTION + "later/", switches.defer, name="section-defer"),
    path(ANSWER, answers.answer, name="answer"),
    path(ANSWER + "geschiedenis/", histories.answer_history, name="answer-history"),
    path(ANSWER + "geschiedenis/terug/", histories.answer_restore, name="answer-restore"),
]
