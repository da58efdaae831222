#!/usr/bin/env bash
# Every page of the demo county before axe-core, in normal, large-text and high-contrast dress, on a phone and on a desk;
# and nothing may scroll sideways at 320 px. Takes nothing, leaves nothing.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
python="$root/.venv/bin/python"
work=$(mktemp -d)
server=
leave() {
  if [ $? -ne 0 ] && [ -f "$work/server.log" ]; then tail -n 20 "$work/server.log" || true; fi
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap leave EXIT

[ -x "$python" ] || (cd "$root" && python3 -m portal test --version >/dev/null)
npm install --silent --no-audit --no-fund --prefix "$work/node" axe-core@4
port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
(cd "$root" && exec "$python" -m portal demo --port "$port" --data "$work/demo") >"$work/server.log" 2>&1 &
server=$!
PYTHONPATH="$root" "$python" "$root/.ci/checks/pages/walk.py" "http://127.0.0.1:$port" "$work/node/node_modules/axe-core/axe.min.js"
