"""The cases of tests/gate_vectors.json."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from gate_world import BEGIN, HOST, KEYS, TICKETS, Phone, check, code, head, moment, purpose, raw, spelt, token

from scheduling.seals import Keyring

HEAD = 4  # bytes that say of which event a ticket is


def cases() -> list[dict[str, Any]]:
    """Give every case."""
    return [*readings(), *forgeries(), *codes(), *days(), *clocks(), *openings()]


def readings() -> list[dict[str, Any]]:
    """Give tickets of every state."""
    wang = token("wang")
    return [
        Phone().sees("wang").case("a listed ticket counts", people=1, inside=1),
        Phone().reads(wang, "counted", who="wang").case("the bare token counts", people=1, inside=1),
        Phone()
        .reads(f"https://sg.example/t/{wang.lower()}", "counted", who="wang")
        .case("the address in small letters counts", people=1, inside=1),
        Phone()
        .reads(f"  {HOST}{wang}?from=wechat \n", "counted", who="wang")
        .case("an address with more behind it and space around it counts", people=1, inside=1),
        Phone()
        .reads("".join(chr(ord(c) + 0xFEE0) for c in wang), "counted", who="wang")
        .case("a token in full-width letters counts", people=1, inside=1),
        Phone().sees("rotated").case("a ticket under the newer key counts", people=1, inside=1),
        Phone().sees("booth").case("a booth pass counts as an enterprise", people=0, inside=0, enterprises=1),
        Phone().sees("found").case("the new ticket of a re-issue counts", people=1, inside=1),
        Phone()
        .sees("late", "late", "counted")
        .case("a true ticket younger than the list is let in", people=1, inside=1),
        Phone().sees("neighbour", "wrong_event").case("a ticket of another fair", people=0, inside=0),
        Phone().sees("learner", "wrong_event").case("a class's ticket at a fair", people=0, inside=0),
        Phone("class/3/1").sees("wang", "wrong_event").case("a fair's ticket at a class", people=0, inside=0),
        Phone().sees("gone", "cancelled").case("a cancelled ticket", people=0, inside=0),
        Phone().sees("lost", "reissued").case("the old ticket of a re-issue", people=0, inside=0),
        Phone().sees("lost", "reissued").sees("found").case("the old ticket, then the new one", people=1, inside=1),
        Phone().sees("left", minute=30).case("cancelled after it was scanned", people=1, inside=1),
        Phone()
        .sees("left", "counted", "cancelled", minute=90)
        .case("cancelled after the list was taken and before the scan", people=0, inside=0),
        Phone()
        .sees("swapped", "counted", "reissued", minute=90)
        .case("re-issued after the list was taken and before the scan", people=0, inside=0),
        Phone("class/3/1").sees("learner").case("a trainee at her session", people=1, inside=1),
        Phone("class/3/1").sees("waiting", "waitlisted").case("somebody who only waits for a seat", people=0, inside=0),
    ]


def forgeries() -> list[dict[str, Any]]:
    """Give what is no ticket, or no longer one."""
    told = []
    good = raw("wang")
    for at in range(16):
        bad = bytearray(good)
        bad[at] ^= 0x01
        elsewhere = at < HEAD  # kind and event stand there: it claims to be of something else
        told.append(
            Phone()
            .reads(HOST + spelt(bytes(bad)), "wrong_event" if elsewhere else "unknown", "unknown")
            .case(f"byte {at} changed", people=0, inside=0)
        )
    alien = Keyring(b"another county's secret, long enough too")
    padded = token("wang")
    two_spare = (
        padded[:-1] + "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"["ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".index(padded[-1]) | 1]
    )
    large = head({**TICKETS["wang"], "serial": 2**31})
    return [
        *told,
        *[
            Phone()
            .reads(HOST + token("wang")[:length], "unknown")
            .case(f"cut after {length} characters", people=0, inside=0)
            for length in (1, 13, 25)
        ],
        Phone().reads(HOST + token("wang") + "A", "unknown").case("one character too many", people=0, inside=0),
        Phone().reads(HOST + two_spare, "unknown").case("another spelling of the same bytes", people=0, inside=0),
        Phone().reads(HOST + token("wang", alien), "unknown").case("signed with a foreign secret", people=0, inside=0),
        Phone()
        .reads(HOST + spelt(head(TICKETS["wang"]) + KEYS.tag(head(TICKETS["wang"]), purpose(1, 8, 0))), "unknown")
        .case("signed with another fair's key", people=0, inside=0),
        Phone()
        .reads(HOST + spelt(head(TICKETS["booth"]) + KEYS.tag(head(TICKETS["booth"]), purpose(1, 7, 0))), "unknown")
        .case("a booth pass signed with the key of visitors", people=0, inside=0),
        Phone()
        .reads(HOST + spelt(large + KEYS.tag(large, purpose(1, 7, 0))), "unknown")
        .case("a serial no database holds", people=0, inside=0),
        Phone().reads("https://example.com/menu", "unknown").case("a restaurant's code", people=0, inside=0),
        Phone().reads("", "unknown").case("nothing at all", people=0, inside=0),
        Phone().reads("二维码", "unknown").case("words", people=0, inside=0),
    ]


def codes() -> list[dict[str, Any]]:
    """Give typed short codes."""
    good = code("wang")
    spaced = f"{good[:3]} {good[3:6]}-{good[6:]}"
    wide = "".join(chr(ord(c) + 0xFEE0) for c in good)
    wrong = [good[:at] + str((int(good[at]) + 1) % 10) + good[at + 1 :] for at in range(9)]
    return [
        Phone().types(good, "kept", "counted").case("a typed code", people=1, inside=1),
        Phone().types(spaced, "kept", "counted").case("a typed code with gaps", people=1, inside=1),
        Phone().types(wide, "kept", "counted").case("a typed code in full-width digits", people=1, inside=1),
        *[
            Phone().types(each, "mistyped").case(f"a typed code with digit {at + 1} wrong", people=0, inside=0)
            for at, each in enumerate(wrong)
        ],
        Phone().types(good[1:], "mistyped").case("a typed code one digit short", people=0, inside=0),
        Phone().types(check("99999999"), "kept", "unknown").case("a code nobody has", people=0, inside=0),
        Phone()
        .types(code("gone"), "kept", "cancelled")
        .case("the typed code of a cancelled ticket", people=0, inside=0),
        Phone()
        .types(code("neighbour"), "kept", "wrong_event")
        .case("the typed code of another fair", people=0, inside=0),
        Phone()
        .sees("wang")
        .types(good, "kept", "duplicate_of", minute=20)
        .case("scanned, then typed", people=1, inside=1),
    ]


def days() -> list[dict[str, Any]]:
    """Give what several items come to."""
    return [
        Phone().sees("wang").sees("wang", "duplicate_of", minute=11).case("scanned twice", people=1, inside=1),
        Phone().sees("wang").sees("li", minute=11).case("two people", people=2, inside=2),
        Phone()
        .sees("late", "late", "counted")
        .sees("late", "duplicate_of", minute=11)
        .case("a late ticket twice", people=1, inside=1),
        Phone().sees("wang").sees("wang", direction="out", minute=60).case("in and out", people=1, inside=0),
        Phone()
        .sees("wang")
        .sees("wang", direction="out", minute=60)
        .sees("wang", "duplicate_of", minute=70)
        .case("in, out, in again: one person, and she is inside", people=1, inside=1),
        Phone()
        .sees("wang")
        .sees("wang", direction="out", minute=60)
        .sees("wang", "duplicate_of", minute=70)
        .sees("wang", "duplicate_of", direction="out", minute=80)
        .case("in, out, in, out", people=1, inside=0),
        Phone()
        .sees("wang", direction="out", minute=10)
        .sees("wang", minute=20)
        .case("an exit before its entry leaves nobody inside", people=1, inside=0),
        Phone().sees("wang", direction="out").case("an exit alone", people=0, inside=0),
        Phone().sees("wang").undoes(1, minute=11).case("undone", people=0, inside=0),
        Phone()
        .sees("wang")
        .undoes(1, minute=11)
        .sees("wang", minute=12)
        .case("undone, then scanned again", people=1, inside=1),
        Phone().sees("wang").undoes(1, minute=11).undoes(1, minute=12).case("undone twice", people=0, inside=0),
        _undo_first(),
        Phone().undoes(99).case("an undo of what nobody has", people=0, inside=0),
        Phone("class/3/1")
        .sees("learner")
        .sees("learner", direction="out", minute=170)
        .case("a trainee signs in and out", people=1, inside=0),
    ]


def _undo_first() -> dict[str, Any]:
    """Give the case of an undo that stands before its scan: it annuls the id for good."""
    phone = Phone().undoes(2)
    return phone.sees("wang", "counted", "annulled", minute=11).case(
        "the undo stands before its scan", people=0, inside=0
    )


def clocks() -> list[dict[str, Any]]:
    """Give clocks that are wrong."""
    told = [
        Phone()
        .sees("wang", minute=10)
        .sees("li", at=at, minute=11, doubted=True, offset=None)
        .sees("rotated", minute=12)
        .case(f"a clock at {name}", people=3, inside=3)
        for name, at in (
            ("the year 1", "0001-01-01T00:00:00+00:00"),
            ("1970", "1970-01-01T00:00:00.000Z"),
            ("2099", "2099-12-31T23:59:59.999Z"),
            ("twelve hours ahead", moment(11 + 720)),
            ("twelve hours behind", moment(11 - 720)),
            ("nonsense", "昨天下午"),
            ("no time", ""),
        )
    ]
    year = 365 * 24 * 3600 * 1000
    return [
        *told,
        Phone()
        .sees("wang", at="1970-01-01T00:00:00Z", offset=None, doubted=True)
        .case("the only scan, at 1970", people=1, inside=1),
        Phone()
        .sees("wang", at=(BEGIN + timedelta(days=365, minutes=10)).isoformat(), offset=-year)
        .case("a year ahead, and the offset knows it", people=1, inside=1),
        Phone()
        .sees("wang", minute=10)
        .sees("wang", direction="out", at=moment(-3000), doubted=True, offset=None, minute=60)
        .case("the clock jumped back before the exit", people=1, inside=0),
        Phone()
        .sees("wang", at="2099-01-01T00:00:00Z", doubted=True, offset=None, minute=10)
        .sees("wang", direction="out", minute=60)
        .case("the clock was ahead at the entry", people=1, inside=0),
        Phone()
        .sees("left", minute=30)
        .sees("left", "duplicate_of", at="2099-01-01T00:00:00Z", offset=None, doubted=True, minute=31)
        .case("a doubted second scan", people=1, inside=1),
        Phone()
        .sees("wang", minute=50)
        .sees("li", minute=20, doubted=True)
        .sees("rotated", minute=52)
        .case("half an hour back between two that agree", people=3, inside=3),
        Phone()
        .sees("wang", minute=50)
        .sees("li", minute=47)
        .case("three minutes back is no reason to doubt", people=2, inside=2),
    ]


def openings() -> list[dict[str, Any]]:
    """Give what is scanned at an event that begins ten hours on, whose gate opens after seven."""
    opens, begins = 420, 600
    return [
        Phone("fair/9")
        .sees("soon", "early", minute=10)
        .sees("soon", minute=begins + 5)
        .case("tried out long before, then she comes", people=1, inside=1),
        Phone("fair/9").types(code("soon"), "early", minute=10).case("typed long before", people=0, inside=0),
        Phone("fair/9")
        .sees("soon", "early", minute=opens - 0.01)
        .case("a moment before the gate opens", people=0, inside=0),
        Phone("fair/9").sees("soon", minute=opens).case("the moment the gate opens", people=1, inside=1),
        Phone("fair/9")
        .sees("wang", "wrong_event", early=True, minute=10)
        .case("the ticket of another fair, long before", people=0, inside=0),
        Phone("fair/9")
        .sees("soon", offset=None, doubted=True, minute=10)
        .case("a phone that does not know the time lets her in, and it comes later", people=1, inside=1),
        Phone("fair/9")
        .sees("soon", "counted", "early", offset=None, minute=begins + 5)
        .sees("soon", "duplicate_of", "early", offset=None, minute=begins + 6)
        .case("a clock that runs ahead, and it comes before the gate opens", people=0, inside=0, received=10),
        Phone("fair/9")
        .sees("soon", at=moment(begins - 720), minute=begins, doubted=True)
        .case("a clock twelve hours behind, which the list knows", people=1, inside=1),
    ]
