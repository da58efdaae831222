// The phone's side of tests/gate_vectors.json: node --test tests/gate_vectors.mjs (tests/portal/gate/test_vectors.py).
import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
const address = (source) => `data:text/javascript;base64,${Buffer.from(source).toString("base64")}`;
const tokens = address(read("../static/js/gate/tokens.js"));
const { judge, open, settle } = await import(tokens);
const { kept } = await import(address(read("../static/js/gate/keys.js").replace("./tokens.js", tokens)));
const { snapshots, cases } = JSON.parse(read("gate_vectors.json"));

/** What the phone says of each item in turn, as store.keep does. */
async function said({ event, items }) {
  const list = await kept(snapshots[event]);
  const seen = new Map();
  const holders = new Map();
  const verdicts = [];
  for (const item of items) {
    const undone = holders.get(item.annuls) ?? {};
    const at = Date.parse(item.at) + (item.offset ?? NaN);
    const judged = item.kind === "undo" ? { kind: "annulled", who: undone.who } : open(await judge(item.read, list), list, at);
    const { early = false, ...first } = judged;
    const place = `${undone.direction ?? item.direction} ${first.who}`;
    const { told, after } = settle(first, seen.get(place) ?? [], item);
    if (first.who) seen.set(place, after);
    if (item.kind === "scan") holders.set(item.id, { who: first.who, direction: item.direction });
    verdicts.push({ ...told, early });
  }
  return verdicts;
}

for (const { name, given, expect } of cases) {
  test(name, async () => {
    const verdicts = await said(given);
    const asked = (wanted, at) => Object.fromEntries(Object.keys(wanted).map((what) => [what, verdicts[at]?.[what]]));
    assert.equal(verdicts.length, expect.phone.length);
    assert.deepEqual(expect.phone.map(asked), expect.phone);
    assert.deepEqual(verdicts.map(({ early }) => early), given.items.map(({ early = false }) => early));
  });
}

test("keys cannot be taken out of the list again", async () => {
  const { keys } = await kept(snapshots["fair/7"]);
  for (const key of keys.values()) assert.equal(key.extractable, false);
});

test("nobody is let in to what is called off, nor by a phone that is shut out", () => {
  const list = { ...snapshots["fair/7"], off: true };
  const kinds = ["counted", "late", "kept", "unknown", "cancelled", "wrong_event"];
  const said = (list, refused) => kinds.map((kind) => open({ kind, who: "1 1" }, list, NaN, refused).kind);
  assert.deepEqual(said(list, ""), ["off", "off", "off", ...kinds.slice(3)]);
  assert.deepEqual(said(snapshots["fair/7"], "x"), ["refused", "refused", "refused", ...kinds.slice(3)]);
});
