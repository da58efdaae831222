"""From who wants to be on air to the planner's problem, and from an accepted run of show into slots."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import fairs, livestreams, vacancies
from scheduling.models import Account, Enterprise, Fair, FairVacancy, LiveRequest, Vacancy
from scheduling.planning.airtime import problem as given

MINUTE = timedelta(minutes=1)
SEGMENTS = {"opening": "开场", "policy": "讲政策", "qa": "答疑", "closing": "收尾"}


@dataclass(frozen=True)
class Setup:
    """What the bureau decides about the show itself, besides who wants to be on air."""

    hosts: tuple[given.Host, ...]
    segments: tuple[given.Segment, ...]
    buffer: int = 0
    weights: given.Weights = field(default_factory=given.Weights)


def gather(session: Session, fair: Fair, setup: Setup) -> given.Problem:
    """Give who asked to be on air in `fair`, when their speakers can, and how many job numbers each needs.

    Minutes count from the show's beginning; keys are the enterprises' ids, of a speaker her enterprise's.
    """
    asked = livestreams.asked(session, fair)
    numbers = _numbers(session, fair)
    return given.Problem(
        show=given.Show(
            length=minute(fair, fair.ends_at),
            hosts=setup.hosts,
            segments=setup.segments,
            buffer=setup.buffer,
            last_number=max((job_no for shown in numbers.values() for job_no in shown.values()), default=0),
            opens=_minute_of_day(fair.starts_at),
        ),
        requests=tuple(_request(row, numbers[row.enterprise_id]) for row in asked),
        speakers=tuple(_speaker(fair, row) for row in asked),
        weights=setup.weights,
    )


def carry_out(session: Session, fair: Fair, plan: given.Plan, *, by: Account | None, now: datetime) -> None:
    """Put the run of show into effect: who is on air when, and the vacancies under their job numbers.

    Again changes nothing. Raises FairCalledOff, VacancyNotApproved.
    """
    asked = {str(row.enterprise_id): row for row in livestreams.asked(session, fair)}
    slots = []
    for item in plan.items:
        row = asked.get(item.key)
        if item.kind == given.COMPANY and row is None:  # it withdrew after the plan was made
            continue
        jobs = _shown(session, fair, row, by=by, now=now) if row else []
        slots.append(
            livestreams.Slot(
                key=item.key,
                kind=item.kind,
                title=row.enterprise.name if row else SEGMENTS[item.kind],
                starts_at=moment(fair, item.start),
                minutes=item.minutes,
                host=item.host,
                speaker=row.speaker if row else "",
                enterprise_id=row.enterprise_id if row else None,
                first_job_no=min(jobs, default=None),
                last_job_no=max(jobs, default=None),
            )
        )
    livestreams.arrange(session, fair, slots, by=by, now=now)


def minute(fair: Fair, at: datetime) -> int:
    """Give how many whole minutes after the show's beginning `at` is."""
    return (at - fair.starts_at) // MINUTE


def moment(fair: Fair, minutes: int) -> datetime:
    """Give the time so many minutes after the show's beginning."""
    return fair.starts_at + minutes * MINUTE


def _minute_of_day(at: datetime) -> int:
    here = at.astimezone(fairs.HERE)
    return here.hour * 60 + here.minute


def _shown(session: Session, fair: Fair, row: LiveRequest, *, by: Account | None, now: datetime) -> list[int]:
    """Show the vacancies an enterprise brings, and give their job numbers; a locked list stays as it is."""
    if livestreams.lock_of(session, fair) is None:
        vacancies.choose(session, fair, row.enterprise, {int(no) for no in row.jobs}, by=by, now=now)
    return [shown.job_no for shown in vacancies.shown_at(session, fair, row.enterprise)]


def _numbers(session: Session, fair: Fair) -> defaultdict[UUID, dict[str, int]]:
    """Give each enterprise's 岗位号 at this fair with the job number it has there, withdrawn ones too."""
    query = (
        select(Enterprise.id, Vacancy.no, FairVacancy.job_no)
        .join(Vacancy, Vacancy.enterprise_id == Enterprise.id)
        .join(FairVacancy, FairVacancy.vacancy_id == Vacancy.id)
        .where(FairVacancy.fair_id == fair.id)
    )
    found: defaultdict[UUID, dict[str, int]] = defaultdict(dict)
    for id_, no, job_no in session.execute(query):
        found[id_][str(no)] = job_no
    return found


def _request(row: LiveRequest, shown: dict[str, int]) -> given.Request:
    """Give what one enterprise asks for. Numbers announced before stay; where they lie apart, none are planned."""
    known = sorted(shown[no] for no in row.jobs if no in shown)
    apart = known and (len(known) < len(row.jobs) or known[-1] - known[0] >= len(known))
    return given.Request(
        key=str(row.enterprise_id),
        name=row.enterprise.name,
        trade=row.enterprise.industry,
        speakers=(str(row.enterprise_id),),
        least=row.least,
        wanted=row.wanted,
        jobs=0 if apart else len(row.jobs),
        wish=row.wish,
        optional=row.optional,
        announced=known[0] if known and not apart else 0,
    )


def _speaker(fair: Fair, row: LiveRequest) -> given.Speaker:
    since, until = row.free_from or fair.starts_at, row.free_until or fair.ends_at
    windows = (
        () if row.free_from is row.free_until is None else (given.Window(minute(fair, since), minute(fair, until)),)
    )
    return given.Speaker(str(row.enterprise_id), row.speaker, windows)
