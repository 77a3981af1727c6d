// What the people of this server do when the test says so, each by its name. Decides nothing: who gets an activity is in
// what is asked.

import * as vocab from "@fedify/fedify/vocab";
import { Temporal } from "@js-temporal/polyfill";
import { told } from "./heard.js";
import { actor, settle } from "./people.js";
import { came, sent } from "./wire.js";

const PUBLIC = vocab.PUBLIC_COLLECTION;

/** Remembers it for an Undo, and sends it to the followers of who does it and to whom else is named. */
async function sends(world, context, by, activity, to = []) {
  world.activities.set(activity.id.href, activity);
  const recipients = [...world.people.get(by).followers.values()];
  for (const uri of to) {
    if (!recipients.some((one) => one.id.href === uri)) recipients.push(await context.lookupObject(uri));
  }
  const before = sent.length;
  await context.sendActivity({ identifier: by }, recipients, activity, { preferSharedInbox: true });
  return { id: activity.id.href, sent: sent.slice(before) };
}

function address(world, kind) {
  return new URL(`/${kind}/${world.next++}`, world.origin);
}

/** `pictures`: those of the numbers 0 to so many that this server has. */
async function posts(world, context, { by, text, pictures = 0, to = [], answers = null }) {
  const number = String(world.next++);
  const id = context.getObjectUri(vocab.Note, { identifier: by, number });
  const note = new vocab.Note({
    id,
    attribution: context.getActorUri(by),
    content: text,
    replyTarget: answers === null ? null : new URL(answers),
    published: Temporal.Now.instant(),
    url: id,
    tos: to.length > 0 ? to.map((uri) => new URL(uri)) : [PUBLIC],
    cc: context.getFollowersUri(by),
    attachments: Array.from({ length: pictures }, (_, index) => picture(world, index)),
    tags: to.map((uri) => new vocab.Mention({ href: new URL(uri) })),
  });
  world.notes.set(id.href, note);
  return { note: id.href, ...(await creates(world, context, by, note, to)) };
}

function picture(world, index) {
  return new vocab.Document({
    url: new URL(`/pictures/${index}.jpg`, world.origin),
    mediaType: "image/jpeg",
    name: `Picture ${index}`,
    width: 64,
    height: 48,
  });
}

function creates(world, context, by, note, to) {
  const create = new vocab.Create({
    id: address(world, "activities"),
    actor: context.getActorUri(by),
    object: note,
    tos: note.toIds,
    ccs: note.ccIds,
  });
  return sends(world, context, by, create, to);
}

async function edits(world, context, { by, note, text }) {
  const edited = world.notes.get(note).clone({ content: text, updated: Temporal.Now.instant() });
  world.notes.set(note, edited);
  return updates(world, context, by, edited);
}

async function changesName(world, context, { by, name }) {
  world.people.get(by).name = name;
  return updates(world, context, by, await actor(world, context, by));
}

function updates(world, context, by, object) {
  const update = new vocab.Update({
    id: address(world, "activities"),
    actor: context.getActorUri(by),
    object,
    to: PUBLIC,
  });
  return sends(world, context, by, update);
}

/** `kind`: Follow, Like or Announce, of the `object`, whose author is in `to`. */
async function does(world, context, { by, kind, object, to }) {
  const activity = new vocab[kind]({
    id: address(world, "activities"),
    actor: context.getActorUri(by),
    object: new URL(object),
    ...(kind === "Announce" ? { to: PUBLIC, cc: new URL(to[0]) } : {}),
  });
  return sends(world, context, by, activity, to);
}

async function undoes(world, context, { by, activity, to }) {
  const undo = new vocab.Undo({
    id: address(world, "activities"),
    actor: context.getActorUri(by),
    object: world.activities.get(activity),
  });
  return sends(world, context, by, undo, to);
}

async function deletes(world, context, { by, note }) {
  world.notes.delete(note);
  const remove = new vocab.Delete({
    id: address(world, "activities"),
    actor: context.getActorUri(by),
    object: new vocab.Tombstone({ id: new URL(note) }),
    to: PUBLIC,
  });
  return sends(world, context, by, remove);
}

/** First that the document has changed, then that they have moved. */
async function moves(world, context, { by, target }) {
  world.people.get(by).movedTo = target;
  await updates(world, context, by, await actor(world, context, by));
  const move = new vocab.Move({
    id: address(world, "activities"),
    actor: context.getActorUri(by),
    object: context.getActorUri(by),
    target: new URL(target),
    to: context.getFollowersUri(by),
  });
  return sends(world, context, by, move);
}

async function namesAliases(world, _, { by, aliases }) {
  world.people.get(by).aliases = aliases;
  return null;
}

/** A handle or an address; signed by `by`, where that is said. */
async function looksUp(_, context, { what, by = null }) {
  const documentLoader = by === null ? undefined : await context.getDocumentLoader({ identifier: by });
  const found = await context.lookupObject(what, { documentLoader });
  return found === null ? null : told(context, found);
}

async function comes(world, _, { name }) {
  await settle(world, name);
  return null;
}

async function hangsUp(world, _, { pictures }) {
  world.pictures = pictures.map((picture) => Buffer.from(picture, "base64"));
  return null;
}

/** From now on it takes letters of this scheme only. */
async function insistsOn(world, _, { on }) {
  world.insistsOn = on;
  return null;
}

async function heard(world) {
  return world.heard;
}

async function asked() {
  return came;
}

export const deeds = {
  asked,
  changesName,
  comes,
  deletes,
  does,
  edits,
  hangsUp,
  heard,
  insistsOn,
  looksUp,
  moves,
  namesAliases,
  posts,
  undoes,
};
