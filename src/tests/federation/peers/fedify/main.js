// A small server of another make, on Fedify, for the tests of talking with one. Run with the name that it has in a test;
// says on which ports its two doors are: one for other servers, one for the test, which says there what its people do.

import { createServer } from "node:http";
import { respondWithObject } from "@fedify/fedify";
import { deeds } from "./deeds.js";
import { federate, makeWorld } from "./people.js";
import { judged, schemeOf, stayHere } from "./wire.js";

const SCHEMES = ["rfc9421", "draft-cavage-http-signatures-12"];

/** A door on loopback that gives each request, and what is in it, to `answer`. */
function open(answer) {
  const server = createServer(async (incoming, outgoing) => {
    const parts = [];
    for await (const part of incoming) parts.push(part);
    try {
      await answer(incoming, Buffer.concat(parts), outgoing);
    } catch (error) {
      outgoing.writeHead(500, { "content-type": "text/plain" }).end(error.stack);
    }
  });
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server.address().port)));
}

async function asServer(incoming, body, outgoing) {
  const request = new Request(new URL(incoming.url, world.origin), {
    method: incoming.method,
    headers: Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    body: body.length > 0 ? body : null,
  });
  const line = await judged(request, contexts[SCHEMES[0]]);
  const response = await answered(request, incoming.url);
  line.status = response.status;
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

async function answered(request, path) {
  const picture = path.match(/^\/pictures\/(\d+)\.jpg$/);
  if (picture !== null) {
    return new Response(world.pictures[Number(picture[1])], { headers: { "content-type": "image/jpeg" } });
  }
  if (request.method === "POST" && world.insistsOn !== undefined && schemeOf(request) !== world.insistsOn) {
    return new Response("by another scheme, please", { status: 401 });
  }
  const activity = world.activities.get(request.url);
  if (activity !== undefined) return respondWithObject(activity, contexts[SCHEMES[0]]);
  return federations[SCHEMES[0]].fetch(request, { contextData: undefined });
}

async function asTest(_, body, outgoing) {
  const { deed, scheme = SCHEMES[0], ...how } = JSON.parse(body);
  const result = await deeds[deed](world, contexts[scheme], how);
  outgoing.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(result));
}

stayHere();
const [port, control] = [await open(asServer), await open(asTest)];
const world = makeWorld(`http://${process.argv[2]}:${port}`);
const federations = Object.fromEntries(SCHEMES.map((scheme) => [scheme, federate(world, scheme)]));
const contexts = Object.fromEntries(
  SCHEMES.map((scheme) => [scheme, federations[scheme].createContext(new URL(world.origin), undefined)]),
);
console.log(JSON.stringify({ port, control }));
// Whoever started it holds the other end; when they are gone, however they went, it goes too.
process.stdin.on("end", () => process.exit(0)).resume();
