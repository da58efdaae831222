"""The small world of tests/gate_vectors.json: two fairs, a class, their tickets, and a phone that reads them."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from scheduling import codes, identity
from scheduling.gate import sealing
from scheduling.seals import Keyring

SECRET, COUNTY = b"a secret of the tests, long enough to be one", "990100"
KEYS = Keyring(SECRET)
BEGIN = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 9:00 in Shanghai
HOST = "HTTPS://SG.EXAMPLE/T/"
LISTED = BEGIN - timedelta(hours=1)

EVENTS = {
    "fair/7": {"title": "柳河镇赶集招聘", "starts_at": 0, "ends_at": 180, "rotation": 1},
    "fair/8": {"title": "青山镇赶集招聘", "starts_at": 0, "ends_at": 180, "rotation": 0},
    "fair/9": {"title": "柳河镇夜市招聘", "starts_at": 600, "ends_at": 780, "rotation": 0},
    "class/3/1": {"title": "焊工一班", "starts_at": 0, "ends_at": 180, "rotation": 0},
}
# who: the event's number, kind and serial; what the bureau did about it, in minutes after the event began
TICKETS: dict[str, dict[str, Any]] = {
    "wang": {"kind": 1, "event": 7, "serial": 1, "rotation": 0, "name": "王秀芳", "code": "10000001"},
    "li": {"kind": 1, "event": 7, "serial": 2, "rotation": 0, "name": "李建国", "code": "10000002"},
    "gone": {
        "kind": 1,
        "event": 7,
        "serial": 3,
        "rotation": 0,
        "name": "张明",
        "code": "10000003",
        "revoked": -600,
        "why": "cancelled",
    },
    "lost": {
        "kind": 1,
        "event": 7,
        "serial": 4,
        "rotation": 0,
        "name": "赵铁柱",
        "code": "10000004",
        "revoked": -500,
        "why": "reissued",
    },
    "found": {"kind": 1, "event": 7, "serial": 5, "rotation": 0, "name": "赵铁柱", "code": "10000005", "same": "lost"},
    "late": {"kind": 1, "event": 7, "serial": 6, "rotation": 1, "name": "钱多多", "code": "10000006", "listed": False},
    "rotated": {"kind": 1, "event": 7, "serial": 7, "rotation": 1, "name": "孙丽", "code": "10000007"},
    "left": {
        "kind": 1,
        "event": 7,
        "serial": 8,
        "rotation": 0,
        "name": "周敏",
        "code": "10000008",
        "revoked": 60,
        "why": "cancelled",
    },
    "swapped": {
        "kind": 1,
        "event": 7,
        "serial": 9,
        "rotation": 0,
        "name": "吴刚",
        "code": "10000009",
        "revoked": 60,
        "why": "reissued",
    },
    "booth": {
        "kind": 3,
        "event": 7,
        "serial": 1,
        "rotation": 0,
        "name": "青禾县穗香食品有限公司",
        "code": "30000001",
        "booth": 12,
    },
    "neighbour": {"kind": 1, "event": 8, "serial": 1, "rotation": 0, "name": "郑洁", "code": "80000001"},
    "soon": {"kind": 1, "event": 9, "serial": 1, "rotation": 0, "name": "何平", "code": "90000001"},
    "learner": {"kind": 2, "event": 3, "serial": 1, "rotation": 0, "name": "冯立", "code": "20000001"},
    "waiting": {
        "kind": 2,
        "event": 3,
        "serial": 2,
        "rotation": 0,
        "name": "陈小雨",
        "code": "20000002",
        "waitlisted": True,
    },
}


def check(digits: str) -> str:
    """Add the check digit to eight digits."""
    return next(digits + last for last in "0123456789" if not codes.mistyped(digits + last))


def head(ticket: dict[str, Any]) -> bytes:
    """Give the eight bytes a tag is made over."""
    return ticket["kind"].to_bytes(1) + ticket["event"].to_bytes(3) + ticket["serial"].to_bytes(4)


def spelt(raw: bytes) -> str:
    """Write bytes in base32."""
    return base64.b32encode(raw).decode().rstrip("=")


def purpose(kind: int, event: int, rotation: int) -> str:
    """Name the key of an event."""
    return f"ticket {COUNTY} {kind} {event} {rotation}"


def token(who: str, keys: Keyring = KEYS) -> str:
    """Give the token of a ticket."""
    ticket = TICKETS[who]
    return spelt(head(ticket) + keys.tag(head(ticket), purpose(ticket["kind"], ticket["event"], ticket["rotation"])))


def code(who: str) -> str:
    """Give the short code of a ticket."""
    return check(TICKETS[who]["code"])


def shown(who: str) -> str:
    """Give the name a phone shows: a person's masked, an enterprise's in full."""
    name: str = TICKETS[who]["name"]
    return name if "booth" in TICKETS[who] else identity.masked_name(name)


def raw(who: str) -> bytes:
    """Give the sixteen bytes of a ticket."""
    return base64.b32decode(token(who) + "======")


def snapshot(event: str) -> dict[str, Any]:
    """Give the snapshot a phone took an hour before the event."""
    told, (place, number) = EVENTS[event], event.split("/")[:2]
    kinds = (1, 3) if place == "fair" else (2,)
    here = {w: t for w, t in TICKETS.items() if t["kind"] in kinds and t["event"] == int(number)}
    people = []
    for who, ticket in here.items():
        if ticket.get("listed", True) and ticket.get("revoked", 0) >= 0:
            facts = {"n": shown(who)}
            if ticket.get("waitlisted"):
                facts["s"] = "waitlisted"
            if "booth" in ticket:
                facts["b"] = str(ticket["booth"])
            nonce = hashlib.sha256(who.encode()).digest()[:12]
            people.append([sealing.lookup(token(who)), sealing.sealed(token(who), facts, nonce)])
    keys = {
        f"{kind} {each}": base64.b64encode(KEYS.key(f"tag {purpose(kind, int(number), each)}")).decode()
        for kind in kinds
        for each in range(told["rotation"] + 1)
    }
    revoked = {f"{t['kind']} {t['serial']}": t["why"] for t in here.values() if t.get("revoked", 0) < 0}
    return {
        "event": event,
        "title": told["title"],
        "starts_at": moment(told["starts_at"]),
        "ends_at": moment(told["ends_at"]),
        "keys": keys,
        "revoked": revoked,
        "people": people,
        "counters": [],
        "version": str(int(LISTED.timestamp() * 1000)),
        "full": True,
        "now": LISTED.isoformat(),
    }


def moment(minutes: float) -> str:
    """Give a time as JSON has it."""
    return (BEGIN + timedelta(minutes=minutes)).isoformat()


class Phone:
    """One phone at one event that does one thing after the other, and what is expected of each."""

    def __init__(self, event: str = "fair/7") -> None:
        self.event, self.items, self.phone, self.server, self.doubted = event, [], [], [], []

    def does(
        self,
        kind: str,
        phone: str,
        server: str = "",
        *,
        minute: float = 10,
        doubted: bool = False,
        at: str | None = None,
        offset: int | None = 0,
        who: str = "",
        **more: Any,
    ) -> Phone:
        """Do one thing at `minute` of the event; `at` is what its clock says where that is something else."""
        seq = len(self.items) + 1
        item = {
            "id": f"00000000-0000-4000-8000-{seq:012d}",
            "seq": seq,
            "kind": kind,
            "event": self.event,
            "gate": "东门",
            "at": moment(minute) if at is None else at,
            "mono": int(minute * 60_000) + 1_000_000,
            "boot": "b1",
            "offset": offset,
            **({"early": True} if phone == "early" else {}),
            **more,
        }
        self.items.append(item)
        told: dict[str, Any] = {"kind": phone}
        if who:
            told["name"] = shown(who)
            if "booth" in TICKETS[who]:
                told["booth"] = str(TICKETS[who]["booth"])
        self.phone.append(told)
        self.server.append(server or phone)
        self.doubted.append(doubted)
        return self

    def reads(
        self, read: str, phone: str, server: str = "", *, direction: str = "in", way: str = "camera", **more: Any
    ) -> Phone:
        """Read something."""
        return self.does("scan", phone, server, read=read, direction=direction, way=way, **more)

    def sees(self, who: str, phone: str = "counted", server: str = "", **more: Any) -> Phone:
        """Read a ticket of the world; the phone shows whose it is unless it cannot know."""
        listed = TICKETS[who].get("listed", True) and phone not in {"wrong_event", "cancelled", "reissued"}
        named = who if listed else ""
        return self.reads(HOST + token(who), phone, server, who=named, **more)

    def types(self, text: str, phone: str, server: str = "", **more: Any) -> Phone:
        """Type a code."""
        return self.reads(text, phone, server, way="typed", **more)

    def undoes(self, number: int, **more: Any) -> Phone:
        """Undo the `number`-th item, which the server then calls annulled."""
        self.does("undo", "annulled", annuls=f"00000000-0000-4000-8000-{number:012d}", direction="in", **more)
        if number <= len(self.server) and number != len(self.items):
            self.server[number - 1] = "annulled"
        return self

    def case(
        self, name: str, *, people: int, inside: int, enterprises: int = 0, received: float | None = None
    ) -> dict[str, Any]:
        """Give the case, with how many came and how many are inside after it; `received` at a minute or afterwards."""
        here = {} if received is None else {"received": moment(received)}
        return {
            "name": name,
            "given": {"event": self.event, "items": self.items, **here},
            "expect": {
                "phone": self.phone,
                "server": self.server,
                "doubted": self.doubted,
                "people": people,
                "enterprises": enterprises,
                "inside": inside,
            },
        }
