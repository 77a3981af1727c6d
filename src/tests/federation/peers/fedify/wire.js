// What goes over the wire, both ways: names that are on this machine, and what Fedify's own verifier says of each request
// that comes. Changes no request but for TLS, which a server of a test does not have, and asks nobody elsewhere.

import dns from "node:dns";
import { verifyRequestDetailed } from "@fedify/fedify/sig";

const HERE = /(^127\.0\.0\.1|\.test)$/;

/** All that was sent with a body, in order. */
export const sent = [];
/** All that came, with its verdict, in order. */
export const came = [];

export function stayHere() {
  dns.lookup = (name, options, done) => {
    const [how, tell] = typeof options === "function" ? [{}, options] : [options, done];
    if (!HERE.test(name)) return tell(new Error(`${name} is not on this machine`));
    return how.all ? tell(null, [{ address: "127.0.0.1", family: 4 }]) : tell(null, "127.0.0.1", 4);
  };
  const plain = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    let request = new Request(input, init);
    // Handles are looked up with https whatever is allowed otherwise; a proxy before the server would end it.
    if (request.url.startsWith("https:")) request = new Request(request.url.replace("https:", "http:"), request);
    const line = request.method === "POST" ? await noted(request) : {};
    const response = await plain(request);
    line.status = response.status;
    return response;
  };
}

async function noted(request) {
  const body = await request.clone().json();
  const line = {
    url: request.url,
    scheme: schemeOf(request),
    type: body.type,
    linkedDataSignature: "signature" in body,
    objectProof: "proof" in body,
  };
  sent.push(line);
  return line;
}

/** By what it is signed, if at all. */
export function schemeOf(request) {
  if (request.headers.has("signature-input")) return "rfc9421";
  return request.headers.has("signature") ? "draft-cavage-http-signatures-12" : null;
}

/** Asks the verifier about a request of another server, with a fresh look at the key each time. */
export async function judged(request, context) {
  // This server asks itself too.
  if (request.headers.get("user-agent")?.startsWith("Fedify/")) return {};
  const line = {
    method: request.method,
    path: new URL(request.url).pathname,
    scheme: schemeOf(request),
    verdict: "unsigned",
    key: null,
    status: null,
  };
  came.push(line);
  if (line.scheme === null) return line;
  const { documentLoader, contextLoader } = context;
  try {
    const result = await verifyRequestDetailed(request.clone(), { documentLoader, contextLoader });
    line.verdict = result.verified ? "valid" : result.reason.type;
    line.key = result.verified ? (result.key.id?.href ?? null) : null;
  } catch (error) {
    line.verdict = String(error);
  }
  return line;
}
