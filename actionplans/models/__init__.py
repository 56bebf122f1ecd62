from actionplans.models.actions import Action, ActionRevision
from actionplans.models.answers import Answer, AnswerRevision, Snapshot
from actionplans.models.comments import Comment, CommentThread, PlanVisit
from actionplans.models.plan import ActionPlan, PlanSection
from actionplans.models.template import PlanTemplate, Question, Section

__all__ = [
    "Action",
    "ActionPlan",
    "ActionRevision",
    "Answer",
    "AnswerRevision",
    "Comment",
    "CommentThread",
    "PlanSection",
    "PlanTemplate",
    "PlanVisit",
    "Question",
    "Section",
    "Snapshot",
]
