"""The parts of a class's file, in the order of the shelf. A part there is nothing for yet says why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from portal import doors, printing
from portal.shelf.aftermath import aftermath
from portal.shelf.tables import tables
from portal.wording import word
from scheduling import attendance, certificates, claims, enrolments, exams
from scheduling.models import TrainingClass

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Part:
    """One file: its name in the ZIP, and its bytes; or why there is none."""

    name: str
    data: bytes | None = field(default=None, repr=False)
    why: str = ""


def parts(session: Session, training_class: TrainingClass, *, now: datetime) -> Iterator[Part]:
    """Make each part as of `now`. ID numbers are masked in all of them."""
    for number, what in enumerate(printing.CLASS_PAPERS, 1):
        paper = printing.class_paper(session, training_class, what, at=now)
        yield Part(f"{number:02d}-{word(what, 'filing.print')}.pdf", _pdf(paper))
    for make in (_book, _scores, _list, _certificates, _claim):
        yield from make(session, training_class, now)
    yield Part("12-学员和签到.xlsx", tables(session, training_class, now=now))
    yield Part("13-订单、就业和回访.xlsx", aftermath(session, training_class, now=now))


def _pdf(paper: printing.Paper) -> bytes:
    return printing.pdf(paper, printing.folders(doors.settings().fonts))


def _book(session: Session, training_class: TrainingClass, now: datetime) -> Iterator[Part]:
    sheet = attendance.sheet(session, training_class, now=now)
    yield _one("07-考勤簿.pdf", bool(sheet.sessions), "没有课次", partial(printing.attendance_book, sheet))


def _scores(session: Session, training_class: TrainingClass, _now: datetime) -> Iterator[Part]:
    sittings = exams.of_class(session, training_class)
    if not sittings:
        yield Part("08-成绩单.pdf", why="还没有考核")
    for exam in sittings:
        yield Part(f"08-成绩单-第{exam.attempt}次.pdf", _pdf(printing.score_sheet(training_class, exam)))


def _list(session: Session, training_class: TrainingClass, _now: datetime) -> Iterator[Part]:
    held, outcomes = certificates.of_class(session, training_class), exams.outcomes(session, training_class)
    graduates = [
        (one, held[one.id], outcomes[one.id])
        for one in enrolments.roster(session, training_class)
        if one.id in held and one.id in outcomes
    ]
    make = partial(printing.certificate_list, training_class, graduates)
    yield _one("09-颁证花名册.pdf", bool(graduates), "还没有发证", make)


def _certificates(session: Session, training_class: TrainingClass, _now: datetime) -> Iterator[Part]:
    ours = [one for one in certificates.of_class(session, training_class).values() if not one.outside]
    ours.sort(key=lambda one: one.number)
    yield _one("10-证书.pdf", bool(ours), "没有本局发的证书", partial(printing.certificates, ours))


def _claim(session: Session, training_class: TrainingClass, now: datetime) -> Iterator[Part]:
    claim = claims.of_class(session, training_class)
    if claim is None:
        yield Part("11-补贴申报.xlsx", why="还没有申报补贴")
        return
    held = certificates.of_class(session, training_class)
    yield Part("11-补贴申报.xlsx", printing.claim_book(training_class, claim, held, now=now))


def _one(name: str, there: bool, why: str, make: Callable[[], printing.Paper]) -> Part:  # noqa: FBT001  whether there is one
    return Part(name, _pdf(make())) if there else Part(name, why=why)
