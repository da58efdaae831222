#!/usr/bin/env bash
# Other people's calendars against ours, on two running servers: the demo county, and a county written by nobody's friend.
# vdirsyncer with khal, ical.js, node-ical, Home Assistant's ical, libical, vobject, recurring-ical-events, radicale and
# icalendar subscribe, and must tell the times and titles that the pages show, and nothing else. Then the office moves,
# cancels, adds and renames, the database has a bad day, and nothing else may change. Takes nothing, leaves nothing.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
here="$root/.ci/checks/calendars"
python="$root/.venv/bin/python"
work=$(mktemp -d)
started=()
leave() {
  if [ $? -ne 0 ]; then for log in "$work"/*.log; do grep -v -e '^\[INFO\]' "$log" | tail -n 20 || true; done; fi
  for each in "${started[@]}"; do kill "$each" 2>/dev/null || true; wait "$each" 2>/dev/null || true; done
  rm -rf "$work"
}
trap leave EXIT

get() { "$python" -c 'import sys, urllib.request as u; sys.stdout.buffer.write(u.urlopen(sys.argv[1], timeout=30).read())' "$1"; }
free() { "$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
wait_for() { for _ in $(seq 900); do if get "$1" >/dev/null 2>&1; then return; fi; sleep 0.2; done; echo "nobody at $1"; exit 1; }

[ -x "$python" ] || (cd "$root" && python3 -m portal test --version >/dev/null)
export PYTHONPATH="$root"

# The demo county is made while the clients are fetched.
demo_port=$(free)
demo="http://127.0.0.1:$demo_port"
(cd "$root" && exec "$python" -m portal demo --port "$demo_port" --data "$work/demo") >"$work/demo.log" 2>&1 &
started+=($!)

# The clients live in folders of their own: khal wants another icalendar than we do. pip is the one the portal pins.
if ! ldconfig -p | grep -q 'libical\.so\.3 '; then
  apt-get install -y -qq --no-install-recommends libical3 >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends libical3 >/dev/null; }
fi
pip=$("$python" -c 'import pathlib, sys; from portal.setup.index import fetch_pip as f; print(f(pathlib.Path(sys.argv[1])))' "$work")
clients() {
  python3 -m venv --without-pip "$work/$1"
  PYTHONPATH='' "$work/$1/bin/python" "$pip/pip" install --quiet --disable-pip-version-check --root-user-action ignore "${@:2}" 2>"$work/pip-$1.log"
}
clients khal 'vdirsyncer==0.21.0' 'khal==0.14.1'
clients readers 'ical>=9' 'vobject==0.9.9' 'recurring-ical-events==3.8.2' 'radicale>=3.5,<4'
npm install --silent --no-audit --no-fund --prefix "$work/node" ical.js@2 node-ical@0.26

radicale_port=$(free)
cat >"$work/radicale.conf" <<END
[server]
hosts = 127.0.0.1:$radicale_port
[auth]
type = none
[storage]
filesystem_folder = $work/radicale
[logging]
level = error
END
PYTHONPATH='' "$work/readers/bin/python" -m radicale --config "$work/radicale.conf" >"$work/radicale.log" 2>&1 &
started+=($!)

port=$(free)
export SONGGANG_URL="http://127.0.0.1:$port"
settings=(DATABASE_URL="sqlite:///$work/songgang.sqlite3" SONGGANG_SECRET="$("$python" -c 'import secrets; print(secrets.token_urlsafe(48))')")
county() { env "${settings[@]}" "$python" "$here/county.py" "$1"; }
county fill >"$work/private"
(cd "$root" && exec env "${settings[@]}" "$python" -m portal serve --port "$port") >"$work/server.log" 2>&1 &
started+=($!)
wait_for "$SONGGANG_URL/readyz"

say_clients() { # configurations of vdirsyncer and khal for the server $1 in the folder $2
  mkdir -p "$2"/calendars/{fairs,courses}
  printf '[general]\nstatus_path = "%s/status"\n' "$2" >"$2/vdirsyncer.conf"
  cat >"$2/khal.conf" <<END
[locale]
local_timezone = Asia/Shanghai
default_timezone = Asia/Shanghai
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = $2/khal.db
[default]
default_calendar = fairs
[calendars]
END
  for feed in fairs courses; do
    cat >>"$2/vdirsyncer.conf" <<END
[pair $feed]
a = "${feed}_there"
b = "${feed}_here"
collections = null
conflict_resolution = "a wins"
[storage ${feed}_there]
type = "http"
url = "$1/feeds/$feed.ics"
[storage ${feed}_here]
type = "filesystem"
path = "$2/calendars/$feed"
fileext = ".ics"
END
    printf '[[%s]]\npath = %s\n' "$feed" "$2/calendars/$feed" >>"$2/khal.conf"
  done
  sync "$2" discover >/dev/null
}
sync() { PYTHONPATH='' "$work/khal/bin/vdirsyncer" --config "$1/vdirsyncer.conf" --verbosity WARNING "${@:2}"; }
compare() { # what every client shows of the server $1 with what its pages show; folder $2
  sync "$2" sync
  # vdirsyncer gives what it fetches UIDs of its own, so khal's do not count.
  # Nobody's own zone may matter: khal is told Shanghai's, ical.js must take it from the feed.
  TZ=UTC PYTHONPATH='' "$work/khal/bin/khal" --config "$2/khal.conf" list --once --day-format '' \
    --format '-{tab}{start-long}{tab}{end-long}{tab}{title}{nl}' "$(date -d '-200 days' +%F)" "$(date -d '+420 days' +%F)" \
    >"$2/khal.txt"
  TZ=America/New_York NODE_PATH="$work/node/node_modules" node "$here/read_js.cjs" "$2" "$1/feeds/fairs.ics" "$1/feeds/courses.ics"
  TZ=America/New_York PYTHONPATH='' "$work/readers/bin/python" "$here/read_py.py" "$2" "http://127.0.0.1:$radicale_port" \
    "$1/feeds/fairs.ics" "$1/feeds/courses.ics"
  "$python" "$here/compare.py" "$1" $(for name in khal ical.js node-ical ical recurring-ical-events vobject libical radicale; do echo "$name=$2/$name.txt"; done)
}
folders=("$work/hostile/calendars/fairs" "$work/hostile/calendars/courses")
kept() { "$python" "$here/store.py" "$1" "$work/kept.json" "${@:2}" "${folders[@]}"; }

echo "The hostile county"
say_clients "$SONGGANG_URL" "$work/hostile"
compare "$SONGGANG_URL" "$work/hostile"
mapfile -t private <"$work/private"
"$python" "$here/bytes.py" "$SONGGANG_URL" /feeds/fairs.ics /feeds/courses.ics '/feeds/fairs.ics?kind=gig_fair&alarm=60' \
  /feeds/fairs/liuhe.ics /feeds/courses/weld.ics /feeds/courses/weld/2.ics "${private[0]}?alarm=0" "-${private[1]}"

echo "Nothing has changed"
kept remember
sync "$work/hostile" sync
kept compare ''

echo "The database has a bad day"
county away
if sync "$work/hostile" sync 2>"$work/sync.log"; then echo "a sync went well without a database"; exit 1; fi
grep -q 503 "$work/sync.log" || { echo "the subscriber was not told 503"; exit 1; }
county back
kept compare ''

echo "One is moved, one called off, one added, one renamed; of a class one session is moved, one cancelled"
county change
compare "$SONGGANG_URL" "$work/hostile"
kept compare '要改期的一场|要取消的一场|要改名的一场|焊工班 第2次课 平焊|焊工班 第3次课 平焊>【改期】要改期的一场|【已取消】要取消的一场|改了名的一场|要加上的一场|【改期】焊工班 第2次课 平焊|【已取消】焊工班 第3次课 平焊'
"$python" "$here/bytes.py" "$SONGGANG_URL" /feeds/fairs.ics /feeds/courses.ics /feeds/courses/weld/2.ics
for token in "${private[@]}"; do
  token=${token#/feeds/p/}
  if grep -q "${token%.ics}" "$work"/*.log; then echo "a token stands in a log"; exit 1; fi
done

echo "The demo county"
wait_for "$demo/readyz"
say_clients "$demo" "$work/demo-clients"
compare "$demo" "$work/demo-clients"
"$python" "$here/bytes.py" "$demo" /feeds/fairs.ics /feeds/courses.ics
