// Who lives on this server, what they have written and who follows them, as Fedify serves it. Keeps all in memory, and
// does nothing of its own accord but accept who asks to follow.

import { createFederation, generateCryptoKeyPair, MemoryKvStore } from "@fedify/fedify";
import { Activity, Endpoints, Note, Person } from "@fedify/fedify/vocab";
import { hears } from "./heard.js";

export function makeWorld(origin) {
  return { origin, people: new Map(), notes: new Map(), activities: new Map(), heard: [], next: 1 };
}

/** Somebody who is here from now on: with an RSA key for requests, and one for proofs of objects. */
export async function settle(world, name) {
  const keys = [await generateCryptoKeyPair("RSASSA-PKCS1-v1_5"), await generateCryptoKeyPair("Ed25519")];
  world.people.set(name, { keys, name, summary: "", followers: new Map(), aliases: [], movedTo: null });
}

/** The server, whose people sign by this scheme as long as nobody refuses it. */
export function federate(world, firstKnock) {
  const federation = createFederation({
    kv: new MemoryKvStore(),
    origin: world.origin,
    allowPrivateAddress: true,
    firstKnock,
  });
  federation
    .setActorDispatcher("/users/{identifier}", (context, name) => actor(world, context, name))
    .setKeyPairsDispatcher((_, name) => world.people.get(name)?.keys ?? []);
  federation.setOutboxDispatcher("/users/{identifier}/outbox", () => ({ items: [] }));
  federation.setFollowersDispatcher("/users/{identifier}/followers", (_, name) => ({
    items: [...(world.people.get(name)?.followers.values() ?? [])],
  }));
  federation.setFollowingDispatcher("/users/{identifier}/following", () => ({ items: [] }));
  federation.setObjectDispatcher(
    Note,
    "/users/{identifier}/notes/{number}",
    (context, { identifier, number }) =>
      world.notes.get(context.getObjectUri(Note, { identifier, number }).href) ?? null,
  );
  federation.setNodeInfoDispatcher("/nodeinfo/2.1", () => ({
    software: { name: "fedify-peer", version: "1.0.0" },
    protocols: ["activitypub"],
    usage: { users: {}, localPosts: 0, localComments: 0 },
  }));
  federation
    .setInboxListeners("/users/{identifier}/inbox", "/inbox")
    .on(Activity, (context, activity) => hears(world, context, activity));
  return federation;
}

export async function actor(world, context, name) {
  const person = world.people.get(name);
  if (person === undefined) return null;
  const keys = await context.getActorKeyPairs(name);
  return new Person({
    id: context.getActorUri(name),
    preferredUsername: name,
    name: person.name,
    summary: person.summary,
    url: new URL(`/@${name}`, world.origin),
    inbox: context.getInboxUri(name),
    outbox: context.getOutboxUri(name),
    followers: context.getFollowersUri(name),
    following: context.getFollowingUri(name),
    endpoints: new Endpoints({ sharedInbox: context.getInboxUri() }),
    publicKey: keys[0].cryptographicKey,
    assertionMethods: keys.map((key) => key.multikey),
    aliases: person.aliases.map((alias) => new URL(alias)),
    successor: person.movedTo === null ? null : new URL(person.movedTo),
  });
}
