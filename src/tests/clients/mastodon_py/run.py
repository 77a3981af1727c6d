"""What an app made with Mastodon.py does in a day, on a server started with examples/fixtures.toml.

Run as `run.py ADDRESS`. Ends at the first thing that is not as the library expects it.
"""

import sys
import threading
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

from mastodon import Mastodon, MastodonNotFoundError, StreamListener

sys.path[:0] = [str(Path(__file__).parent.parent)]

import browser  # noqa: E402
from picture import picture  # noqa: E402

ADDRESS = sys.argv[1]
SCOPES = ["read", "write", "follow", "push"]


def log_in():
    """Registers an app and sends its person to let it in, by the forms that they see."""
    client_id, secret = Mastodon.create_app("Mastodon.py", api_base_url=ADDRESS, scopes=SCOPES)
    client = Mastodon(client_id, secret, api_base_url=ADDRESS, ratelimit_method="throw")
    page = client.auth_request_url(scopes=SCOPES, allow_http=True)
    code = browser.code_for(page, "ana", "password-of-ana")
    client.log_in(code=code, scopes=SCOPES, allow_http=True)
    assert client.me().username == "ana"
    return client


def posts_and_edits(client):
    upload = client.media_post(picture(), mime_type="image/png", description="A blue wall", synchronous=True)
    post = client.status_post("A wall #blue", media_ids=[upload], idempotency_key="once")
    again = client.status_post("A wall #blue", media_ids=[upload], idempotency_key="once")
    assert post.id == again.id
    assert post.media_attachments[0].description == "A blue wall"
    client.status_update(post.id, "A wall, painted #blue")
    assert "painted" in client.status(post.id).content
    assert len(client.status_history(post.id)) == 2
    assert client.status_source(post.id).text == "A wall, painted #blue"
    return post


def answers(client, ben, post):
    reply = ben.status_reply(post, "Which blue?")
    context = client.status_context(post.id)
    assert [below.id for below in context.descendants] == [reply.id]
    assert [above.id for above in client.status_context(reply.id).ancestors] == [post.id]


def deeds(client, ben, post):
    assert ben.status_favourite(post.id).favourited
    assert ben.status_reblog(post.id).reblog.id == post.id
    assert ben.status_bookmark(post.id).bookmarked
    seen = client.status(post.id)
    assert (seen.favourites_count, seen.reblogs_count) == (1, 1)
    assert [one.username for one in client.status_favourited_by(post.id)] == ["ben"]
    assert post.id in [one.id for one in ben.bookmarks()]
    assert not ben.status_unfavourite(post.id).favourited
    ben.status_unreblog(post.id)
    assert not ben.status_unbookmark(post.id).bookmarked


def finds(client):
    found = client.search_v2("ben")
    assert "ben" in [one.username for one in found.accounts]
    assert client.account_lookup("cleo").locked


def plans(client):
    """A post for tomorrow, moved by an hour and given up."""
    at = datetime.now(timezone.utc) + timedelta(days=1)
    planned = client.status_post("Tomorrow", scheduled_at=at)
    assert planned.params.text == "Tomorrow"
    assert [one.id for one in client.scheduled_statuses()] == [planned.id]
    moved = client.scheduled_status_update(planned, at + timedelta(hours=1))
    assert moved.scheduled_at == client.scheduled_status(planned).scheduled_at > planned.scheduled_at
    client.scheduled_status_delete(planned)
    assert not client.scheduled_statuses()


def sorts(client, ben):
    """A list of people, and a filter that keeps a word away."""
    friends = client.list_create("Friends")
    client.list_accounts_add(friends, [ben.me()])
    assert [one.username for one in client.list_accounts(friends)] == ["ben"]
    loud = ben.status_post("Thunder over the pier", visibility="unlisted")
    assert loud.id in [one.id for one in client.timeline_list(friends)]
    words = [{"keyword": "thunder", "whole_word": True}]
    hidden = client.create_filter_v2("Weather", ["home", "public"], "warn", keywords_attributes=words)
    assert [one.title for one in client.filters_v2()] == ["Weather"]
    met = next(one for one in client.timeline_home() if one.id == loud.id)
    assert [one.filter.title for one in met.filtered] == ["Weather"]
    client.delete_filter_v2(hidden.id)
    client.list_delete(friends)
    assert not client.lists() and not client.filters_v2()


def asks(client, ben):
    """A poll, in which somebody votes once."""
    poll = client.make_poll(["Sea", "Hills"], expires_in=600)
    asked = client.status_post("Where to?", poll=poll)
    voted = ben.poll_vote(asked.poll, 1)
    assert voted.voted and voted.own_votes == [1]
    assert [one.votes_count for one in client.poll(asked.poll).options] == [0, 1]


def quotes(client, ben, post):
    """One post in another, until its author takes that back."""
    quoting = ben.status_post("Look at this blue", quoted_status_id=post.id, quote_approval_policy="public")
    assert quoting.quote.state == "accepted" and quoting.quote.quoted_status.id == post.id
    assert [one.id for one in client.status_quotes(post.id)] == [quoting.id]
    assert client.status_quote_revoke(post.id, quoting.id).quote.state == "revoked"
    assert not client.status_quotes(post.id)


def complains(client, ben, post):
    report = ben.report(client.me(), status_ids=[post], comment="Too blue")
    assert not report.action_taken
    assert not ben.conversations()


def pages(client):
    """200 posts, from the newest to the oldest and back."""
    written = [client.status_post(f"Number {number}", visibility="unlisted").id for number in range(200)]
    me = client.me().id
    page = client.account_statuses(me, limit=40)
    down = []
    while page and len(down) < 200:
        down.extend(one.id for one in page)
        last = page
        page = client.fetch_next(page)
    assert down[:200] == written[::-1], "downwards"
    up, page = [], last
    while page:
        up = [one.id for one in page] + up
        page = client.fetch_previous(page)
    assert up[:200] == written[::-1], "upwards"


class Ear(StreamListener):
    def __init__(self):
        self.heard = threading.Event()

    def on_update(self, status):
        self.heard.set()


def hears(client):
    ear = Ear()
    stream = client.stream_user(ear, run_async=True, reconnect_async=False)
    deadline = time.monotonic() + 30
    while not ear.heard.is_set() and time.monotonic() < deadline:
        client.status_post("Is anybody there?", visibility="unlisted")
        ear.heard.wait(1)
    stream.close()
    assert ear.heard.is_set(), "nothing was heard"


def main():
    client = log_in()
    ben = Mastodon(access_token="token-of-ben", api_base_url=ADDRESS)
    post = posts_and_edits(client)
    answers(client, ben, post)
    deeds(client, ben, post)
    finds(client)
    plans(client)
    sorts(client, ben)
    asks(client, ben)
    quotes(client, ben, post)
    complains(client, ben, post)
    pages(client)
    hears(client)
    client.status_delete(post.id)
    try:
        client.status(post.id)
    except MastodonNotFoundError:
        return
    raise AssertionError("it is still there")


main()
