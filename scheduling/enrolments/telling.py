"""What people on a class's list are told: one notice to her, and one to whoever signed her up."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from scheduling import deeds, identity, notices
from scheduling.enrolments.lists import of_class
from scheduling.models import Enrolment, TrainingClass
from scheduling.planning.timetable import HERE

CONFIRMED = "已报上“{title}”，{starts}开班，地点{place}。报名号{code}，来时说这个号或出示学员码。【送岗】"
WAITING = "“{title}”名额已满，您排在候补第{line}位，报名号{code}。有人退出会自动补上并发短信。【送岗】"
WAITING_CLOSED = (
    "“{title}”名额已满，您排在候补第{line}位，报名号{code}。报名已截止，不再自动补，有没有空位请打电话{phone}。【送岗】"
)
PROMOTED = "“{title}”有名额了，您已补上，{starts}开班，地点{place}。不能来请尽早取消，让给后面的人。【送岗】"
OFFERED = (
    "“{title}”有名额了，给您留到{until}。要来请用报名号{code}在“我的报名”里点“我要来”，或打电话{phone}。"
    "过时不回，让给后面的人。【送岗】"
)
GONE = {
    "withdrew": "“{title}”的报名已取消。想再学，随时可以重新报名或打电话到窗口。【送岗】",
    "declined": "“{title}”的名额您不要了，已让给后面的人。想再学，随时可以重新报名。【送岗】",
    "lapsed": "给您留的“{title}”名额没有等到回复，已让给后面的人。想再学，可以重新报名或打电话到窗口。【送岗】",
    "dropped_out": "“{title}”已办退学。有困难或想再学，请打电话到窗口。【送岗】",
}
TRANSFERRED = "已从“{before}”转到“{title}”，{starts}开班，地点{place}。新报名号{code}，原来的码作废。【送岗】"


def tell_all(
    session: Session, training_class: TrainingClass, what: str, words: str, *, now: datetime, **more: str | int
) -> None:
    """Write one notice to everybody who has a seat or waits, and to who signed them up; `what` makes it once each."""
    for enrolment in of_class(session, training_class):
        if enrolment.cancelled_at is None:
            tell(session, training_class, enrolment, what, words, now=now, alone=False, **more)


def tell(
    session: Session,
    training_class: TrainingClass,
    enrolment: Enrolment,
    what: str,
    words: str,
    *,
    now: datetime,
    alone: bool = False,
    **more: str | int,
) -> None:
    """Write one notice to her, and unless `alone` one to who signed her up; `what` makes it once each."""
    first = training_class.starts_on
    facts = {
        "title": training_class.title,
        "place": training_class.place,
        "starts": f"{first.month}月{first.day}日",
        "phone": training_class.contact_phone or "窗口",
        **more,
    }
    text, about, once = words.format(**facts), deeds.about(enrolment), f"enrolment/{enrolment.id}/{what}"
    own = enrolment.jobseeker
    notices.write(session, training_class.county, own.phone, text, about=about, once=once, now=now)
    if enrolment.agent_phone and enrolment.agent_phone != own.phone and not alone:
        text = f"您代{identity.masked_name(own.name)}报的名：{text}"
        agent = enrolment.agent_phone
        notices.write(session, training_class.county, agent, text, about=about, once=f"{once}/agent", now=now)


def spoken(moment: datetime) -> str:
    """Say a moment (aware) as people in Asia/Shanghai do: 12月3日18:00."""
    here = moment.astimezone(HERE)
    return f"{here.month}月{here.day}日{here.hour}:{here.minute:02d}"
