"""What is taught: ten courses with their modules, each under rules that suit it."""

from __future__ import annotations

from typing import Any, NamedTuple

from portal.commands.demo.scene import Scene
from scheduling import courses, training_rules
from scheduling.models import Course


class Outline(NamedTuple):
    """A course's level, the preset whose rules it goes by, and its modules with their 课时."""

    level: str
    preset: str
    modules: tuple[tuple[str, int], ...]


NAMES = {  # of the rules, as the desk calls them
    "special_work": "特种作业",
    "sample": "技能等级培训",
    "delta": "专项职业能力",
    "qinghai": "养老护理",
    "ruian": "项目制短班",
    "induction": "岗前培训",
}
OUTLINES = {  # by the course's name up to its brackets; 课时 are made up, as those of county.json are
    "低压电工作业": Outline(
        "初训",
        "special_work",
        (("安全生产法规", 8), ("电工基础", 16), ("低压电器与防触电", 24), ("接线与排故", 40), ("触电急救", 8)),
    ),
    "熔化焊接与热切割作业": Outline(
        "初训",
        "special_work",
        (("安全生产法规", 8), ("焊接与切割基础", 16), ("防火防爆", 16), ("焊条电弧焊", 32), ("气割与二保焊", 24)),
    ),
    "焊工": Outline(
        "五级",
        "sample",
        (("职业道德与安全", 16), ("焊接材料与识图", 64), ("平焊立焊", 100), ("二保焊", 70), ("质量检验", 30)),
    ),
    "电工": Outline(
        "五级", "sample", (("职业道德与安全", 8), ("电工基础", 40), ("照明与动力线路", 48), ("电机控制线路", 24))
    ),
    "缝纫工": Outline("专项", "delta", (("设备与安全", 6), ("裁片与工艺", 12), ("平缝包缝", 26), ("整件缝制", 16))),
    "数控车工": Outline("五级", "sample", (("识图与公差", 24), ("编程", 32), ("车削加工", 80), ("测量与保养", 24))),
    "养老护理员": Outline("五级", "qinghai", (("职业道德", 8), ("生活照护", 32), ("基础护理", 24), ("康复与急救", 16))),
    "保安员": Outline("初训", "sample", (("法律与职业道德", 24), ("勤务与消防", 32), ("队列与防卫", 24))),
    "中式烹调师": Outline("五级", "ruian", (("食品安全", 16), ("原料与刀工", 32), ("热菜", 52), ("面点与冷盘", 20))),
    "岗前安全与引导性培训": Outline("", "induction", (("安全生产", 4), ("劳动合同与权益", 2), ("厂规与岗位", 2))),
}


def settle(scene: Scene, rows: list[dict[str, Any]]) -> dict[str, Course]:
    """Add the rules of every preset in use, and the courses; give these by their names up to the brackets."""
    told: dict[str, Any] = {"by": scene.desk, "now": scene.ago(180)}
    rules = {
        preset: training_rules.add(
            scene.session, scene.county, name=NAMES[preset], terms=training_rules.PRESETS[preset], **told
        )
        for preset in NAMES
    }
    added = {}
    for row in rows:
        name = row["name"].split("（")[0]
        outline = OUTLINES[name]
        figures = {key: value for key, value in row.items() if key != "total_hours"}
        modules = "\n".join(f"{module} {hours}" for module, hours in outline.modules)
        added[name] = courses.add(
            scene.session, scene.county, **figures, level=outline.level, modules=modules, max_age=None, **told
        )
        training_rules.give(scene.session, added[name], rules[outline.preset], **told)
    return added
