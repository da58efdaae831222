"""Training rules (培训规则): presets as data, the rules a course goes by, and what of a course they do not allow.

Places disagree, so nothing here is law: a preset is where a county starts from, and the desk changes its figures.
Sources (domain.md §8): `sample` is the reference's own 示例, `huaian` 淮安 2023, `delta` one city in 江浙, `hangzhou`
杭州 2011, `qinghai` 青海 2019, `ruian` 瑞安, `jiaokou` 交口, `special_work` 特种作业
(低压电工, 熔焊).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds, identity, once
from scheduling.models import Account, Course, TrainingRules
from scheduling.refusals import NotFound, RulesKnown

EMERGENCY = "应急管理部门"  # who issues 特种作业操作证


@dataclass(frozen=True)
class Terms:
    """What rules say; `models.TrainingRules` tells each field."""

    hour_minutes: int = 45
    least_hours: int | None = None
    least_theory_share: int | None = None
    least_practice_share: int | None = None
    most_hours_a_day: int = 8
    most_trainees: int | None = 50
    most_a_year: int | None = 1
    once_a_level: bool = True
    offer_hours: int | None = None
    attendance_share: int = 80
    late_minutes: int = 10
    sick_mark: str = "病"
    pass_theory: int = 60
    pass_practice: int = 60
    resits: int = 1
    outside_issuer: str = ""
    file_days: int | None = 7
    exam_roster_days: int | None = 7
    claim_workdays: int | None = 7
    notice_workdays: int = 5
    archive_years: int = 10
    yuan_a_person: int | None = None
    yuan_an_hour: int | None = None
    yuan_at_most: int | None = None
    share_without_job: int | None = None
    sample_share: int = 10
    phone_for: int = 3
    device_for: int = 3
    burst_seconds: int = 60
    backfill_share: int = 10


SAMPLE = Terms(yuan_an_hour=10, yuan_at_most=2000)
PRESETS: Mapping[str, Terms] = MappingProxyType(
    {
        "sample": SAMPLE,
        "huaian": Terms(least_hours=40, least_practice_share=60, yuan_an_hour=10),
        "delta": Terms(least_hours=40, least_theory_share=40, least_practice_share=40, yuan_an_hour=10),
        "hangzhou": Terms(least_practice_share=60, yuan_an_hour=10),
        "qinghai": Terms(least_hours=80, yuan_an_hour=10),
        "ruian": Terms(yuan_an_hour=25, yuan_at_most=2000),
        "induction": Terms(yuan_a_person=200, most_a_year=None, once_a_level=False, file_days=None),
        "jiaokou": Terms(yuan_an_hour=10, share_without_job=60),
        "special_work": Terms(
            pass_theory=80, pass_practice=80, outside_issuer=EMERGENCY, yuan_a_person=500, offer_hours=24
        ),
    }
)


def of(course: Course) -> Terms:
    """Give what the course goes by: its own rules, or the sample's where the desk named none."""
    row = course.rules
    return SAMPLE if row is None else terms(row)


def terms(row: TrainingRules) -> Terms:
    """Give what a row says."""
    return Terms(**{field.name: getattr(row, field.name) for field in fields(Terms)})


def add(session: Session, county: str, *, name: str, terms: Terms, by: Account | None, now: datetime) -> TrainingRules:
    """Add rules under a name; the very same again gives the first.

    Raises NameMissing, RulesKnown(name) when other figures stand under it.
    """
    figures = asdict(terms)
    row, is_new = once.write(session, TrainingRules, {"county": county, "name": identity.name(name)}, **figures)
    if is_new:
        deeds.record(session, "training_rules.added", row, by=by, now=now)
    elif any(getattr(row, figure) != value for figure, value in figures.items()):
        raise RulesKnown(name=row.name)
    return row


def change(session: Session, row: TrainingRules, terms: Terms, *, by: Account | None, now: datetime) -> None:
    """Change figures; what stands already stays. The same again changes nothing. The deed says what was before."""
    session.execute(select(TrainingRules.id).where(TrainingRules.id == row.id).with_for_update())
    session.refresh(row)
    before = []
    for name, value in asdict(terms).items():
        if getattr(row, name) != value:
            before.append(f"{name}={getattr(row, name)}")
            setattr(row, name, value)
    if before:
        session.flush()
        deeds.record(session, "training_rules.changed", row, by=by, now=now, before=", ".join(before))


def give(session: Session, course: Course, row: TrainingRules | None, *, by: Account | None, now: datetime) -> None:
    """Let the course go by `row`, or by none of its own; again changes nothing."""
    id_ = row.id if row else None
    if course.rules_id == id_:
        return
    course.rules_id = id_
    session.flush()
    session.expire(course, ["rules"])
    deeds.record(session, "course.rules_given", course, by=by, now=now)


def of_county(session: Session, county: str) -> list[TrainingRules]:
    """Give every county's rules, by name."""
    return list(session.scalars(select(TrainingRules).filter_by(county=county).order_by(TrainingRules.name)))


def named(session: Session, county: str, name: str) -> TrainingRules:
    """Give the rules of that name. Raises NotFound."""
    row = session.scalar(select(TrainingRules).filter_by(county=county, name=name))
    if row is None:
        raise NotFound
    return row


def find(session: Session, county: str, id_: UUID) -> TrainingRules:
    """Give rules by their id: a name may hold what no address can. Raises NotFound."""
    row = session.scalar(select(TrainingRules).filter_by(county=county, id=id_))
    if row is None:
        raise NotFound
    return row


def faults(course: Course) -> dict[str, int]:
    """Say what of the course its rules do not allow: a key for each, with the figure asked for."""
    rules, found = of(course), {}
    if rules.least_hours and course.total_hours < rules.least_hours:
        found["least_hours"] = rules.least_hours
    for kind in ("theory", "practice"):
        share = getattr(rules, f"least_{kind}_share")
        if share and getattr(course, f"{kind}_hours") * 100 < share * course.total_hours:
            found[f"least_{kind}_share"] = share
    if rules.most_trainees and course.class_cap > rules.most_trainees:
        found["most_trainees"] = rules.most_trainees
    return found
