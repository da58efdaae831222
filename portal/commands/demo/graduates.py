"""After the class: an examination with a resit, certificates, a claim on notice, calls, placements, and the ledger.

The ledger's lines are the needs of county.json: what was hired before stands in the line, so that its sums are the
county's. The firm of the class that is over takes graduates on; they are counted on its line from then on.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from portal.commands.demo import classes
from portal.commands.demo.scene import Scene
from portal.config import Settings
from scheduling import certificates, claims, exams, followups, ledger, orders, placements
from scheduling.exams import Score
from scheduling.models import Enterprise, Exam, TrainingClass

URGENT = 40  # people lacking
EXAMINER = "裴考评"
SINCE = -72  # days: most lines were begun when the firms were visited


def keep_ledger(scene: Scene, county: dict[str, Any], firms: dict[int, Enterprise]) -> None:
    """Write a line for every enterprise that needs people, and close those that have found them."""
    trades = {job["title"]: job["trade"] for job in county["jobs"]}
    for row in county["enterprises"]:
        if not row["need"]:
            continue
        wanted = classes.WANTED.get(row["no"])
        line = ledger.add(
            scene.session,
            firms[row["no"]],
            trade=wanted.trade if wanted else trades[county["wanted"][row["industry"]][0]],
            needed=row["need"],
            hired_before=row["hired"],
            source="assigned" if row["assigned_by_county"] else "visit",
            urgency="urgent" if row["gap"] > URGENT else "normal",
            registered_on=scene.day(SINCE + row["no"] % 9),
            by=scene.desk,
            now=scene.ago(-SINCE - row["no"] % 9),
        )
        if row["status"] == "已办结":
            day = scene.day(-20 + row["no"] % 7)
            ledger.close(scene.session, line, on=day, how="赶集招聘招满", by=scene.desk, now=scene.at(day, "16:00"))


def graduate(scene: Scene, opened: dict[str, TrainingClass]) -> None:
    """Lead the class that is over from its examination to its public notice."""
    row = opened["over"]
    scene.session.refresh(row)
    last = row.ends_on
    first = _sit(scene, row, last + timedelta(days=2))
    scores = {seat.number: Score(70 + seat.number * 3, 74 + seat.number * 2) for seat in first.seats}
    scores[2] = Score(81, 52, note="缝合线迹不直")
    _close(scene, first, scores)
    resit = _sit(scene, row, last + timedelta(days=4))
    _close(scene, resit, {seat.number: Score(None, 78) for seat in resit.seats})
    issued = last + timedelta(days=5)
    held = certificates.issue(
        scene.session, row, issuer=Settings.host_unit, on=issued, by=scene.desk, now=scene.at(issued, "11:00")
    )
    claim = claims.make(scene.session, row, by=scene.desk, now=scene.at(last + timedelta(days=6), "10:00"))
    posted = scene.ago(2, "9:00")
    claims.post(scene.session, claim, by=scene.desk, now=posted)
    words = "名单里姓吴的，上课那几天我看见他在集上摆摊，请核一下考勤。"
    claims.object_to(scene.session, claim, words=words, contact="", by=None, now=posted + timedelta(hours=7))
    order = orders.of_class(scene.session, row)[0]
    for place, one in enumerate(held[:5]):
        started = issued + timedelta(days=3)
        elsewhere = place == len(held[:5]) - 1
        placed = placements.record(
            scene.session,
            one.enrolment,
            enterprise=None if elsewhere else order.enterprise,
            employer="苏州一家服装厂" if elsewhere else "",
            order=None if elsewhere else order,
            started_on=started,
            wage=4200 + place * 150,
            source="school" if elsewhere else "enterprise",
            by=scene.desk,
            now=scene.at(started, "17:00"),
        )
        if place in {0, 1}:
            placements.verify(scene.session, placed, by=scene.desk, now=scene.at(started, "17:30"))
    _call(scene, row)


def _sit(scene: Scene, row: TrainingClass, day: date) -> Exam:
    before = scene.at(day - timedelta(days=1), "16:00")
    exam = exams.plan(
        scene.session,
        row,
        starts_at=scene.at(day, "9:00"),
        place=f"{row.place}实训楼二楼",
        examiner=EXAMINER,
        by=scene.desk,
        now=before,
    )
    exams.draw_roster(scene.session, exam, by=scene.desk, now=before)
    return exam


def _close(scene: Scene, exam: Exam, scores: dict[int, Score]) -> None:
    then: datetime = exam.starts_at + timedelta(hours=6)
    exams.record(scene.session, exam, scores, by=scene.desk, now=then)
    exams.close(scene.session, exam, by=scene.desk, now=then + timedelta(minutes=20))


def _call(scene: Scene, row: TrainingClass) -> None:
    """Call the first three graduates who are due: at work, not at work, not reached."""
    mine = [
        call
        for call in followups.due(scene.session, scene.county, school=row.school, today=scene.today)
        if call.follow_up.enrolment.class_id == row.id
    ]
    said = (
        ("at_work", 4400, "计件，活多的月份能到五千"),
        ("at_work", 4350, ""),
        ("not_reached", None, "打了两次没人接"),
    )
    for call, (answer, wage, note) in zip(mine, said, strict=False):
        then = max(scene.at(call.follow_up.due_on, "15:00"), scene.ago(3))
        followups.answer(
            scene.session,
            call.follow_up,
            answer,
            wage=wage,
            note=note,
            source="desk",
            by=scene.desk,
            now=min(then, scene.now - timedelta(minutes=2)),
        )
