"""Writes tests/gate_vectors.json: what phone and server must both make of readings at the gate (docs/gate.md).

Run from the top of the project: `python tools/gate_vectors.py`. It always writes the same bytes.

The file holds a small world (two fairs, a class, their tickets), the snapshots of it as a phone has them, and cases. A
case gives the items one phone made, in order; it expects what the phone says of each when it happens, and what the
server makes of each once all have come: its verdict, and whether its clock was doubted. `people` is how many came,
`inside` how many are there after all of it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

HOME = Path(__file__).parents[1]
sys.path.insert(0, str(HOME))

from gate_cases import cases
from gate_world import COUNTY, EVENTS, TICKETS, code, moment, snapshot, token


def main() -> None:
    """Write the file."""
    world = {
        "events": {
            name: {**e, "starts_at": moment(e["starts_at"]), "ends_at": moment(e["ends_at"])}
            for name, e in EVENTS.items()
        },
        "tickets": {
            who: {
                **t,
                "code": code(who),
                "token": token(who),
                **({"revoked": moment(t["revoked"])} if "revoked" in t else {}),
            }
            for who, t in TICKETS.items()
        },
    }
    told = {
        "about": "Written by tools/gate_vectors.py; explained there. The keys are those of the tests and open nothing.",
        "county": COUNTY,
        "world": world,
        "snapshots": {event: snapshot(event) for event in EVENTS},
        "cases": cases(),
    }
    path = HOME / "tests" / "gate_vectors.json"
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(told['cases'])} cases → {path}")


if __name__ == "__main__":
    main()
