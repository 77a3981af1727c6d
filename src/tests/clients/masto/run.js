// What an app made with masto.js does in a day, on a server started with examples/fixtures.toml. Run with its address; ends
// at the first thing that is not as the library expects it.

import assert from "node:assert/strict";
import { createRestAPIClient, createStreamingAPIClient } from "masto";

const [address] = process.argv.slice(2);
const ana = createRestAPIClient({ url: address, accessToken: "token-of-ana" });
const ben = createRestAPIClient({ url: address, accessToken: "token-of-ben" });

async function registers() {
  const app = await ana.v1.apps.create({
    clientName: "masto.js",
    redirectUris: "urn:ietf:wg:oauth:2.0:oob",
    scopes: "read write",
  });
  assert.ok(app.clientId && app.clientSecret);
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
await pages();
await hears();
process.exit(0);
