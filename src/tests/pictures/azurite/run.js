// Azure's own emulator of its Blob Storage, in memory, on a free port of this machine, with one container that is empty:
// run.js ACCOUNT KEY CONTAINER. Says where it is, and runs until it is ended.
const { createHmac } = require("node:crypto");

const [account, key, container] = process.argv.slice(2);
process.env.AZURITE_ACCOUNTS = `${account}:${key}`;
// It reads its own from here. Which versions of the protocol it knows comes after those that clients speak.
process.argv = [
  ...process.argv.slice(0, 2),
  ...["--blobHost", "127.0.0.1", "--blobPort", "0", "--inMemoryPersistence", "--skipApiVersionCheck", "--silent"],
];
const { BlobServerFactory } = require("azurite/dist/src/blob/BlobServerFactory.js");

/** A container is made by whoever has the key of the account. */
async function make(address) {
  const headers = { "x-ms-date": new Date().toUTCString(), "x-ms-version": "2021-12-02" };
  const names = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const words = `PUT${"\n".repeat(12)}${names.join("")}/${account}/${account}/${container}\nrestype:container`;
  const signature = createHmac("sha256", Buffer.from(key, "base64")).update(words, "utf8").digest("base64");
  headers.authorization = `SharedKey ${account}:${signature}`;
  const answer = await fetch(`${address}/${container}?restype=container`, { method: "PUT", headers });
  if (answer.status !== 201) throw new Error(`no container is made: ${answer.status} ${await answer.text()}`);
}

async function main() {
  const server = await new BlobServerFactory().createServer();
  await server.start();
  const address = `${server.getHttpServerAddress()}/${account}`;
  await make(address);
  console.log(JSON.stringify({ address }));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
