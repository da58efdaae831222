// Reads calendars from standard input with ical.js and writes a line for each event: UID, start, end, title, tabs between.
// Times are written in Shanghai's, worked out from each feed's own VTIMEZONE.
const fs = require("node:fs");
const { createRequire } = require("node:module");
const path = require("node:path");
const at = createRequire(path.join(process.env.NODE_PATH, "x"));
const ICAL = (() => { const got = at("ical.js"); return got.default ?? got; })();

const shanghai = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "short" });
const said = (time) => shanghai.format(time.toJSDate());

for (const text of fs.readFileSync(0, "utf8").split(/(?<=END:VCALENDAR\r\n)/)) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zones = calendar.getAllSubcomponents("vtimezone").map((zone) => new ICAL.Timezone(zone));
  if (zones.length !== 1 || zones[0].tzid !== "Asia/Shanghai") throw new Error("not exactly one zone, Shanghai's");
  ICAL.TimezoneService.reset();
  zones.forEach((zone) => ICAL.TimezoneService.register(zone));
  for (const component of calendar.getAllSubcomponents("vevent")) {
    const event = new ICAL.Event(component);
    console.log([event.uid, said(event.startDate), said(event.endDate), event.summary].join("\t"));
  }
}
