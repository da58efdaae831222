"""Rows as calendar entries: what a fair or a class session says in somebody's calendar, always in Chinese."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime

from scheduling.feeds import text
from scheduling.feeds.ical import ZONE, Entry
from scheduling.models import FairMove

MOVED, ELSEWHERE, CANCELLED = "【改期】", "【换地点】", "【已取消】"

_COLORS = {
    "market_fair": "firebrick",
    "gig_fair": "darkgoldenrod",
    "livestream": "royalblue",
    "roadshow_stop": "slategray",
    "courtyard_fair": "firebrick",
    "theory": "royalblue",
    "practice": "teal",
}


@dataclass(frozen=True)
class Voice:
    """What the portal knows and a feed says: the words for our keys, where pages are, whom to ring."""

    word: Callable[[str | None, str], str]  # (key, family) → Chinese
    page: Callable[[str, str], str]  # ("fair" or "course", slug) → absolute address
    phone: str  # the office's, not a person's

    @property
    def key(self) -> Hashable:
        """Tell apart two voices that would say another thing of the same row."""
        return self.word, self.page("fair", "x"), self.page("course", "x"), self.phone


@dataclass(frozen=True, slots=True)
class FairShown:
    """All that a calendar shows of one published fair. Times are aware; `audiences` are keys, `moves` the oldest first.

    A row loaded whole, with what hangs on it, would take as long as writing it does.
    """

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    kind: str
    slug: str
    title: str
    township: str  # its name, or nothing
    place: str
    address: str
    latitude: float | None
    longitude: float | None
    audiences: tuple[str, ...]
    description: str
    rain_plan: str
    livestream_url: str
    off_because: str | None  # why it was called off; None where it was not
    moves: tuple[FairMove, ...] = ()


def of_fair(fair: FairShown, voice: Voice) -> Entry:
    """Say one published fair."""
    off = fair.off_because is not None
    page = voice.page("fair", fair.slug)
    return Entry(
        uid=fair.uid,
        sequence=fair.sequence,
        changed_at=fair.changed_at,
        starts_at=fair.starts_at,
        ends_at=fair.ends_at,
        title=(CANCELLED if off else _moved(fair)) + fair.title,
        place=_place(fair.township, fair.place, fair.address),
        page=page,
        notes=_notes(
            fair.livestream_url,
            f"取消原因：{fair.off_because}" if off else "",
            "" if off else _before(fair),
            "" if off else fair.description,  # it invites
            f"下雨预案：{fair.rain_plan}" if fair.rain_plan and not off else "",
            f"咨询电话：{voice.phone}",
            f"详情：{page}",
        ),
        categories=(voice.word(fair.kind, "fair.kind"), *(voice.word(each, "audience") for each in fair.audiences)),
        point=_point(fair),
        livestream=fair.livestream_url,
        color=_COLORS.get(fair.kind, ""),
        cancelled=off,
    )


@dataclass(frozen=True, slots=True)
class SessionShown:
    """All that a calendar shows of one session of a published class. Times are aware; `class_…` is the class's."""

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    cancelled_at: datetime | None
    moved_from: datetime | None
    kind: str
    party: int  # 0: the whole class
    topic: str
    room: str
    number: int
    hours: int
    class_title: str
    class_slug: str
    place: str
    address: str
    mode: str
    trade: str
    school: str  # its name, or nothing
    class_off_at: datetime | None
    class_off_because: str | None


def of_session(session: SessionShown, voice: Voice) -> Entry:
    """Say one session of a published class. A class called off takes with it what has not been held."""
    off = session.class_off_at
    with_class = off is not None and session.ends_at > off and session.cancelled_at in {None, off}
    left_out = with_class and session.cancelled_at is None  # the act cancels sessions too; rows put in by hand may not
    cancelled = with_class or session.cancelled_at is not None
    moved = session.moved_from is not None and not cancelled
    party = f"{session.party}组" if session.party else ""
    title = " ".join(filter(None, (session.class_title, f"第{session.number}次课", party, session.topic)))
    page = voice.page("course", session.class_slug)
    return Entry(
        uid=session.uid,
        sequence=session.sequence + left_out,
        changed_at=max(session.changed_at, off) if off and left_out else session.changed_at,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        title=(CANCELLED if cancelled else MOVED if moved else "") + title,
        place=_place(session.place, session.address, session.room),
        page=page,
        notes=_notes(
            f"停办原因：{session.class_off_because}" if with_class else "",
            f"原定：{_when(session.moved_from)}" if session.moved_from and moved else "",
            f"{voice.word(session.kind, 'session.kind')}，{session.hours}课时",
            f"培训学校：{session.school}" if session.school else "",
            f"咨询电话：{voice.phone}",
            f"详情：{page}",
        ),
        categories=(voice.word(session.mode, "course.mode"), voice.word(session.kind, "session.kind"), session.trade),
        color=_COLORS.get(session.kind, ""),
        cancelled=cancelled,
    )


def _moved(fair: FairShown) -> str:
    """Tell another day from another place: whoever reads 改期 looks for a new time."""
    if not fair.moves:
        return ""
    later = [(move.starts_before, move.ends_before) for move in fair.moves[1:]] + [(fair.starts_at, fair.ends_at)]
    earlier = [(move.starts_before, move.ends_before) for move in fair.moves]
    return ELSEWHERE if earlier == later else MOVED


def _before(fair: FairShown) -> str:
    if not fair.moves:
        return ""
    last = fair.moves[-1]
    return f"原定：{_when(last.starts_before)}，{last.place_before}。变更原因：{last.reason}"


def _when(moment: datetime) -> str:
    here = moment.astimezone(ZONE)
    return f"{here.year}年{here.month}月{here.day}日{here.hour}:{here.minute:02d}"


def _notes(*parts: str) -> str:
    """Put each part that says something on its own line, a livestream's link first."""
    return "\n".join(part.strip() for part in parts if part.strip())


def _place(*parts: str) -> str:
    """Join what is known of a place, without repeating what a longer part says already."""
    known = list(dict.fromkeys(filter(None, map(text.line, parts))))
    return "，".join(part for part in known if not any(part in other for other in known if other != part))


def _point(fair: FairShown) -> tuple[float, float] | None:
    latitude, longitude = fair.latitude, fair.longitude
    if latitude is None or longitude is None or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # noqa: PLR2004
        return None
    return latitude, longitude
