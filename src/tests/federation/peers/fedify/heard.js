// What Fedify made of an activity that it found to be signed as it should, in plain words for the tests. Answers none but a
// Follow.

import { Accept, Activity, Create, Delete, Document, Follow, Note, Reject, Undo, Update } from "@fedify/fedify/vocab";

export async function hears(world, context, activity) {
  world.heard.push(await told(context, activity));
  if (activity instanceof Follow) await welcomes(world, context, activity);
}

async function welcomes(world, context, follow) {
  const name = context.parseUri(follow.objectId)?.identifier;
  const person = world.people.get(name);
  const follower = await follow.getActor(context);
  if (person === undefined || follower?.id == null) return;
  person.followers.set(follower.id.href, follower);
  const accept = new Accept({
    id: new URL(`/activities/${world.next++}`, world.origin),
    actor: follow.objectId,
    object: follow,
  });
  await context.sendActivity({ identifier: name }, follower, accept);
}

/** An object by what it says of itself; what is inside, where it is embedded by rule. */
export async function told(context, object) {
  const line = {
    type: object.constructor.name,
    id: object.id?.href ?? null,
    author: object.attributionId?.href ?? null,
    content: object.content?.toString() ?? null,
    name: object.name?.toString() ?? null,
    summary: object.summary?.toString() ?? null,
    answers: object.replyTargetId?.href ?? null,
    updated: object.updated?.toString() ?? null,
    to: object.toIds.map((id) => id.href),
    cc: object.ccIds.map((id) => id.href),
  };
  if (object instanceof Note) line.pictures = await pictures(context, object);
  if (object instanceof Activity) Object.assign(line, await done(context, object));
  if ("inboxId" in object) Object.assign(line, being(object));
  return line;
}

const CARRIES = [Accept, Create, Delete, Reject, Undo, Update];

async function done(context, activity) {
  const line = {
    actor: activity.actorId?.href ?? null,
    object: activity.objectId?.href ?? null,
    target: activity.targetId?.href ?? null,
  };
  if (CARRIES.some((kind) => activity instanceof kind)) {
    const { documentLoader, contextLoader } = context;
    const inside = await activity.getObject({ documentLoader, contextLoader, suppressError: true });
    line.inside = inside === null ? null : await told(context, inside);
  }
  return line;
}

async function pictures(context, note) {
  const found = [];
  for await (const file of note.getAttachments(context)) {
    if (!(file instanceof Document)) continue;
    found.push({
      type: file.constructor.name,
      url: (file.url?.href ?? file.url)?.toString() ?? null,
      mediaType: file.mediaType,
      name: file.name?.toString() ?? null,
      width: file.width,
      height: file.height,
    });
  }
  return found;
}

function being(person) {
  return {
    username: person.preferredUsername?.toString() ?? null,
    inbox: person.inboxId?.href ?? null,
    sharedInbox: person.endpoints?.sharedInbox?.href ?? null,
    key: person.publicKeyId?.href ?? null,
    aliases: person.aliasIds.map((id) => id.href),
    movedTo: person.successorId?.href ?? null,
  };
}
