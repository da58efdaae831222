"""Who signs in to the demo, and what a start prints about it."""

from __future__ import annotations

from typing import NamedTuple

PASSWORD = "qinghe-demo"  # noqa: S105  printed at every start; it guards only what is made up


class Staff(NamedTuple):
    """Somebody at the bureau, who signs in by user name and password."""

    username: str
    name: str
    roles: tuple[str, ...]
    what: str


class Caller(NamedTuple):
    """Somebody who signs in by phone and a code that the outbox shows."""

    phone: str
    name: str
    what: str


ADMIN = Staff("admin", "郑管理", ("desk", "admin"), "管理员 administrator")
DESK = Staff("desk", "王窗口", ("desk",), "人社窗口 bureau desk")
SCANNER = Staff("scanner", "孙扫码", ("scanner",), "扫码员 gate")
STAFF = (ADMIN, DESK, SCANNER)

ENTERPRISE = Caller("16000000111", "青禾县精工数控有限公司", "用人单位 enterprise")
SCHOOL = Caller("16000000201", "青禾县技工学校", "培训学校 school")
JOBSEEKER = Caller("16000000001", "赵明田", "求职者 jobseeker")
FAMILY = Caller("16000000004", "李春生、周桂兰", "一家合用 a shared phone")
COORDINATOR = Caller("16000000005", "郑满堂", "村级协调员 village coordinator")
CALLERS = (ENTERPRISE, SCHOOL, JOBSEEKER, FAMILY, COORDINATOR)


def announcement(url: str) -> str:
    """Say where the demo is and who may come in, in the order people try it."""
    staff = [f"  {each.username:<10}{PASSWORD:<14}{each.what}" for each in STAFF]
    callers = [f"  {each.phone:<14}{each.what} — {each.name}" for each in CALLERS]
    return "\n".join(
        [
            "",
            "送岗演示好了，按 Ctrl-C 停止。Songgang is ready; Ctrl-C stops it.",
            "",
            f"  {url}/",
            "",
            f"工作人员用户名、密码 Staff, user name and password: {url}/signin/staff",
            *staff,
            "",
            f"手机号加验证码 Phone and code: {url}/signin",
            *callers,
            f"  验证码看这里，不发短信 The code is shown at {url}/demo/outbox",
            "",
            "全部是虚构数据，请勿填写真实信息。All data is made up; do not enter real people's.",
            "",
        ]
    )
