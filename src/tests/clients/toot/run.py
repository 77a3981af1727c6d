"""What somebody does with the terminal program toot, on a server started with examples/fixtures.toml.

Run as `run.py ADDRESS`, with the program's folder in PATH. Ends at the first thing that is not as the program expects it.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent)]

import browser  # noqa: E402
from picture import picture  # noqa: E402

ADDRESS = sys.argv[1]
FOLDER = tempfile.TemporaryDirectory()
ENVIRONMENT = {**os.environ, "XDG_CONFIG_HOME": FOLDER.name, "HOME": FOLDER.name, "PYTHONUNBUFFERED": "1"}


def toot(*words):
    done = subprocess.run(["toot", *words], env=ENVIRONMENT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, f"{words}: {done.stdout} {done.stderr}"
    return done.stdout


def log_in():
    """As people do: the program shows where to go, they sign in there and bring back a code."""
    command = ["toot", "login", "--instance", ADDRESS]
    program = subprocess.Popen(
        command, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    link = next(line.strip() for line in program.stdout if line.startswith("http"))
    code = browser.code_for(link, "ana", "password-of-ana")
    rest, _ = program.communicate(f"n\n{code}\n", timeout=60)
    assert program.returncode == 0, rest
    assert "@ana" in toot("whoami")


def posts():
    file = Path(FOLDER.name) / "harbour.png"
    file.write_bytes(picture())
    post = json.loads(
        toot("post", "A harbour #sea", "--media", str(file), "--description", "A blue harbour", "--json")
    )
    assert post["media_attachments"][0]["description"] == "A blue harbour"
    return post["id"]


def reads(post):
    assert "A harbour" in toot("timelines", "home", "--limit", "5")
    assert "A harbour" in toot("status", post)
    found = json.loads(toot("search", "ben", "--type", "accounts", "--json"))
    assert "ben" in [account["acct"] for account in found["accounts"]]
    assert "Ana" in toot("whois", "ana")
    assert toot("instance", ADDRESS)


def deeds(post):
    toot("favourite", post)
    toot("bookmark", post)
    assert "A harbour" in toot("bookmarks")
    toot("delete", post)


def main():
    log_in()
    post = posts()
    reads(post)
    deeds(post)


main()
