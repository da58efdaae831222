"""On air: what is read now and what comes, as somebody presses, or by the plan's clock where nobody does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds, vacancies
from scheduling.fairs import require_unfinished
from scheduling.livestreams.locking import KEPT, lock_of
from scheduling.livestreams.show import of_show
from scheduling.models import Account, Fair, LiveAiring, LiveJob, LiveLock, LiveSlot, Vacancy
from scheduling.refusals import FairCalledOff, NotFound, NotShowTime

EARLY = timedelta(minutes=30)  # before the show: the first item may be put up while people come in
LATE = timedelta(hours=6)  # after its planned end; questions have gone on past midnight
GRACE = timedelta(minutes=10)  # over a slot's time: whoever presses still holds it; then the plan's clock goes on
INTRO = timedelta(minutes=1)  # an enterprise is introduced before its first job


@dataclass(frozen=True)
class Job:
    """One job of the show under its number; `card` has the fields of vacancies.Card as attributes."""

    job_no: int
    no: int  # 岗位号
    enterprise_id: UUID
    enterprise: str
    card: SimpleNamespace


@dataclass(frozen=True)
class Cue:
    """One thing the host reads: a part of the show, an enterprise, or one of its jobs."""

    slot: LiveSlot
    job: Job | None = None

    @property
    def key(self) -> str:
        """Name it among the cues of its show: the slot's id, and the job number."""
        return f"{self.slot.id}/{self.job.job_no}" if self.job else str(self.slot.id)


@dataclass(frozen=True)
class Show:
    """A livestream as it is told: its run, its jobs (frozen by `lock`, if there is one), what was pressed last."""

    fair: Fair
    slots: tuple[LiveSlot, ...]
    jobs: tuple[Job, ...]
    lock: LiveLock | None
    last: LiveAiring | None

    @cached_property
    def cues(self) -> list[Cue]:
        """Give everything that is read, in order."""
        return [cue for slot in self.slots for cue in (Cue(slot), *(Cue(slot, job) for job in self.jobs_of(slot)))]

    @cached_property
    def ends_at(self) -> datetime:
        """Give when the last item ends as planned; without items, when the fair ends."""
        return max((ends(slot) for slot in self.slots), default=self.fair.ends_at)

    def jobs_of(self, slot: LiveSlot) -> list[Job]:
        """Give the jobs an enterprise's slot shows; a part of the show has none."""
        return [job for job in self.jobs if slot.enterprise_id is not None and job.enterprise_id == slot.enterprise_id]

    def beside(self, cue: Cue | None) -> tuple[Cue | None, Cue | None]:
        """Give what is read before and after a cue; of none, the first comes next."""
        at = next((n for n, each in enumerate(self.cues) if cue is not None and each.key == cue.key), -1)
        return (self.cues[at - 1] if at > 0 else None), next(iter(self.cues[at + 1 :]), None)

    def cue(self, slot_id: UUID | None, job_no: int | None = None) -> Cue | None:
        """Give the cue of a slot that stands and a job number in it."""
        cues = [cue for cue in self.cues if cue.slot.id == slot_id]
        return next((cue for cue in cues if (cue.job.job_no if cue.job else None) == job_no), None)


@dataclass(frozen=True)
class OnAir:
    """How a show stands: `before`, `on` or `over`; on air, with the cue, and from when till when its slot goes."""

    state: str
    cue: Cue | None = None
    since: datetime | None = None
    until: datetime | None = None
    pressed: bool = False  # by somebody; else it is what the plan says of this hour
    coming: tuple[LiveSlot, ...] = ()


def ends(slot: LiveSlot) -> datetime:
    """Give when a slot ends as planned."""
    return slot.starts_at + timedelta(minutes=slot.minutes)


def find(session: Session, county: str, slug: str, *, public: bool = False) -> Fair:
    """Give the livestream of this slug; with `public` none that is a draft. Raises NotFound, for another fair too."""
    fair = session.scalar(select(Fair).where(Fair.county == county, Fair.slug == slug, Fair.kind == "livestream"))
    if fair is None or (public and fair.publication is None):
        raise NotFound
    return fair


def by_number(session: Session, county: str, number: int) -> Fair:
    """Give the published livestream of this number, which stands in its QR. Raises NotFound."""
    fair = session.scalar(select(Fair).where(Fair.county == county, Fair.number == number, Fair.kind == "livestream"))
    if fair is None or fair.publication is None:
        raise NotFound
    return fair


def read(session: Session, fair: Fair) -> Show:
    """Give the whole show. Four questions, however long it is."""
    slots, lock = of_show(session, fair), lock_of(session, fair)
    return Show(fair, tuple(slots), jobs_of(session, fair, lock), lock, _last(session, fair))


def jobs_of(session: Session, fair: Fair, lock: LiveLock | None) -> tuple[Job, ...]:
    """Give the jobs by number: as locked, or as the public may see them now. One question."""
    if lock is None:
        shown = vacancies.at_fair(session, fair)
        return tuple(_job(row.job_no, row.vacancy) for row in shown)
    rows = session.scalars(select(LiveJob).where(LiveJob.lock_id == lock.id).order_by(LiveJob.job_no))
    return tuple(
        Job(row.job_no, row.no, row.enterprise_id, row.enterprise, SimpleNamespace(**row.card)) for row in rows
    )


