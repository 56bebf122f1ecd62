"""The plan on paper: a PDF by typst. What people wrote goes in as JSON and is never mark-up."""

from __future__ import annotations

import io
import json
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

from actionplans import access, saving
from actionplans.access import Asked, Chapter
from actionplans.models import Action, ActionPlan, Question
from network import audit, clock, files, formats, jobs
from network.confined import ChildCrashed, Limits, run_limited
from network.models import Job, StoredFile
from network.refusal import Refused

PAPER = Path(__file__).parent / "paper"
NOTE = "Enkele tekentjes, zoals emoji, konden niet mee op papier."
LIMITS = Limits(memory=1536 * 1024**2, cpu=90, wall=120)
FAILED = (
    "De pdf lukte niet: er staat iets in het plan dat we niet op papier krijgen. Het plan zelf is "
    "volledig bewaard. Kijk na of er ergens heel vreemde tekens of een heel lange tekst in staan."
)


def run_plan_pdf(job: Job) -> StoredFile:
    """What the job's owner may read of the plan at this moment, as a private file."""
    user = getattr(job.by, "user", None)
    plan = access.visible_plans(user).filter(pk=job.params["plan"]).first() if user else None
    if plan is None:
        raise jobs.JobFailed("Dit plan kan je niet meer lezen.")
    data = plan_data(user, plan)
    content = pdf_of(data)
    _note_contents(job, data)
    audit.record(by=job.by, verb="plan.exported", obj=plan)
    return files.keep(
        content=io.BytesIO(content),
        name=f"Actieplan {plan.village.name}.pdf",
        content_type="application/pdf",
        size=len(content),
        by=job.by,
    )


def _note_contents(job: Job, data: dict[str, Any]) -> None:
    """What is in the file, so that the right to it can be asked again when it is opened."""
    held = {key: data[key] for key in ("with_names", "with_actions")}
    job.params |= {"numbers": [chapter["number"] for chapter in data["chapters"]], **held}
    Job.objects.filter(pk=job.pk).update(params=job.params)


def may_open_pdf(user: Any, job: Job) -> bool:
    """Whether this person still reads all that is in the file. One that release 1.0.0 made does
    not say what is in it."""
    held = job.params
    plan = access.visible_plans(user).filter(pk=held["plan"]).first()
    if plan is None or "numbers" not in held:
        return False
    sections = access.readable_sections(user).filter(plan=plan)
    return (
        sections.filter(section__number__in=held["numbers"]).count() == len(held["numbers"])
        and (access.reads_actions(user, plan) or not held["with_actions"])
        and (access.has_dossier(user, plan) or not held["with_names"])
    )


PLAN_PDF = jobs.JobKind(
    "plan-pdf",
    "Jullie plan als pdf",
    run_plan_pdf,
    may_open=may_open_pdf,
    closed="Je leest intussen niet meer alles wat in deze pdf staat. Maak de pdf opnieuw "
    "op de bladzijde van het plan.",
)


def plan_data(user: Any, plan: ActionPlan) -> dict[str, Any]:
    """All that this reader may read and that may leave the site, in words that need no further
    thought."""
    chapters = access.readable_chapters(user, plan, leaves=True)
    core = [c.plan_section for c in chapters if c.plan_section.section.is_core]
    with_actions, with_names = access.reads_actions(user, plan), access.has_dossier(user, plan)
    return {
        "village": plan.village.name,
        "place": plan.village.municipality,
        "edition": plan.village.edition.name,
        "day": formats.date_plain(clock.local(clock.now())),
        "progress": f"{sum(s.is_ready for s in core)} van de {len(core)} kernonderdelen klaar",
        "chapters": [_chapter(chapter) for chapter in chapters if chapter.has_text],
        "actions": _actions(plan, with_names=with_names) if with_actions else [],
        "with_actions": with_actions,
        "with_names": with_names,
        "note": "",
    }


def _chapter(chapter: Chapter) -> dict[str, Any]:
    section = chapter.plan_section.section
    return {
        "number": section.number,
        "title": section.title,
        "answers": [_answer(asked) for asked in chapter.asked if not asked.is_empty],
    }


def _answer(asked: Asked) -> dict[str, Any]:
    question, answer = asked.question, asked.answer
    assert answer is not None
    return {
        "label": question.label,
        "kind": "table" if question.is_table else "text",
        "paragraphs": saving.shown_answer(question, answer.text).split("\n"),
        "rows": [_row(question, row) for row in question.own_rows(answer.rows)],
    }


def _row(question: Question, row: saving.Row) -> list[list[str]]:
    """Label and value of each filled cell."""
    return [[label, value] for label, value in saving.shown_row(question.columns, row)]


def _actions(plan: ActionPlan, *, with_names: bool) -> list[dict[str, str]]:
    """Who does what is for the dossier, like answers about people; a neighbour reads the rest."""
    dropped = Action.State.DROPPED
    return [
        {
            "title": action.title,
            "owner": action.owner.name if with_names and action.owner else "",
            "due": formats.date_short(action.due_on) if action.due_on else "",
            "cost": formats.money(action.cost) if action.cost is not None else "",
            "state": action.get_state_display(),
        }
        for action in access.actions_of(plan)
        if action.state != dropped
    ]


def pdf_of(data: dict[str, Any]) -> bytes:
    """An accessible PDF (PDF/UA). Signs that the letter does not have stop that standard: then
    once more without them, and at last without the standard.

    Raises JobFailed when typst breaks on it or takes too much.
    """
    plain = {**_without_pictographs(data), "note": NOTE}
    with tempfile.TemporaryDirectory(prefix="buurtpunt-pdf-") as folder:
        root = Path(folder)
        for piece in PAPER.iterdir():
            (root / piece.name).write_bytes(piece.read_bytes())
        for content, standard in ((data, "ua-1"), (plain, "ua-1"), (plain, None)):
            (root / "plan.json").write_text(json.dumps(content), encoding="utf-8")
            if _is_typeset(root, standard):
                return (root / "plan.pdf").read_bytes()
    raise jobs.JobFailed(FAILED)


def _is_typeset(root: Path, standard: str | None) -> bool:
    """Whether plan.pdf was made; False when typst does not take the text by this standard."""
    # Only the letters that come with typst: the same paper on every machine.
    options = json.dumps({"ignore_system_fonts": True, "pdf_standards": standard})
    try:
        trouble = run_limited(
            "network.typesetting:typeset",
            *(str(root / "plan.typ"), str(root), str(root / "plan.pdf"), options),
            sentence=FAILED,
            too_heavy=FAILED,
            limits=LIMITS,
        )
    except (Refused, ChildCrashed) as error:
        raise jobs.JobFailed(str(error) if isinstance(error, Refused) else FAILED) from error
    return not trouble


def _without_pictographs(value: Any) -> Any:
    """The same data without signs beyond letters, marks, numbers and punctuation."""
    if isinstance(value, dict):
        return {key: _without_pictographs(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_pictographs(item) for item in value]
    return "".join(filter(_is_common, value)) if isinstance(value, str) else value


def _is_common(sign: str) -> bool:
    """Latin, Greek and Cyrillic, with the punctuation and currency around them."""
    code = ord(sign)
    fits = code < 0x0530 or 0x1E00 <= code < 0x2060 or code in (0x20AC, 0x2192)
    return fits and unicodedata.category(sign) not in ("Cc", "Cf", "Cn") or sign == "\n"
