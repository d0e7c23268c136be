// The OpenAPI document: it passes a public linter, and a client generated from it works.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import { build } from "esbuild";
import { Knock } from "./support/knock.mjs";

const TOOLS = "tests/openapi";
const MADE = resolve("target/openapi");
const DOCUMENT = `${MADE}/openapi.json`;
let knock;

before(async () => {
  knock = await Knock.start();
  const reply = await fetch(`${knock.url}/api/openapi.json`);
  mkdirSync(MADE, { recursive: true });
  writeFileSync(DOCUMENT, JSON.stringify(await reply.json(), undefined, 2));
});

after(() => knock?.stop());

/** Runs a program of the tools' packages; returns its output if it succeeded. */
function run(program, ...args) {
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  const { status, stdout, stderr } = spawnSync(`node_modules/.bin/${program}`, args, { cwd: TOOLS, encoding: "utf8", env });
  assert.equal(status, 0, stdout + stderr);
  return stdout + stderr;
}

test("a public linter finds nothing wrong in the document", () => {
  const report = run("redocly", "lint", DOCUMENT, "--config", "redocly.yaml", "--format", "json");
  const { totals, problems } = JSON.parse(report.slice(report.indexOf("{"), report.lastIndexOf("}") + 1));
  assert.deepEqual([totals.errors, totals.warnings], [0, 0], JSON.stringify(problems, undefined, 1));
});

test("a client generated from the document compiles, sends a chat message and reads the contact", async () => {
  run("openapi-typescript", DOCUMENT, "--output", `${MADE}/schema.d.ts`);
  run("tsc", "-p", "tsconfig.json");
  const outfile = `${MADE}/client.mjs`;
  await build({ entryPoints: [`${TOOLS}/client.ts`], bundle: true, format: "esm", platform: "node", outfile, logLevel: "error" });
  const { Program } = await import(pathToFileURL(outfile));
  const program = new Program(knock.url, knock.url, knock.key);

  const email = "ann@hollis-freight.com";
  const visitor = "019b0000-0000-7000-8000-000000000001";
  const written = await program.write(await program.site(), visitor, "019b0000-0000-7000-8000-000000000002", `I am ${email}, what does it cost?`);
  assert.equal(written.seq, 2, "after the greeting");
  assert.equal((await program.state(written.conversation)).status, "AI Discovery");
  const record = await program.contact(email);
  assert.deepEqual([record.contact.email, record.contact.intent.type], [email, "Buying"]);
  assert.equal((await program.refusal()).status, 401);
});
