"""The files of classes: filed in time, one waiting for the desk; what looks odd and its notes; a sample; the shelf."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import current_app

from portal import shelf
from portal.commands.demo.scene import Scene
from scheduling import archives, filings, risks, samples
from scheduling.models import TrainingClass

AHEAD = 9  # days before the first day a class is filed
SEED = "2026开班抽查"


@dataclass(frozen=True)
class Words:
    """What a school writes of its class."""

    head: str
    book: str
    scheme: str
    excuse: str = "按订单企业的要求排的，已商定。"  # why the desk approves it where something does not fit


WRITTEN = {
    "over": Words(
        "孔老师",
        "《缝纫工（专项职业能力）》讲义，学校自编，2025年版",
        "理论闭卷40分钟；实操做一件衬衫袖。考评员由县里派。",
    ),
    "running": Words("曹教务", "《低压电工作业》第3版", "理论机考，实操四个科目，按应急管理部门的考试点安排。"),
    "open": Words(
        "曹教务",
        "《熔化焊接与热切割作业》第2版",
        "理论机考；实操平焊、立焊各一件，考评员由县里派。",
        "魏师傅的焊工证正在办，先由段师傅带；实操分两组轮流。",
    ),
    "full": Words("严老师", "《养老护理员（基础知识）》", "理论闭卷；实操翻身、喂食、测血压三项里抽两项。"),
}
APPROVED = ("over", "running", "open")  # the full one waits for the desk; the draft lacks nearly everything


def file(scene: Scene, opened: dict[str, TrainingClass]) -> None:
    """File each class as its school would, and let the desk approve all but the last."""
    for place, (key, words) in enumerate(WRITTEN.items(), 1):
        row = opened[key]
        scene.session.refresh(row)
        day = min(row.starts_on - timedelta(days=AHEAD), scene.today)
        at = min(scene.at(day, "10:30"), scene.now - timedelta(minutes=30))
        told = {"head_teacher": words.head, "textbook": words.book, "exam_scheme": words.scheme}
        modules = row.course.modules or f"理论 {row.course.theory_hours}\n实操 {row.course.practice_hours}"
        filings.fill(scene.session, row, **told, modules=modules, by=None, now=at)
        filings.commit(scene.session, row, by=None, now=at)
        if filings.readiness(scene.session, row).missing:
            continue
        filings.submit(scene.session, row, by=None, now=at)
        if key in APPROVED:
            number = f"青培备〔{row.starts_on.year}〕{20 + place}号"
            reason = words.excuse if filings.readiness(scene.session, row).faults else ""
            then = min(at + timedelta(hours=26), scene.now)
            filings.approve(scene.session, row, number=number, reason=reason, by=scene.desk, now=then)


def check(scene: Scene, opened: dict[str, TrainingClass]) -> None:
    """Draw a sample of the class that is over and call it; settle the first thing that looks odd there."""
    row = opened["over"]
    sample = samples.draw(scene.session, row, seed=SEED, by=scene.desk, now=scene.ago(6))
    for place, one in enumerate(sample.checks):
        answer, words = ("attended", "天天去，没收钱") if place else ("not_attended", "说只去了三天，后来在厂里上班了")
        told: dict[str, Any] = {"answer": answer, "note": words, "by": scene.desk, "now": scene.ago(5)}
        samples.note(scene.session, row, one.id, **told)
    odd = risks.listed(scene.session, row, keys=scene.keys, now=scene.now).open
    for hit in (one for one in odd if one.rule == "back_filled"):
        note = "这一期学校停电停网，用纸签到，考勤簿原件看过，学员签名一致。"
        told = {"keys": scene.keys, "by": scene.desk, "now": scene.ago(4)}
        risks.settle(scene.session, row, hit.rule, hit.digest, note=note, **told)


def shelve(scene: Scene, opened: dict[str, TrainingClass]) -> None:
    """Lay the class that is over on the shelf, as one click at the desk does."""
    row = opened["over"]
    scene.session.flush()
    with current_app.test_request_context():
        laid = shelf.lay(scene.session, row, by=scene.desk, now=scene.now)
    archives.keep(scene.session, row, manifest=laid.manifest, facts=laid.facts, by=scene.desk, now=scene.now)
