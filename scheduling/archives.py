"""The file of a class on the shelf (归档): what lay in it, by SHA-256, and what of the class changed since.

The ZIP itself is not kept here: it goes to whoever asked, and what was in it can be held against the row. Each part of
the class has a digest of its rows, so that a later change is seen, and in which part.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, LargeBinary, Select, Table, select

from scheduling import deeds, training_rules
from scheduling.courses.classes import lock
from scheduling.models import (
    Account,
    Certificate,
    ClassArchive,
    ClassDossier,
    ClassFiling,
    ClassOrder,
    ClassSession,
    Course,
    Enrolment,
    EnrolmentOverride,
    Enterprise,
    Exam,
    ExamSeat,
    FollowUp,
    Jobseeker,
    Leave,
    NoticeObjection,
    PhoneCheck,
    PhoneSample,
    Placement,
    RiskSettlement,
    Scan,
    School,
    SubsidyClaim,
    SubsidyLine,
    Ticket,
    TrainingClass,
    TrainingOrder,
)
from scheduling.planning.timetable import HERE
from scheduling.refusals import ArchiveOvertaken, ClassCalledOff, NotAnArchive, NotFound

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a ZIP can say: the same file again has the same bytes
MOST_FILES, MOST_BYTES = 200, 96 * 1024 * 1024
# What of a row may change though nobody changed what it says: counters, calendars' numbers, what retention empties
_PASSING = {"read", "body_hash", "sequence", "changed_at", "taken", "queued", "key_rotation", "uid"}


@dataclass(frozen=True)
class Comparison:
    """A ZIP held against what was recorded: names of files that are the same, differ, are gone, came in."""

    same: tuple[str, ...]
    differ: tuple[str, ...]
    gone: tuple[str, ...]
    added: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether it is what was laid on the shelf, and nothing else."""
        return not (self.differ or self.gone or self.added)


def digests(session: Session, training_class: TrainingClass) -> dict[str, str]:
    """Give the SHA-256 of the rows of each part of a class. A fixed number of questions."""
    found = {}
    for part, queries in _parts(training_class.id).items():
        kept = [[_plain(row) for row in session.execute(query).mappings()] for query in queries]
        found[part] = hashlib.sha256(json.dumps(kept, sort_keys=True, default=str).encode()).hexdigest()
    return found


def readings(session: Session, training_class: TrainingClass) -> list[tuple[Scan, UUID | None]]:
    """Give every reading at the class's sessions, undos too, with whose ticket it was (an enrolment). By time."""
    rows = (
        select(Scan, Ticket.enrolment_id)
        .join(ClassSession, ClassSession.id == Scan.session_id)
        .outerjoin(Ticket, Ticket.id == Scan.ticket_id)
        .where(ClassSession.class_id == training_class.id)
        .order_by(Scan.scanned_at, Scan.id)
    )
    return [(scan, holder) for scan, holder in session.execute(rows)]


