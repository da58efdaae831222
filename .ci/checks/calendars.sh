#!/usr/bin/env bash
# Other people's calendars against ours. A real server; vdirsyncer and khal, ical.js and icalendar subscribe to its feeds,
# hear of a change, and must then tell the times and titles that the pages show. Takes nothing, leaves nothing.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
here="$root/.ci/checks/calendars"
python="$root/.venv/bin/python"
work=$(mktemp -d)
server=
leave() {
  if [ $? -ne 0 ] && [ -f "$work/server.log" ]; then grep -v -e '^\[INFO\]' "$work/server.log" | tail -n 20 || true; fi
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap leave EXIT

get() { "$python" -c 'import sys, urllib.request as u; sys.stdout.buffer.write(u.urlopen(sys.argv[1], timeout=30).read())' "$1"; }

[ -x "$python" ] || (cd "$root" && python3 -m portal test --version >/dev/null)
export PYTHONPATH="$root"

# The clients live in a folder of their own: khal wants another icalendar than we do. pip is the one the portal pins.
python3 -m venv --without-pip "$work/clients"
pip=$("$python" -c 'import pathlib, sys; from portal.setup.index import fetch_pip as f; print(f(pathlib.Path(sys.argv[1])))' "$work")
PYTHONPATH='' "$work/clients/bin/python" "$pip/pip" install --quiet --disable-pip-version-check --root-user-action ignore \
  'vdirsyncer==0.21.0' 'khal==0.14.1'
npm install --silent --no-audit --no-fund --prefix "$work/node" ical.js@2

port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export SONGGANG_URL="http://127.0.0.1:$port" DATABASE_URL="sqlite:///$work/songgang.sqlite3"
SONGGANG_SECRET=$("$python" -c 'import secrets; print(secrets.token_urlsafe(48))')
export SONGGANG_SECRET
"$python" "$here/county.py" fill
(cd "$root" && exec "$python" -m portal serve --port "$port") >"$work/server.log" 2>&1 &
server=$!
for _ in $(seq 100); do
  if get "$SONGGANG_URL/readyz" >/dev/null 2>&1; then break; fi
  sleep 0.2
done

mkdir -p "$work"/calendars/{fairs,courses}
for feed in fairs courses; do
  cat >>"$work/vdirsyncer" <<END
[pair $feed]
a = "${feed}_there"
b = "${feed}_here"
collections = null
conflict_resolution = "a wins"
[storage ${feed}_there]
type = "http"
url = "$SONGGANG_URL/feeds/$feed.ics"
[storage ${feed}_here]
type = "filesystem"
path = "$work/calendars/$feed"
fileext = ".ics"
END
  printf '[[%s]]\npath = %s\n' "$feed" "$work/calendars/$feed" >>"$work/calendars.list"
done
cat >"$work/vdirsyncer.conf" - "$work/vdirsyncer" <<END
[general]
status_path = "$work/status"
END
cat >"$work/khal.conf" - "$work/calendars.list" <<END
[locale]
local_timezone = Asia/Shanghai
default_timezone = Asia/Shanghai
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = $work/khal.db
[default]
default_calendar = fairs
[calendars]
END
sync() { PYTHONPATH='' "$work/clients/bin/vdirsyncer" --config "$work/vdirsyncer.conf" --verbosity WARNING "$@"; }

compare() {
  sync sync
  # vdirsyncer gives what it fetches UIDs of its own, so khal's do not count.
  # Nobody's own zone may matter: khal is told Shanghai's, ical.js must take it from the feed.
  TZ=UTC PYTHONPATH='' "$work/clients/bin/khal" --config "$work/khal.conf" list --once --day-format '' \
    --format '-{tab}{start-long}{tab}{end-long}{tab}{title}{nl}' "$(date -d '-200 days' +%F)" "$(date -d '+420 days' +%F)" \
    >"$work/khal.txt"
  for feed in fairs courses; do get "$SONGGANG_URL/feeds/$feed.ics"; done \
    | TZ=America/New_York NODE_PATH="$work/node/node_modules" node "$here/read.cjs" >"$work/icaljs.txt"
  "$python" "$here/compare.py" "$SONGGANG_URL" khal="$work/khal.txt" ical.js="$work/icaljs.txt"
}
sync discover >/dev/null
compare
"$python" "$here/county.py" change
compare
