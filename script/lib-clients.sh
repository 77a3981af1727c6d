# shellcheck shell=bash
# Client programs of others, and a bounded fuzz of the documented API, against the real program with fixtures. Needs what
# lib-test.sh counts with.

# run_client_tests: each client is one test, and so is the fuzz. Where they cannot be installed they are skipped with a
# word about it, but in CI the run has failed.
run_client_tests() {
  if ! install_clients; then
    say "The client programs of src/tests/clients could not be installed: they need Python 3.10 or later with venv, npm, and both package indexes."
    skipped=$((skipped + 4))
    [ -z "${CI:-}" ] || check "client programs" false
    return 0
  fi
  # The tests have built it: asking cargo for it alone would build much of what it is made of anew, with fewer features.
  [ -x target/debug/tintype ] || check "client programs" cargo build --quiet --bin tintype
  client_test "Mastodon.py" mastodon_py
  client_test "masto.js" masto_js
  client_test "toot" toot_cli
  client_test "fuzz of the documented API" fuzz
}

# install_clients: pinned, under target/, anew only when their list has changed.
install_clients() {
  install_masto || return 1
  local folder=target/clients list=src/tests/clients/requirements.txt
  cmp -s "$list" "$folder/requirements.txt" && return
  have python3 || return 1
  say "Installing client programs …"
  rm -rf "$folder"
  quietly python3 -m venv "$folder" || return 1
  quietly "$folder/bin/pip" install --quiet --disable-pip-version-check --requirement "$list" || return 1
  cp "$list" "$folder/requirements.txt"
}

install_masto() {
  local folder=target/masto list=src/tests/clients/masto
  have npm || return 1
  use_node
  cmp -s "$list/package-lock.json" "$folder/package-lock.json" && cmp -s "$list/run.js" "$folder/run.js" && return
  rm -rf "$folder"
  mkdir -p "$folder"
  # The program runs where its library is.
  cp "$list/package.json" "$list/package-lock.json" "$list/run.js" "$folder/"
  if ! (cd "$folder" && quietly npm ci --silent --no-fund --no-audit); then
    rm -rf "$folder"
    return 1
  fi
}

# client_test NAME FUNCTION: on a server of its own.
client_test() {
  local name=$1 status=0
  quietly with_fixtures "$2" || status=$?
  if [ "$status" = 0 ]; then passed=$((passed + 1)); else say "$name: failed"; failed=$((failed + 1)); fi
}

# with_fixtures FUNCTION: runs it with the address of a server that is started for it, and ends that.
with_fixtures() {
  local folder port server status=0
  folder=$(mktemp -d)
  # For root, Postgres runs as another user.
  chmod 755 "$folder"
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  TINTYPE_LISTEN=127.0.0.1:$port TINTYPE_PUBLIC_URL=http://127.0.0.1:$port TINTYPE_DATA_DIR=$folder/data \
    target/debug/tintype serve --fixtures examples/fixtures.toml >"$folder/log" 2>&1 &
  server=$!
  if wait_until_ready "$port" "$server"; then
    "$1" "http://127.0.0.1:$port" || status=$?
  else
    status=1
  fi
  kill "$server" 2>/dev/null || true
  wait "$server" || true
  [ "$status" = 0 ] || tail -n 5 "$folder/log"
  rm -rf "$folder"
  return "$status"
}

# wait_until_ready PORT PROCESS: at most a minute, and no longer than the process lives.
wait_until_ready() {
  local _
  for _ in $(seq 1 300); do
    kill -0 "$2" 2>/dev/null || return 1
    python3 -c 'import sys, urllib.request as r; r.urlopen(f"http://127.0.0.1:{sys.argv[1]}/ready", timeout=2)' "$1" 2>/dev/null && return 0
    sleep 0.2
  done
  return 1
}

mastodon_py() { timeout 300 target/clients/bin/python src/tests/clients/mastodon_py/run.py "$1"; }

toot_cli() {
  PATH=$PWD/target/clients/bin:$PATH timeout 300 target/clients/bin/python src/tests/clients/toot/run.py "$1"
}

masto_js() { timeout 300 node target/masto/run.js "$1"; }

# Streams stay open and the pages are no JSON; all else is asked with good and bad values. No answer may be a fault of
# ours, of a status that the document does not name or of another shape.
fuzz() {
  timeout 300 target/clients/bin/schemathesis run "$1/api/openapi.json" --url "$1" \
    --header 'Authorization: Bearer token-of-ana' --seed 7 --phases fuzzing --mode all --max-examples 8 \
    --checks not_a_server_error,status_code_conformance,response_schema_conformance \
    --exclude-path-regex '/streaming|^/api/docs|^/api/openapi' --no-shrink --no-color --continue-on-failure
}