def packed(files: Mapping[str, bytes]) -> bytes:
    """Give a ZIP of these files in the order of their names: the same files give the same bytes."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as into:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            into.writestr(entry, files[name])
    return made.getvalue()


def opened(data: bytes) -> dict[str, bytes]:
    """Give the files of a ZIP by name. Raises NotAnArchive for what is none, is damaged, or would be too large."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as held:
            entries = [entry for entry in held.infolist() if not entry.is_dir()]
            if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise NotAnArchive
            return {entry.filename: held.read(entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as broken:
        raise NotAnArchive from broken


def hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    """Give each file's SHA-256 in hex, by name."""
    return {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}


def compared(manifest: Mapping[str, str], files: Mapping[str, bytes]) -> Comparison:
    """Hold files against what was recorded of an archive."""
    here = hashes(files)
    both = sorted(manifest.keys() & here.keys())
    return Comparison(
        same=tuple(name for name in both if here[name] == manifest[name]),
        differ=tuple(name for name in both if here[name] != manifest[name]),
        gone=tuple(sorted(manifest.keys() - here.keys())),
        added=tuple(sorted(here.keys() - manifest.keys())),
    )


def keep(
    session: Session,
    training_class: TrainingClass,
    *,
    manifest: Mapping[str, str],
    facts: Mapping[str, str],
    by: Account | None,
    now: datetime,
) -> ClassArchive:
    """Note what was laid on the shelf; the very same files as last time give the last row.

    Raises ArchiveOvertaken when the class is another by now than `facts`, of which the files were made.
    """
    _hold(session, training_class)
    if digests(session, training_class) != dict(facts):
        raise ArchiveOvertaken
    last = next(iter(of_class(session, training_class)), None)
    if last is not None and (last[0].manifest, last[0].facts) == (dict(manifest), dict(facts)):
        return last[0]
    told = {"manifest": dict(manifest), "facts": dict(facts), "by_id": by.id if by else None, "at": now}
    row = ClassArchive(class_id=training_class.id, **told)
    session.add(row)
    session.flush()
    deeds.record(session, "class.archived", row, county=training_class.county, by=by, now=now, files=len(manifest))
    return row


def of_class(session: Session, training_class: TrainingClass) -> list[tuple[ClassArchive, str | None]]:
    """Give the archives of a class with who made each, the newest first."""
    rows = (
        select(ClassArchive, Account.name)
        .outerjoin(Account, Account.id == ClassArchive.by_id)
        .where(ClassArchive.class_id == training_class.id)
        .order_by(ClassArchive.at.desc(), ClassArchive.id.desc())
    )
    return [(row, name) for row, name in session.execute(rows)]


def find(session: Session, training_class: TrainingClass, id_: UUID) -> ClassArchive:
    """Give one archive of this class. Raises NotFound."""
    wanted = select(ClassArchive).where(ClassArchive.class_id == training_class.id, ClassArchive.id == id_)
    row = session.scalar(wanted)
    if row is None:
        raise NotFound
    return row


def changed_since(archive: ClassArchive, facts: Mapping[str, str]) -> list[str]:
    """Name the parts whose rows are others now than when it was laid on the shelf.

    A part that was not recorded then, for nobody thought of it yet, says nothing.
    """
    return [part for part in facts if part in archive.facts and archive.facts[part] != facts[part]]


def keep_until(training_class: TrainingClass, archive: ClassArchive) -> date:
    """Give the day until which it is kept: so many years after it was laid there, by the course's rules."""
    laid = archive.at.astimezone(HERE).date()
    years = training_rules.of(training_class.course).archive_years
    leap = (laid.month, laid.day) == (2, 29)
    return date(laid.year + years, 3, 1) if leap else laid.replace(year=laid.year + years)


def _hold(session: Session, training_class: TrainingClass) -> None:
    """Let one at a time lay it there; a class that was called off has a file too."""
    try:
        lock(session, training_class)
    except ClassCalledOff:
        return


def _parts(id_: UUID) -> dict[str, list[Select[Any]]]:
    """Give what is read for each part, in the order of keys of `archive.part` in the wording."""
    own = select(Enrolment.id).where(Enrolment.class_id == id_)
    sessions = select(ClassSession.id).where(ClassSession.class_id == id_)
    exams, claims = select(Exam.id).where(Exam.class_id == id_), select(SubsidyClaim.id).filter_by(class_id=id_)
    samples = select(PhoneSample.id).where(PhoneSample.class_id == id_)
    of_class = (
        select(*_columns(TrainingClass), Course.name, Course.total_hours, School.name.label("school"))
        .join(Course, Course.id == TrainingClass.course_id)
        .outerjoin(School, School.id == TrainingClass.school_id)
        .where(TrainingClass.id == id_)
    )
    people = select(*_columns(Enrolment), Jobseeker.name, Jobseeker.phone)
    people = people.join(Jobseeker, Jobseeker.id == Enrolment.jobseeker_id).where(Enrolment.class_id == id_)
    ordered = (
        select(*_columns(ClassOrder), TrainingOrder.no, TrainingOrder.trade, TrainingOrder.heads, Enterprise.name)
        .join(TrainingOrder, TrainingOrder.id == ClassOrder.order_id)
        .join(Enterprise, Enterprise.id == TrainingOrder.enterprise_id)
        .where(ClassOrder.class_id == id_)
    )
    return {
        "class": [of_class],
        "orders": [ordered.order_by(ClassOrder.id)],
        "sessions": [_all(ClassSession, ClassSession.class_id == id_)],
        "enrolments": [people.order_by(Enrolment.id)],
        "passes": [_all(EnrolmentOverride, EnrolmentOverride.enrolment_id.in_(own))],
        "attendance": [_all(Scan, Scan.session_id.in_(sessions))],
        "leaves": [_all(Leave, Leave.enrolment_id.in_(own))],
        "dossier": [_all(ClassDossier, ClassDossier.class_id == id_)],
        "filing": [_all(ClassFiling, ClassFiling.class_id == id_)],
        "exams": [_all(Exam, Exam.class_id == id_), _all(ExamSeat, ExamSeat.exam_id.in_(exams))],
        "certificates": [_all(Certificate, Certificate.enrolment_id.in_(own))],
        "claim": [
            _all(SubsidyClaim, SubsidyClaim.class_id == id_),
            _all(SubsidyLine, SubsidyLine.claim_id.in_(claims)),
            _all(NoticeObjection, NoticeObjection.claim_id.in_(claims)),
        ],
        "follow_ups": [
            _all(Placement, Placement.enrolment_id.in_(own)),
            _all(FollowUp, FollowUp.enrolment_id.in_(own)),
        ],
        "checks": [_all(PhoneSample, PhoneSample.class_id == id_), _all(PhoneCheck, PhoneCheck.sample_id.in_(samples))],
        "risks": [_all(RiskSettlement, RiskSettlement.class_id == id_)],
    }


def _all(kind: Any, where: ColumnElement[bool]) -> Select[Any]:  # noqa: ANN401  any model
    return select(*_columns(kind)).where(where).order_by(kind.id)


def _columns(kind: Any) -> list[Any]:  # noqa: ANN401  any model
    """Give the columns that say something: no sealed bytes, which differ each time, and nothing of _PASSING."""
    table: Table = kind.__table__
    return [each for each in table.c if each.name not in _PASSING and not isinstance(each.type, LargeBinary)]


def _plain(row: Any) -> dict[str, Any]:  # noqa: ANN401  a mapping of columns
    return {str(name): value for name, value in row.items()}
