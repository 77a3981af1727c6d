# shellcheck shell=bash
# How tests are run and counted. Counts only what the test programs themselves report.

begin_results() {
  passed=0 failed=0 skipped=0
  broken=()
}

# check NAME COMMAND…: a check that is not a test. It counts when it fails: then the whole run has failed.
check() {
  local name=$1
  shift
  quietly "$@" || { say "$name: failed"; broken+=("$name"); }
}

# check_queries ALL: that `.sqlx` fits queries and migrations. It needs sqlx-cli, which only --all installs.
check_queries() {
  [ "$1" = 1 ] || [ -n "${CI:-}" ] || have cargo-sqlx || return 0
  check queries script/prepare --check
}

# tests_at_once: as many as there are processors. Where these are few, half as many again: a third of the time a test waits,
# for a disk, a clock or another server. Where they are many, the tests' one Postgres has no connections for more.
tests_at_once() {
  local processors
  processors=$(nproc 2>/dev/null || sysctl -n hw.ncpu 2>/dev/null || echo 2)
  [ "$processors" -ge 4 ] || processors=$((processors + (processors + 1) / 2))
  echo "$processors"
}

# run_tests WORDS…: all Rust tests, by nextest where it is.
run_tests() {
  local log status=0
  log=$(mktemp)
  if cargo nextest --version >/dev/null 2>&1; then
    cargo nextest run --workspace --no-fail-fast --test-threads "$(tests_at_once)" --color never --status-level fail --final-status-level fail "$@" 2>&1 | tee "$log" || status=$?
    count_nextest "$log"
  else
    # Several words are a choice between them here as with nextest.
    cargo test --workspace --no-fail-fast --color never -- "$@" 2>&1 | tee "$log" || status=$?
    count_libtest "$log"
  fi
  rm -f "$log"
  # Nothing failed by name, but the run did: it did not build, or a test program died.
  if [ "$status" != 0 ] && [ "$failed" = 0 ]; then broken+=(tests); fi
  if [ "$status" = 0 ] && [ $((passed + failed)) = 0 ]; then broken+=("no test ran"); fi
}

# The line "Summary [ 1.2s] 9 tests run: 7 passed (1 slow), 1 failed, 1 timed out, 2 skipped".
count_nextest() {
  local line
  line=$(grep -E '^ *Summary ' "$1" | tail -n 1 || true)
  passed=$((passed + $(number_before passed "$line")))
  failed=$((failed + $(number_before failed "$line") + $(number_before 'timed out' "$line") + $(number_before 'exec failed' "$line")))
  skipped=$((skipped + $(number_before skipped "$line")))
}

number_before() {
  local number
  number=$(sed -nE "s/.*[^0-9]([0-9]+) $1.*/\1/p" <<<"$2")
  echo "${number:-0}"
}

# The lines "test result: ok. 7 passed; 0 failed; 1 ignored; …", one for each test program.
count_libtest() {
  local p f i
  while read -r p f i; do
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + i))
  done < <(sed -nE 's/^test result: .* ([0-9]+) passed; ([0-9]+) failed; ([0-9]+) ignored.*/\1 \2 \3/p' "$1")
}

# run_frontend_tests ALL: the web app's own, when there is one; they write what node's runner sums up. With ALL every screen is
# seen at every width, in every theme and direction.
run_frontend_tests() {
  [ -e frontend/package.json ] || return 0
  build_frontend
  use_node
  local log status=0
  log=$(mktemp)
  (
    cd frontend
    [ "$1" = 0 ] || export ALL=1
    npm run --silent test
  ) 2>&1 | tee "$log" || status=$?
  # Vitest: "Tests  2 failed | 7 passed | 1 skipped (10)".
  local line failures
  line=$(sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -E '^ *Tests ' | tail -n 1 || true)
  passed=$((passed + $(number_before passed " $line")))
  failures=$(number_before failed " $line")
  failed=$((failed + failures))
  skipped=$((skipped + $(number_before skipped " $line")))
  rm -f "$log"
  if [ "$status" != 0 ] && [ "$failures" = 0 ]; then broken+=("web app tests"); fi
}

# end_results: the one line, and the exit status.
end_results() {
  [ "${#broken[@]}" = 0 ] || say "These failed beside the tests: ${broken[*]}"
  printf 'tests: %d passed, %d failed, %d skipped\n' "$passed" "$((failed + ${#broken[@]}))" "$skipped"
  [ "$failed" = 0 ] && [ "${#broken[@]}" = 0 ]
}
