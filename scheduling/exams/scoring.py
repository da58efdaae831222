"""Scores: entered for a whole sitting, final when it is closed; after that each change has a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds, notices, training_rules
from scheduling.exams.outcomes import PARTS, PENDING, Outcome, outcome_of, outcomes
from scheduling.exams.sittings import hold_exam
from scheduling.models import Account, Certificate, Enrolment, Exam, ExamSeat, TrainingClass
from scheduling.refusals import (
    CertificateStands,
    ExamAhead,
    ExamClosed,
    ExamNotClosed,
    ReasonMissing,
    RosterMissing,
    ScoresMissing,
)

HIGHEST = 100
_SAID = {
    "passed": "“{title}”结业考核：{scores}，合格。证书办好后会再发短信。【送岗】",
    "resit": "“{title}”结业考核：{scores}，还没合格，可以补考一次没过的部分，时间另行通知。【送岗】",
    "failed": "“{title}”结业考核：{scores}，没有合格，补考机会已经用完。想再学可以重新报名，或打电话到窗口。【送岗】",
}
_PARTS = {"theory": "理论{}分", "practice": "实操{}分"}


@dataclass(frozen=True)
class Score:
    """What was written for one seat: scores out of 100, or that she was absent."""

    theory: int | None = None
    practice: int | None = None
    absent: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        for part in PARTS:
            score = getattr(self, part)
            if score is not None and not 0 <= score <= HIGHEST:
                raise ValueError(f"no score: {score}")


def record(session: Session, exam: Exam, scores: Mapping[int, Score], *, by: Account | None, now: datetime) -> int:
    """Write scores down by seat number; give how many seats changed. Seats that are not named stay as they are.

    A part somebody passed before is not sat again: what is written for it is dropped. Raises RosterMissing, ExamAhead
    (when), ExamClosed.
    """
    training_class = hold_exam(session, exam)
    if exam.roster_at is None:
        raise RosterMissing
    if exam.starts_at > now:
        raise ExamAhead(when=exam.starts_at)
    if exam.closed_at is not None:
        raise ExamClosed
    stands = outcomes(session, training_class)
    changed = 0
    for seat in _seats(session, exam):
        if seat.number in scores:
            changed += _write(seat, scores[seat.number], stands.get(seat.enrolment_id, PENDING), by=by, now=now)
    session.flush()
    if changed:
        facts = {"attempt": exam.attempt, "seats": changed}
        deeds.record(session, "exam.scored", exam, county=training_class.county, by=by, now=now, **facts)
    return changed


def close(session: Session, exam: Exam, *, by: Account | None, now: datetime) -> None:
    """Let the scores be final and tell everybody her own; again changes nothing.

    Raises RosterMissing, ScoresMissing(number).
    """
    training_class = hold_exam(session, exam)
    if exam.closed_at is not None:
        return
    if exam.roster_at is None:
        raise RosterMissing
    before, seats = outcomes(session, training_class), _seats(session, exam)
    lacks = sum(
        any(getattr(seat, part) is None for part in before.get(seat.enrolment_id, PENDING).due)
        for seat in seats
        if not seat.absent
    )
    if lacks or not seats:
        raise ScoresMissing(number=lacks)
    exam.closed_at = now
    session.flush()
    facts = {"attempt": exam.attempt, "seats": len(seats)}
    deeds.record(session, "exam.closed", exam, county=training_class.county, by=by, now=now, **facts)
    after = outcomes(session, training_class)
    for seat in seats:
        _tell(session, training_class, seat.enrolment, after[seat.enrolment_id], once=f"exam {exam.attempt}", now=now)


def correct(
    session: Session, exam: Exam, seat: ExamSeat, score: Score, *, reason: str, by: Account | None, now: datetime
) -> None:
    """Change a final score, and tell her; the same again changes nothing. The deed keeps what was before.

    Raises ReasonMissing, ExamNotClosed(attempt), CertificateStands(number) when she would then not have passed.
    """
    training_class = hold_exam(session, exam)
    if not reason.strip():
        raise ReasonMissing
    if exam.closed_at is None:
        raise ExamNotClosed(attempt=exam.attempt)
    session.refresh(seat)
    was = {part: getattr(seat, part) for part in PARTS} | {"absent": seat.absent}
    if not _write(seat, score, PENDING, by=by, now=now):
        return
    session.flush()
    stands = outcome_of(session, seat.enrolment)
    certificate = session.scalar(
        select(Certificate).where(Certificate.enrolment_id == seat.enrolment_id, Certificate.revoked_at.is_(None))
    )
    if certificate is not None and stands.state != "passed":
        raise CertificateStands(number=certificate.number)
    before = "/".join("—" if was[part] is None else str(was[part]) for part in PARTS)
    facts = {"before": "absent" if was["absent"] else before, "reason": reason.strip()[:200]}
    deeds.record(session, "exam.score_corrected", seat, county=training_class.county, by=by, now=now, **facts)
    once = f"exam {exam.attempt} {now.timestamp()}"
    _tell(session, training_class, seat.enrolment, stands, once=once, now=now)


def _seats(session: Session, exam: Exam) -> list[ExamSeat]:
    return list(session.scalars(select(ExamSeat).where(ExamSeat.exam_id == exam.id).order_by(ExamSeat.number)))


def _write(seat: ExamSeat, score: Score, stands: Outcome, *, by: Account | None, now: datetime) -> bool:
    """Put what was written onto the seat; say whether that changed anything."""
    told = {
        "theory": None if score.absent or "theory" in stands.passed else score.theory,
        "practice": None if score.absent or "practice" in stands.passed else score.practice,
        "absent": score.absent,
        "note": score.note.strip(),
    }
    if all(getattr(seat, name) == value for name, value in told.items()):
        return False
    for name, value in told.items():
        setattr(seat, name, value)
    seat.scored_at, seat.by_id = now, by.id if by else None
    return True


def _tell(
    session: Session, training_class: TrainingClass, enrolment: Enrolment, stands: Outcome, *, once: str, now: datetime
) -> None:
    """Tell somebody her own result, on the phone she is reached at; nobody else's is in it."""
    scores = "，".join(_PARTS[part].format(score) for part in PARTS if (score := getattr(stands, part)) is not None)
    text = _SAID[stands.state].format(title=training_class.title, scores=scores or "缺考")
    notices.write(
        session,
        training_class.county,
        enrolment.jobseeker.phone,
        text,
        about=deeds.about(enrolment),
        once=f"enrolment/{enrolment.id}/{once}",
        now=now,
    )


def pass_marks(training_class: TrainingClass) -> dict[str, int]:
    """Give the least score of each part, out of 100."""
    terms = training_rules.of(training_class.course)
    return {"theory": terms.pass_theory, "practice": terms.pass_practice}
