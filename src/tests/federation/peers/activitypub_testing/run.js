// Asks an actor what the ActivityPub recommendation asks of one, as the package that collects its rules does. Run with the
// actor's address; says for each rule what came of it, one line each. The package's own command would fetch a context from
// elsewhere to say the same.

import { ActorUrlTestRun } from "activitypub-testing/test-actor";

const quiet = Object.assign(Object.create(console), { debug() {}, info() {}, log() {}, warn() {} });
for await (const { test, result } of new ActorUrlTestRun(new URL(process.argv[2]), { console: quiet })) {
  console.log(JSON.stringify({ rule: test.slug, outcome: result.outcome, info: result.info ?? null }));
}
process.exit(0);
