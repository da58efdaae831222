"""Booth policies and what they led to: a full fair where two wait, a missed fair and the appeal against its price."""

from __future__ import annotations

from datetime import timedelta

from portal.commands.demo.fairs import over
from portal.commands.demo.scene import Scene
from scheduling import booths, diaries, penalties, turnout
from scheduling.booths import policies
from scheduling.models import Enterprise, Fair

NAMES = {"market_day": "赶集（宽松）", "weekly_hall": "周六大厅", "campaign": "大型专场"}
BY = {"market_fair": "market_day", "regular_fair": "weekly_hall", "specialty_fair": "weekly_hall"}  # else none
WAITING = 2  # firms that find the gig fair full


def keep(scene: Scene, held: list[Fair]) -> None:
    """Keep the three policies, and let fairs go by them from the beginning."""
    long_ago = scene.ago(60)
    kept = {
        key: policies.keep(scene.session, scene.county, None, name, policies.PRESETS[key], by=scene.desk, now=long_ago)
        for key, name in NAMES.items()
    }
    for fair in held:
        if fair.kind in BY and fair.calling_off is None:
            policies.go_by(scene.session, fair, kept[BY[fair.kind]], by=scene.desk, now=long_ago)


def settle(scene: Scene, held: list[Fair], firms: list[Enterprise]) -> None:
    """Settle who came to the fairs that are over, and fill one to come."""
    for fair in (fair for fair in held if over(scene, fair)):
        turnout.settle(scene.session, scene.county, now=min(fair.ends_at + turnout.SYNCED, scene.now))
    _appeal(scene)
    _fill(scene, next(fair for fair in held if fair.kind == "gig_fair"), firms)


def _appeal(scene: Scene) -> None:
    """Let the first that is barred say why it did not come."""
    for penalty in penalties.of_county(scene.session, scene.county)[:1]:
        words = "去的路上货车抛锚，给窗口打过电话没打通，有拖车的单子。"
        penalties.appeal(scene.session, penalty, words, by=None, now=scene.ago(2, "15:00"))


def _fill(scene: Scene, fair: Fair, firms: list[Enterprise]) -> None:
    """Let firms ask for any booth until the fair is full, and two more."""
    free = sum(booth.booking is None for booth in booths.of_fair(scene.session, fair))
    able = [
        firm for firm in firms if not diaries.of_enterprise(scene.session, firm, fair.starts_at, fair.ends_at).standing
    ]
    for place, firm in enumerate(able[: free + WAITING]):
        now = scene.ago(1) + timedelta(seconds=place)
        booths.ask(scene.session, fair, firm, any_other=True, by=None, now=min(now, scene.now))
