// The types of the snippet: right uses compile, wrong ones do not, and the package's own script agrees with them.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { test } from "node:test";

test("what a site may write compiles, and what it may not is refused", () => {
  const { status, stdout } = spawnSync("node_modules/.bin/tsc", ["-p", "tests/types"], { encoding: "utf8" });
  assert.equal(status, 0, stdout);
});

test("the package holds its script, its types and what explains it, and nothing else", () => {
  const [{ files }] = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json", "./www/npm"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  assert.deepEqual(files.map(({ path }) => path).sort(), ["README.md", "index.d.ts", "index.js", "k.d.ts", "package.json"]);
});
