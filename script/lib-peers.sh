# shellcheck shell=bash
# Programs of others that the tests start, to talk with them or to keep pictures in them: where they are kept, and how they get
# there. Needs lib.sh. Each is pinned below src/tests/federation/peers or src/tests/pictures, and kept below target/peers under
# the sum of what pins it.

PEERS="fedify activitypub_testing pasture azurite"

# peer_list NAME: the folder that pins it.
peer_list() {
  local list=src/tests/federation/peers/$1
  [ -d "$list" ] || list=src/tests/pictures/$1
  echo "$list"
}

# peer_folder NAME: where it is, or would be.
peer_folder() {
  local list sum
  list=$(peer_list "$1")
  sum=$(cat "$list"/package*.json "$list"/requirements.txt 2>/dev/null | cksum | cut -d ' ' -f 1)
  echo "target/peers/$1-$sum"
}

# install_peer NAME: made beside its place and moved there whole, since several tests may begin at once.
install_peer() {
  local folder fresh
  folder=$(peer_folder "$1")
  [ ! -e "$folder" ] || return 0
  say "Installing $1, for the tests …"
  mkdir -p target/peers
  fresh=$(mktemp -d target/peers/new-XXXXXX)
  if ! install_into "$fresh" "$1"; then
    rm -rf "$fresh"
    return 1
  fi
  [ -e "$folder" ] || mv "$fresh" "$folder"
  rm -rf "$fresh"
}

# install_into FOLDER NAME
install_into() {
  local list
  list=$(peer_list "$2")
  # Its own files stay where they are, and find what they use from here.
  ln -s "../../../$list" "$1/program"
  if [ -e "$list/package-lock.json" ]; then
    cp "$list/package.json" "$list/package-lock.json" "$1/"
    (cd "$1" && quietly npm ci --silent --no-fund --no-audit)
  else
    quietly python3 -m venv "$1/venv" &&
      quietly "$1/venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$list/requirements.txt"
  fi
}

# install_peers: all of them, before the tests that would each bring their own. What cannot be had, they say.
install_peers() {
  local name
  use_node
  for name in $PEERS; do install_peer "$name" || say "$name could not be installed: its tests will fail."; done
}
