// What an app made with masto.js does in a day, on a server started with examples/fixtures.toml. Run with its address; ends
// at the first thing that is not as the library expects it.

import assert from "node:assert/strict";
import { createOAuthAPIClient, createRestAPIClient, createStreamingAPIClient } from "masto";

const [address] = process.argv.slice(2);
const ana = createRestAPIClient({ url: address, accessToken: "token-of-ana" });
const ben = createRestAPIClient({ url: address, accessToken: "token-of-ben" });

// A browser without scripts: keeps cookies, fills in the form of a page that leads to `action`.
class Browser {
  cookies = new Map();

  async fetch(path, body) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const url = new URL(path, address);
    const answer = await fetch(url, { method: body ? "POST" : "GET", body, headers: { cookie }, redirect: "manual" });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      this.cookies.set(name, value);
    }
    const on = answer.headers.get("location");
    return on ? this.fetch(new URL(on, url).href) : { url, html: await answer.text() };
  }

  submits(page, action, typed) {
    const form = page.html.split(`action="${action}"`)[1]?.split("</form>")[0];
    assert.ok(form, `${page.url} shows no form to ${action}`);
    const plain = (text) => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code));
    const hidden = form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g);
    const fields = [...hidden].map(([, name, value]) => [name, plain(value)]);
    return this.fetch(action, new URLSearchParams([...fields, ...Object.entries(typed)]));
  }
}

async function registers() {
  const redirectUri = "urn:ietf:wg:oauth:2.0:oob";
  const app = await ana.v1.apps.create({ clientName: "masto.js", redirectUris: redirectUri, scopes: "read write" });
  const { clientId, clientSecret } = app;
  const asked = { response_type: "code", client_id: clientId, redirect_uri: redirectUri, scope: "read write" };
  const browser = new Browser();
  let page = await browser.fetch(`/oauth/authorize?${new URLSearchParams(asked)}`);
  page = await browser.submits(page, "/auth/sign_in", { "user[email]": "ben", "user[password]": "password-of-ben" });
  page = await browser.submits(page, "/oauth/authorize", { decision: "allow" });
  const code = page.url.searchParams.get("code");
  const token = await createOAuthAPIClient({ url: address }).token.create({
    grantType: "authorization_code",
    clientId,
    clientSecret,
    redirectUri,
    code,
  });
  const signedIn = createRestAPIClient({ url: address, accessToken: token.accessToken });
  assert.equal((await signedIn.v1.accounts.verifyCredentials()).username, "ben");
  assert.equal((await ana.v1.accounts.verifyCredentials()).username, "ana");
  assert.ok((await ana.v2.instance.fetch()).configuration.statuses.maxCharacters > 0);
}

async function posts() {
  const post = await ana.v1.statuses.create({ status: "A pier #sea" });
  const edited = await ana.v1.statuses.$select(post.id).update({ status: "A long pier #sea" });
  assert.match(edited.content, /long/);
  const reply = await ben.v1.statuses.create({ status: "How long?", inReplyToId: post.id });
  const context = await ana.v1.statuses.$select(post.id).context.fetch();
  assert.deepEqual(context.descendants.map((below) => below.id), [reply.id]);
  return post;
}

async function deeds(post) {
  const his = ben.v1.statuses.$select(post.id);
  assert.equal((await his.favourite()).favourited, true);
  assert.equal((await his.reblog()).reblog.id, post.id);
  assert.equal((await his.bookmark()).bookmarked, true);
  assert.equal((await ana.v1.statuses.$select(post.id).fetch()).favouritesCount, 1);
  const found = await ana.v2.search.list({ q: "ben" });
  assert.ok(found.accounts.some((one) => one.username === "ben"));
}

async function sorts() {
  const him = await ben.v1.accounts.verifyCredentials();
  const list = await ana.v1.lists.create({ title: "Friends" });
  await ana.v1.lists.$select(list.id).accounts.create({ accountIds: [him.id] });
  const loud = await ben.v1.statuses.create({ status: "Thunder over the pier", visibility: "unlisted" });
  const listed = await ana.v1.timelines.list.$select(list.id).list();
  assert.ok(listed.some((one) => one.id === loud.id));
  const filter = await ana.v2.filters.create({
    title: "Weather",
    context: ["home"],
    filterAction: "warn",
    keywordsAttributes: [{ keyword: "thunder", wholeWord: true }],
  });
  const met = (await ana.v1.timelines.home.list()).find((one) => one.id === loud.id);
  assert.deepEqual(met.filtered.map((one) => one.filter.title), ["Weather"]);
  await ana.v2.filters.$select(filter.id).remove();
  await ana.v1.lists.$select(list.id).remove();
}

async function asks() {
  const poll = { options: ["Sea", "Hills"], expiresIn: 600 };
  const asked = await ana.v1.statuses.create({ status: "Where to?", poll });
  const voted = await ben.v1.polls.$select(asked.poll.id).votes.create({ choices: [1] });
  assert.deepEqual([voted.voted, voted.ownVotes], [true, [1]]);
  assert.deepEqual(voted.options.map((one) => one.votesCount), [0, 1]);
}

async function quotes(post) {
  const quoting = await ben.v1.statuses.create({ status: "Look at this", quotedStatusId: post.id });
  assert.equal(quoting.quote.quotedStatus.id, post.id);
  const listed = await ana.v1.statuses.$select(post.id).quotes.list();
  assert.deepEqual(listed.map((one) => one.id), [quoting.id]);
}

// 200 posts, from the newest to the oldest: the library follows the links.
async function pages() {
  const written = [];
  for (let number = 0; number < 200; number += 1) {
    written.unshift((await ana.v1.statuses.create({ status: `Number ${number}`, visibility: "unlisted" })).id);
  }
  const me = await ana.v1.accounts.verifyCredentials();
  const seen = [];
  for await (const page of ana.v1.accounts.$select(me.id).statuses.list({ limit: 40 })) {
    seen.push(...page.map((one) => one.id));
    if (seen.length >= written.length) break;
  }
  assert.deepEqual(seen.slice(0, written.length), written);
}

async function hears() {
  const { configuration } = await ana.v2.instance.fetch();
  const streaming = createStreamingAPIClient({
    streamingApiUrl: configuration.urls.streaming,
    accessToken: "token-of-ana",
  });
  const events = streaming.user.subscribe();
  const heard = (async () => {
    for await (const event of events) if (event.event === "update") return true;
    return false;
  })();
  const speaking = setInterval(() => ana.v1.statuses.create({ status: "Is anybody there?" }), 1000);
  assert.ok(await heard);
  clearInterval(speaking);
  streaming.close();
}

await registers();
const post = await posts();
await deeds(post);
await sorts();
await asks();
await quotes(post);
await pages();
await hears();
process.exit(0);
