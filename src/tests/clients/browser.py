"""A browser without scripts, for programs that send people to a page: it fills in the forms that pages show.

It keeps cookies and follows redirects, and knows nothing of what the pages are about.
"""

from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlsplit

import requests


class Form(HTMLParser):
    """What a page hides in its form to `action`."""

    def __init__(self, action):
        super().__init__()
        self.action, self.is_within, self.fields = action, False, None

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form" and attributes.get("action") == self.action:
            self.is_within, self.fields = True, {}
        elif self.is_within and tag == "input" and attributes.get("type") == "hidden":
            self.fields[attributes["name"]] = attributes.get("value", "")

    def handle_endtag(self, tag):
        if tag == "form":
            self.is_within = False


def submits(session, page, action, typed):
    form = Form(action)
    form.feed(page.text)
    assert form.fields is not None, f"{page.url} shows no form to {action}"
    answer = session.post(urljoin(page.url, action), data={**form.fields, **typed}, timeout=30)
    assert answer.ok, f"{action}: {answer.status_code}"
    return answer


def code_for(address, login, password):
    """Opens where a program sends people, signs in there and says yes; gives the code that is shown for copying."""
    session = requests.Session()
    page = session.get(address, timeout=30)
    page = submits(session, page, "/auth/sign_in", {"user[email]": login, "user[password]": password})
    page = submits(session, page, "/oauth/authorize", {"decision": "allow"})
    code = parse_qs(urlsplit(page.url).query)["code"][0]
    assert code in page.text, "the code can be copied"
    return code
