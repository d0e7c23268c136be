// The types of the snippet: valid uses compile, invalid ones do not, and the package's script agrees with them.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { test } from "node:test";

test("valid uses compile, and invalid ones are refused", () => {
  const { status, stdout } = spawnSync("node_modules/.bin/tsc", ["-p", "tests/types"], { encoding: "utf8" });
  assert.equal(status, 0, stdout);
});

test("the package holds its script, its types and its README, and nothing else", () => {
  const [{ files }] = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json", "./www/npm"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  assert.deepEqual(files.map(({ path }) => path).sort(), ["README.md", "index.d.ts", "index.js", "k.d.ts", "package.json"]);
});
