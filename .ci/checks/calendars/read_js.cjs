// What JavaScript's calendars show of feeds: read_js.cjs FOLDER ADDRESS... writes ical.js.txt and node-ical.txt there.
// A line for each event: UID, start, end, title, tabs between, times in Shanghai's. node-ical fetches for itself; ical.js
// works the zone out from each feed's own VTIMEZONE. Whatever else stands in a feed than its zone and its events is an error.
const fs = require("node:fs");
const { createRequire } = require("node:module");
const path = require("node:path");
const at = createRequire(path.join(process.env.NODE_PATH, "x"));
const got = at("ical.js");
const ICAL = got.default ?? got;
const nodeIcal = at("node-ical");

const shanghai = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "short" });
const line = (uid, start, end, title) => [uid, shanghai.format(start), shanghai.format(end), title].join("\t");

function icalJs(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zones = calendar.getAllSubcomponents("vtimezone").map((zone) => new ICAL.Timezone(zone));
  const others = calendar.getAllSubcomponents().filter((each) => !["vtimezone", "vevent"].includes(each.name));
  if (zones.length !== 1 || zones[0].tzid !== "Asia/Shanghai" || others.length) throw new Error("not one zone and events");
  ICAL.TimezoneService.reset();
  zones.forEach((zone) => ICAL.TimezoneService.register(zone));
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return line(event.uid, event.startDate.toJSDate(), event.endDate.toJSDate(), event.summary);
  });
}

async function nodes(address) {
  const found = Object.values(await nodeIcal.async.fromURL(address));
  const others = found.filter((each) => each.type && !["VCALENDAR", "VTIMEZONE", "VEVENT"].includes(each.type));
  if (others.length) throw new Error(`node-ical finds ${others.map((each) => each.type)}`);
  const words = (value) => value?.val ?? value ?? "";
  return found.filter((each) => each.type === "VEVENT").map((one) => line(one.uid, one.start, one.end, words(one.summary)));
}

(async () => {
  const [folder, ...addresses] = process.argv.slice(2);
  const told = { "ical.js": [], "node-ical": [] };
  for (const address of addresses) {
    told["ical.js"].push(...icalJs(await (await fetch(address)).text()));
    told["node-ical"].push(...(await nodes(address)));
  }
  for (const [name, lines] of Object.entries(told)) fs.writeFileSync(path.join(folder, `${name}.txt`), `${lines.join("\n")}\n`);
})();
