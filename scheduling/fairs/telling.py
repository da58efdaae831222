"""What those who mean to come are told when a fair changes, and who they are."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from scheduling import deeds, notices
from scheduling.models import (
    Booking,
    BoothRequest,
    BoothWait,
    Enterprise,
    Fair,
    FairMove,
    Jobseeker,
    LiveRequest,
    LiveSlot,
    Reservation,
)

_HERE = ZoneInfo("Asia/Shanghai")


def tell(session: Session, fair: Fair, text: str, *, now: datetime) -> None:
    """Write `text` to each phone behind a reservation or an enterprise at `fair`, once for each state of the fair.

    A family on one phone gets one message; whoever reserved for somebody else is told as well.
    """
    for phone, row_id in phones(session, fair).items():
        once = f"{deeds.about(fair)}/{fair.sequence}/{row_id}"
        notices.write(session, fair.county, phone, text, about=deeds.about(fair), once=once, now=now)


def told(session: Session, fair: Fair) -> int:
    """Count the phones that a change would be told to."""
    return len(phones(session, fair))


def phones(session: Session, fair: Fair) -> dict[str, str]:
    """Give the phones of everybody who reserved (and of who did it for her) and of every enterprise that counts on it.

    That is with a booth or air time, asking for one, or waiting for one: it has put the day aside like the others.

    Each phone stands beside a name of the row that gave it, so that the outbox need not name it twice.
    """
    came = (
        select(Reservation.id, Jobseeker.phone, Reservation.agent_phone)
        .join_from(Reservation, Jobseeker, Reservation.jobseeker_id == Jobseeker.id)
        .where(Reservation.fair_id == fair.id, Reservation.cancelled_at.is_(None))
        .order_by(Reservation.reserved_at, Reservation.id)
    )
    booked = (
        select(Booking.id, Enterprise.contact_phone, Booking.attendee_phone)
        .join_from(Booking, Enterprise, Booking.enterprise_id == Enterprise.id)
        .where(Booking.fair_id == fair.id, Booking.cancelled_at.is_(None))
        .order_by(Booking.booked_at, Booking.id)
    )
    standing = (
        (BoothWait, BoothWait.left_at, BoothWait.since),
        (BoothRequest, BoothRequest.withdrawn_at, BoothRequest.asked_at),
        (LiveRequest, LiveRequest.withdrawn_at, LiveRequest.asked_at),
        (LiveSlot, LiveSlot.dropped_at, LiveSlot.starts_at),
    )
    asking = [
        select(table.id, Enterprise.contact_phone, literal(""))
        .join_from(table, Enterprise, table.enterprise_id == Enterprise.id)
        .where(table.fair_id == fair.id, ended.is_(None))
        .order_by(since, table.id)
        for table, ended, since in standing
    ]
    found: dict[str, str] = {}
    for row_id, first, second in (row for rows in (came, booked, *asking) for row in session.execute(rows)):
        for number, phone in enumerate((first, second)):
            if phone:
                found.setdefault(phone, f"{row_id}/{number}")
    return found


def moved(fair: Fair, step: FairMove) -> str:
    """Say that the fair was moved, from when and where to when and where."""
    what = []
    if (step.starts_before, step.ends_before) != (fair.starts_at, fair.ends_at):
        what.append(f"时间由{spoken(step.starts_before)}改为{span(fair)}")
    if step.place_before != fair.place:
        what.append(f"地点由{step.place_before}改到{fair.place}")
    where = "" if step.place_before != fair.place else f"地点不变：{fair.place}。"
    when = "" if step.starts_before != fair.starts_at else f"时间不变：{span(fair)}。"
    free = "来不了的可以取消，不算爽约。" if step.starts_before != fair.starts_at else ""
    return (
        f"【改期】{fair.title}{'，'.join(what)}。{when}{where}原因：{_sentence(step.reason)}"
        f"您的预约、展位、申请、候补都还算数。{free}{_ask(fair)}【送岗】"
    )


def called_off(fair: Fair) -> str:
    """Say that the fair will not be held."""
    reason = fair.calling_off.reason if fair.calling_off else ""
    return (
        f"【已取消】{span(fair)}在{fair.place}的{fair.title}不办了，请不要前往。原因：{_sentence(reason)}"
        f"{_ask(fair)}【送岗】"
    )


def spoken(moment: datetime) -> str:
    """11月25日 周三 8:30, in Asia/Shanghai."""
    here = moment.astimezone(_HERE)
    return f"{here.month}月{here.day}日 周{'一二三四五六日'[here.weekday()]} {here.hour}:{here.minute:02d}"


def span(fair: Fair) -> str:
    """11月25日 周三 8:30–11:30; with the day again where the fair ends on another one."""
    starts, ends = fair.starts_at.astimezone(_HERE), fair.ends_at.astimezone(_HERE)
    until = f"{ends.hour}:{ends.minute:02d}" if starts.date() == ends.date() else spoken(fair.ends_at)
    return f"{spoken(fair.starts_at)}–{until}"


def _sentence(words: str) -> str:
    return words if words.endswith(("。", "！", "？")) else f"{words}。"


def _ask(fair: Fair) -> str:
    return f"有疑问请打{fair.contact_phone}。" if fair.contact_phone else ""
