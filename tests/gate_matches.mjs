// Who is meant by what was typed: node --test tests/gate_matches.mjs (tests/portal/gate/test_vectors.py).
import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const source = readFileSync(new URL("../static/js/gate/match.js", import.meta.url));
const { matches, merged, verdict } = await import(`data:text/javascript;base64,${source.toString("base64")}`);

const ROWS = [
  ["100000022", "李*国", "02", "1 2"],
  ["100000011", "王*芳", "07", "1 1"],
  ["100000054", "王*芳", "19", "1 5"],
  ["100000065", "王*", "40", "1 6"],
  ["100000079", "阿**·买**", "", "1 7"],
  ["200000026", "陈*雨", "33", "2 2", "", "waitlisted"],
  ["300000016", "青禾县王记食品有限公司", "", "3 1", "12"],
  ["300000024", "ABC Foods", "", "3 2", "2"],
];
const found = (typed) => matches(ROWS, typed).map(([code]) => code);

for (const [typed, codes] of [
  ["王", ["100000065", "100000011", "100000054", "300000016"]],
  ["王秀", ["100000065", "100000011", "100000054"]],
  ["王秀芳", ["100000011", "100000054"]],
  ["王芳", ["100000065", "100000011", "100000054"]],
  ["王*芳", ["100000011", "100000054"]],
  ["芳", ["100000011", "100000054"]],
  ["秀", []],
  ["王秀英", []],
  ["王 07", ["100000011"]],
  ["  王　０７ ", ["100000011"]],
  ["王 3619", ["100000054"]],
  ["王 7", []],
  ["王记", ["300000016", "100000065", "100000011", "100000054"]],
  ["阿依", ["100000079"]],
  ["12", ["300000016"]],
  ["2", ["300000024"]],
  ["abc", ["300000024"]],
  ["", []],
  ["   ", []],
  ["𠮷", []],
  ["[.*", []],
])
  test(`“${typed}”`, () => assert.deepEqual(found(typed), codes));

test("a verdict is the one a scan would have got", () => {
  const list = { revoked: { "1 5": "cancelled" } };
  const told = (at) => verdict(ROWS[at], list);
  assert.deepEqual(told(1), { kind: "counted", who: "1 1", name: "王*芳", booth: "" });
  assert.equal(told(2).kind, "cancelled");
  assert.equal(told(5).kind, "waitlisted");
  assert.deepEqual(told(6), { kind: "counted", who: "3 1", name: "青禾县王记食品有限公司", booth: "12" });
});

test("a later list replaces, adds and takes away", () => {
  const rows = merged(ROWS.slice(0, 3), [["100000054", "王*芳", "20", "1 5"], ["100000090", "钱*", "11", "1 9"]], { "1 2": "reissued" });
  assert.deepEqual(rows.map(([code, , tail]) => [code, tail]), [["100000011", "07"], ["100000054", "20"], ["100000090", "11"]]);
});
