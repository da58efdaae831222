"""The campaigns of 2026 as far as they are known (domain.md §7), and one of 2027 to plan with."""

from __future__ import annotations

from datetime import date

from portal.commands.demo.scene import Scene
from scheduling import campaigns

# name, first, last, kinds, audiences, whether the days are only an example: of most only the month is known
ROWS: tuple[tuple[str, date, date, tuple[str, ...], tuple[str, ...], bool], ...] = (
    ("春风行动暨就业援助季", date(2026, 1, 1), date(2026, 3, 31), (), (), False),
    ("高校毕业生就业服务系列活动", date(2026, 3, 1), date(2026, 11, 30), (), ("graduates",), True),
    ("直播带岗专项招聘周", date(2026, 9, 14), date(2026, 9, 20), ("livestream",), (), True),
    ("民营企业服务月", date(2026, 9, 1), date(2026, 9, 30), (), (), True),
    ("金秋招聘月", date(2026, 10, 1), date(2026, 10, 31), (), (), True),
    ("春风行动暨就业援助季", date(2027, 1, 1), date(2027, 3, 31), (), (), True),
)


def keep(scene: Scene) -> None:
    """Write the campaigns down."""
    for name, first, last, kinds, audiences, sample in ROWS:
        campaigns.keep(
            scene.session,
            scene.county,
            None,
            name=name,
            first=first,
            last=last,
            kinds=kinds,
            audiences=audiences,
            sample=sample,
            by=scene.desk,
            now=scene.ago(200),
        )
