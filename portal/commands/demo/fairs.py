"""Fairs behind us, one today and more ahead: planned, laid out, published; one moved, one called off, one a draft."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from portal.clock import HERE
from portal.commands.demo.scene import Scene
from portal.commands.demo.towns import first_day, last_day
from scheduling import booths, fairs
from scheduling.models import Fair, Market

HOST = "qinghe.example"  # in calendar UIDs, which never change: not the address this demo happens to have
HALL = ("县人力资源市场一楼大厅", "城关镇人民路66号，公交2路“人社局”站")
CONTACT: dict[str, Any] = {"contact_name": "王窗口", "contact_phone": "0990-1234567"}
RAIN = "下小雨照常，摊位移到集市棚下；下大雨改到下一个逢集日，提前一晚短信通知。"
SATURDAY = 5


@dataclass(frozen=True)
class Sketch:
    """One fair before it is planned. `planned_on` counts days from today, like every day here."""

    kind: str
    title: str
    day: date
    hours: tuple[str, str] = ("8:30", "11:30")
    market: Market | None = None
    near: Market | None = None  # in whose township, for a fair that is not held at a market
    place: str = ""
    booths: int = 12
    planned_on: int = -20
    published: bool = True
    more: dict[str, Any] = field(default_factory=dict)


def hold(scene: Scene, markets: dict[str, Market]) -> list[Fair]:
    """Plan every fair, earliest first as its number says, and publish all but one; give them in that order."""
    sketches = sorted([*_behind(scene, markets), *_ahead(scene, markets)], key=lambda sketch: sketch.day)
    return [_plan(scene, sketch) for sketch in sketches]


def _behind(scene: Scene, markets: dict[str, Market]) -> list[Sketch]:
    return [
        _at_market(scene, markets["liuhe"], last_day(markets["liuhe"], scene.day(-19)), planned_on=-40),
        _at_market(scene, markets["dahuaishu"], last_day(markets["dahuaishu"], scene.day(-4)), planned_on=-25),
        Sketch(
            kind="specialty_fair",
            title="退役军人、返乡农民工专场招聘会",
            day=_saturday(scene.day(-16)),
            hours=("9:00", "11:30"),
            near=markets["chengguan"],
            place=HALL[0],
            booths=18,
            planned_on=-35,
            more={"audiences": ["veterans", "returnees"], "outdoor": False, "address": HALL[1]},
        ),
    ]


def _ahead(scene: Scene, markets: dict[str, Market]) -> list[Sketch]:
    starts, ends = (moment.astimezone(HERE) for moment in scene.running())
    today = (f"{starts.hour}:{starts.minute:02d}", f"{ends.hour}:{ends.minute:02d}")
    return [
        _at_market(scene, markets["chengguan"], scene.today, hours=today, planned_on=-12),
        *(
            _at_market(scene, markets[slug], first_day(markets[slug], scene.day(days)), planned_on=-7)
            for slug, days in (("shiqiaopu", 2), ("wanglou", 4), ("taoyuan", 6), ("longquan", 9))
        ),
        _at_market(scene, markets["gudu"], first_day(markets["gudu"], scene.day(15)), planned_on=-1, published=False),
        Sketch(
            kind="livestream",
            title="“送岗到家”直播带岗第7场",
            day=scene.day(3),
            hours=("19:30", "21:30"),
            near=markets["chengguan"],
            place="县融媒体中心二号演播室",
            booths=0,
            planned_on=-6,
            more={
                "livestream_url": "https://live.example.com/qinghe-7",
                "outdoor": False,
                "audiences": ["returnees", "women"],
                "description": "8家企业轮流进直播间，每家12分钟。想去哪个岗位，报岗位号就行。",
            },
        ),
        Sketch(
            kind="regular_fair",
            title="周六固定招聘会",
            day=_saturday(scene.day(7)),
            hours=("9:00", "11:30"),
            near=markets["chengguan"],
            place=HALL[0],
            booths=20,
            planned_on=-10,
            more={"outdoor": False, "address": HALL[1], "description": "每周六上午，县人力资源市场都有招聘会。"},
        ),
        Sketch(
            kind="gig_fair",
            title="采摘、装卸零工早市",
            day=scene.day(5),
            hours=("6:30", "8:30"),
            near=markets["qingquan"],
            place="清泉乡零工驿站",
            booths=6,
            planned_on=-3,
            more={
                "rain_plan": "下雨改到驿站室内。",
                "audiences": ["gig", "older"],
                "description": "当天干活，当天结钱。",
            },
        ),
        Sketch(
            kind="roadshow_stop",
            title="就业大篷车进北岭乡",
            day=scene.day(8),
            hours=("9:30", "10:30"),
            near=markets["beiling"],
            place="北岭乡政府门前广场",
            booths=4,
            planned_on=-5,
            more={"rain_plan": "下雨大篷车顺延一天。", "description": "车到村口，听喇叭，看岗位，当场登记。"},
        ),
        Sketch(
            kind="courtyard_fair",
            title="云台乡院坝招聘会",
            day=scene.day(12),
            hours=("15:00", "17:00"),
            near=markets["yuntai"],
            place="云台乡后沟村文化院坝",
            booths=6,
            planned_on=-4,
            more={"rain_plan": "下雨改到村委会会议室。", "capacity": 50, "audiences": ["women", "older"]},
        ),
        Sketch(
            kind="irregular_fair",
            title="“青禾云聘”线上招聘会",
            day=scene.day(26),
            hours=("9:00", "17:00"),
            place="“青禾就业”微信公众号",
            booths=12,
            planned_on=-2,
            more={
                "online": True,
                "livestream_url": "https://yun.example.com/qinghe",
                "audiences": ["returnees"],
                "description": "人在外地也能看岗位、留电话，单位当天打给您。",
            },
        ),
    ]


def _at_market(
    scene: Scene,
    market: Market,
    day: date,
    *,
    hours: tuple[str, str] = ("8:30", "11:30"),
    planned_on: int,
    published: bool = True,
) -> Sketch:
    return Sketch(
        kind="market_fair",
        title=f"{market.name}赶{market.term}招聘会",
        day=day,
        hours=hours,
        market=market,
        place=f"{market.name}集市入口",
        booths=scene.chance.choice((12, 16, 18)),
        planned_on=planned_on,
        published=published,
        more={
            "rain_plan": RAIN,
            "address": f"{market.name}老街集市，村村通客车可到",
            "description": f"赶{market.term}顺路看岗位，不用带简历。家里人可以替您先预约。",
        },
    )


def _plan(scene: Scene, sketch: Sketch) -> Fair:
    planned, where = scene.ago(-sketch.planned_on, "9:00"), sketch.market or sketch.near
    fair = fairs.plan(
        scene.session,
        scene.county,
        kind=sketch.kind,
        title=sketch.title,
        township_id=where.township_id if where else None,
        market=sketch.market,
        place=sketch.place,
        starts_at=scene.at(sketch.day, sketch.hours[0]),
        ends_at=scene.at(sketch.day, sketch.hours[1]),
        host=HOST,
        by=scene.desk,
        now=planned,
        **CONTACT,
        **sketch.more,
    )
    if sketch.booths:
        booths.lay_out(scene.session, fair, count=sketch.booths, first=1, by=scene.desk, now=planned)
    if sketch.published:
        fairs.publish(scene.session, fair, by=scene.desk, now=min(planned + timedelta(hours=2), scene.now))
    return fair


def change(scene: Scene, held: list[Fair]) -> None:
    """Move one fair to its market's next day and call another off, yesterday, when people had reserved."""
    moved, off = (next(fair for fair in held if fair.title.startswith(town)) for town in ("王楼镇", "桃园镇"))
    assert moved.market is not None  # noqa: S101  we planned it at one
    later = first_day(moved.market, moved.starts_at.astimezone(HERE).date() + timedelta(days=1))
    fairs.move(
        scene.session,
        moved,
        starts_at=scene.at(later, "8:30"),
        ends_at=scene.at(later, "11:30"),
        place=moved.place,
        reason="原定当天集市入口修路",
        by=scene.desk,
        now=scene.ago(1, "16:00"),
    )
    fairs.call_off(scene.session, off, reason="集市升级改造，棚区封闭施工", by=scene.desk, now=scene.ago(1, "17:00"))


def over(scene: Scene, fair: Fair) -> bool:
    """Whether it was held on a day before today."""
    return fair.ends_at < scene.at(0, "0:00")


def meanwhile(scene: Scene, fair: Fair) -> datetime:
    """Give some time after the fair was published and before it began, never one to come."""
    assert fair.publication is not None  # noqa: S101  nobody asks of a draft
    since, until = fair.publication.at, min(fair.starts_at, scene.now)
    return since + (until - since) * scene.chance.random()


def _saturday(day: date) -> date:
    """Give the last Saturday on `day` or before."""
    return day - timedelta(days=(day.weekday() - SATURDAY) % 7)