def put_on_air(
    session: Session, slot: LiveSlot, job_no: int | None = None, *, by: Account | None, now: datetime
) -> LiveAiring:
    """Note that this is on air from now on: an item of the show, or one job of an enterprise's item.

    What is on air already stays as it is. Raises FairCalledOff, FairFinished, NotShowTime(before, after), NotFound
    for an item that was dropped and for a job number that is not its own.
    """
    fair = session.get_one(Fair, slot.fair_id)
    session.refresh(fair, with_for_update={"of": Fair})
    _require_show_time(fair, now)
    show = read(session, fair)
    if show.cue(slot.id, job_no) is None:
        raise NotFound
    last = show.last
    if last is not None and (last.slot_id, last.job_no) == (slot.id, job_no):
        return last
    began = last.began_at if last is not None and last.slot_id == slot.id else now
    told = {"slot_id": slot.id, "job_no": job_no, "began_at": began}
    return _note(session, fair, told, "live.on_air", by=by, now=now, item=slot.position, job_no=job_no)


def sign_off(session: Session, fair: Fair, *, by: Account | None, now: datetime) -> LiveAiring:
    """Note that the show is over (下播); again changes nothing. Raises FairCalledOff, FairFinished, NotShowTime."""
    session.refresh(fair, with_for_update={"of": Fair})
    _require_show_time(fair, now)
    last = _last(session, fair)
    if last is not None and last.slot_id is None:
        return last
    return _note(session, fair, {"began_at": now}, "live.signed_off", by=by, now=now)


def find_slot(session: Session, fair: Fair, id_: UUID) -> LiveSlot:
    """Give an item of the show that stands. Raises NotFound."""
    slot = session.scalar(
        select(LiveSlot).where(LiveSlot.fair_id == fair.id, LiveSlot.id == id_, LiveSlot.dropped_at.is_(None))
    )
    if slot is None:
        raise NotFound
    return slot


def on_air(show: Show, *, now: datetime) -> OnAir:
    """Say what is on air at `now`.

    Whoever pressed last is believed until GRACE after her item should have ended; then it is what the plan says of
    this hour, but never something before what was pressed. An item that was dropped since is as if never pressed.
    """
    last = show.last
    if last is not None and last.slot_id is None:
        return OnAir("over")
    planned = max((place for place, slot in enumerate(show.slots) if slot.starts_at <= now), default=-1)
    pressed = next((n for n, slot in enumerate(show.slots) if last is not None and slot.id == last.slot_id), None)
    if last is not None and pressed is not None:
        slot = show.slots[pressed]
        held = max(last.began_at + timedelta(minutes=slot.minutes), last.at) + GRACE
        if now < held or (pressed >= planned and now < show.ends_at + GRACE):
            return _item(show, pressed, last.began_at, now, last)
    if now >= show.ends_at:
        return OnAir("over")
    if planned < 0:  # nobody has arranged a run of show, or it has not begun
        return OnAir("before" if show.slots or now < show.fair.starts_at else "on", coming=show.slots)
    return _item(show, planned, show.slots[planned].starts_at, now, None)


def _item(show: Show, place: int, began: datetime, now: datetime, pressed: LiveAiring | None) -> OnAir:
    slot = show.slots[place]
    cue = show.cue(slot.id, pressed.job_no) if pressed is not None and pressed.job_no is not None else None
    return OnAir(
        "on",
        cue or Cue(slot, _by_share(show.jobs_of(slot), slot, now - began)),
        since=began,
        until=began + timedelta(minutes=slot.minutes),
        pressed=pressed is not None,
        coming=show.slots[place + 1 :],
    )


def _by_share(jobs: list[Job], slot: LiveSlot, gone: timedelta) -> Job | None:
    """Give the job that has its turn when each has the same share of the slot, after the enterprise's introduction."""
    talk = timedelta(minutes=slot.minutes) - INTRO
    if not jobs or gone < INTRO or talk <= timedelta():
        return None
    return jobs[min(len(jobs) - 1, int((gone - INTRO) / talk * len(jobs)))]


def _job(job_no: int, vacancy: Vacancy) -> Job:
    card = SimpleNamespace(**{field: getattr(vacancy, field) for field in KEPT})
    return Job(job_no, vacancy.no, vacancy.enterprise_id, vacancy.enterprise.name, card)


def _last(session: Session, fair: Fair) -> LiveAiring | None:
    """Give what was pressed last; nothing from an hour at which the show was, before it was moved to a later one."""
    pressed = select(LiveAiring).where(LiveAiring.fair_id == fair.id, LiveAiring.at >= fair.starts_at - EARLY)
    return session.scalar(pressed.order_by(LiveAiring.at.desc(), LiveAiring.id.desc()).limit(1))


def _require_show_time(fair: Fair, now: datetime) -> None:
    if fair.calling_off is not None:
        raise FairCalledOff
    require_unfinished(fair)
    if fair.publication is None or not fair.starts_at - EARLY <= now <= fair.ends_at + LATE:
        raise NotShowTime(before=EARLY // timedelta(minutes=1), after=LATE // timedelta(hours=1))


def _note(
    session: Session,
    fair: Fair,
    told: dict[str, Any],
    what: str,
    *,
    by: Account | None,
    now: datetime,
    **facts: Any,  # noqa: ANN401  as deeds.record
) -> LiveAiring:
    row = LiveAiring(fair_id=fair.id, by_id=by.id if by else None, at=now, **told)
    session.add(row)
    session.flush()
    deeds.record(session, what, fair, by=by, now=now, **facts)
    return row
