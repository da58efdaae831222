"""Marks: what a trainee was to a session, as in the paper book (domain.md §8), and the hours she reached.

A pure function of scans, leaves, sessions and rules: any order, repetition or split of uploads gives the same marks.
- 到 `/` present, 迟到 `¢` late: she signed in later than so many minutes after it began; 早退 `△` early: she signed out
  more than so many minutes before its end; both 迟到早退 `¢△`. Times count by the minute, as they are shown.
- The first sign-in counts, and the last sign-out after it: who goes out in the break and comes back has not left. Who
  never signed out is taken to have stayed, and told as such, unless she is on paper, where nobody signs out.
- 告假 `×` private and 病假 sick: leave was granted, and she did not sign in. Who comes all the same was there.
- 不到 `○` absent: it is over and she neither signed in nor had leave. Signing out alone is no presence, nor is signing
  in once the lesson is over; both are told.
- No mark: still to come or going on, or it was over before she had a seat.
Counted hours (课时): a session's all for whoever was there, late and early too, as a paper book counts attendances
(出勤); none for leave and absence. No place we know of cuts hours by minutes. 课时达标率 is her counted hours in the
hours the course asks of her; leave does not lower what is asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from scheduling.attendance.meanings import Reading, standing
from scheduling.models import ClassSession, Enrolment
from scheduling.training_rules import Terms

CAME = frozenset({"present", "late", "early", "late_early"})
LEAVES = frozenset({"private", "sick"})
SYMBOLS = {"present": "/", "late": "¢", "early": "△", "late_early": "¢△", "private": "×", "absent": "○"}  # 青岛
WHOLE = 100  # percent

Key = tuple[UUID, UUID]
"""An enrolment's id and a session's."""


@dataclass(frozen=True)
class Leave:
    """Leave that stands. `reason`: private or sick; `state`: asked, granted or refused; `paper`: typed afterwards."""

    reason: str
    state: str
    paper: bool = False


@dataclass(frozen=True)
class Mark:
    """One trainee at one session. `kind`: one of CAME or LEAVES, absent, or nothing yet.

    `hours` are those that count. `told` names what a teacher should know: paper (typed afterwards, 补录), unsigned
    (never signed out), only_out, too_late (signed in once it was over), far (signed in outside the fence, `away` metres
    off), unplaced (the phone did not say where).
    """

    kind: str
    hours: int = 0
    came_at: datetime | None = None
    left_at: datetime | None = None
    told: frozenset[str] = frozenset()
    away: int | None = None
    leave: Leave | None = None

    @property
    def present(self) -> bool:
        """Whether she was there."""
        return self.kind in CAME


@dataclass(frozen=True)
class Tally:
    """One trainee in her class. Hours are 课时: `attended` count, `required` is what her course asks for.

    `needed` of them admit her to the examination; `ahead` are those of hers still to be taught, planned or not.
    """

    counts: Mapping[str, int]
    attended: int
    required: int
    needed: int
    ahead: int

    @property
    def there(self) -> int:
        """How often she was there (出勤)."""
        return sum(self.counts.get(kind, 0) for kind in CAME)

    @property
    def missed(self) -> int:
        """How often she was neither there nor excused (缺勤)."""
        return self.counts.get("absent", 0)

    @property
    def excused(self) -> int:
        """How often she had leave (其它)."""
        return sum(self.counts.get(kind, 0) for kind in LEAVES)

    @property
    def share(self) -> int:
        """课时达标率 in percent, rounded down, so that 80 is never said of less."""
        return min(WHOLE, self.attended * WHOLE // self.required) if self.required else WHOLE

    @property
    def still(self) -> int:
        """Hours she must still attend to be admitted."""
        return max(0, self.needed - self.attended)

    @property
    def reached(self) -> bool:
        """Whether she may sit the examination as far as hours go."""
        return self.still == 0

    @property
    def spare(self) -> int:
        """Hours she may still miss and be admitted; below nothing: she cannot reach it any more."""
        return self.attended + self.ahead - self.needed


def marks(
    readings: Iterable[Reading],
    leaves: Mapping[Key, Leave],
    lessons: Iterable[ClassSession],
    people: Iterable[Enrolment],
    *,
    terms: Terms,
    fence: int | None = None,
    now: datetime,
) -> dict[Key, Mark]:
    """Give the mark of every trainee at every session that is hers.

    `lessons` are those of one class that are not cancelled; `fence` is in metres, None where there is none.
    """
    held, scans = list(lessons), defaultdict(list)
    for reading in standing(readings):
        if reading.holder and reading.occasion:
            scans[reading.holder, reading.occasion].append(reading)
    parties = max((lesson.party for lesson in held), default=0)
    return {
        (person.id, lesson.id): _mark(
            lesson,
            scans.get((person.id, lesson.id), []),
            leaves.get((person.id, lesson.id)),
            seated_at=person.confirmed_at,
            late=timedelta(minutes=terms.late_minutes),
            fence=fence,
            now=now,
        )
        for person in people
        for lesson in held
        if person.attends(lesson, parties)
    }


def tally(own: Iterable[tuple[ClassSession, Mark]], *, required: int, share: int, now: datetime) -> Tally:
    """Add up one trainee's sessions. `required` hours are asked for, of which `share` percent admit her."""
    counts: Counter[str] = Counter()
    attended = ahead = planned = 0
    for lesson, mark in own:
        counts[mark.kind] += 1
        attended += mark.hours
        planned += lesson.hours
        ahead += lesson.hours if not mark.kind and lesson.ends_at > now else 0
    return Tally(counts, attended, required, -(-required * share // WHOLE), ahead + max(0, required - planned))


def _mark(
    lesson: ClassSession,
    scans: list[Reading],
    leave: Leave | None,
    *,
    seated_at: datetime | None,
    late: timedelta,
    fence: int | None,
    now: datetime,
) -> Mark:
    entries = [scan for scan in scans if scan.direction == "in"]
    came = entries[0] if entries and entries[0].scanned_at < lesson.ends_at else None
    outs = [scan for scan in scans if scan.direction == "out" and (came is None or scan.scanned_at >= came.scanned_at)]
    left, over = outs[-1] if outs else None, now >= lesson.ends_at
    if came is not None:
        kind = _kind(lesson, came.scanned_at, left.scanned_at if left else None, late)
        told = _told(came, left, over=over, fence=fence)
        times = came.scanned_at, left.scanned_at if left else None
        return Mark(kind, lesson.hours, *times, told, came.away_metres, leave)
    told = frozenset({"too_late"} if entries else {"only_out"} if left else ())
    left_at = left.scanned_at if left else None
    if leave is not None and leave.state == "granted":
        told |= {"paper"} if leave.paper else frozenset()
        return Mark(leave.reason, 0, None, left_at, told, None, leave)
    hers = seated_at is not None and seated_at < lesson.ends_at
    return Mark("absent" if over and hers else "", 0, None, left_at, told, None, leave)


def _kind(lesson: ClassSession, came: datetime, left: datetime | None, late: timedelta) -> str:
    after = _minute(came) > _minute(lesson.starts_at + late)
    before = left is not None and _minute(left) < _minute(lesson.ends_at - late)
    if after and before:
        return "late_early"
    return "late" if after else "early" if before else "present"


def _told(came: Reading, left: Reading | None, *, over: bool, fence: int | None) -> frozenset[str]:
    told = set()
    if "paper" in {came.way, left.way if left else ""}:
        told.add("paper")
    elif over and left is None:
        told.add("unsigned")
    if came.way == "screen" and fence is not None:
        if came.away_metres is None:
            told.add("unplaced")
        elif came.away_metres > fence:
            told.add("far")
    return frozenset(told)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
