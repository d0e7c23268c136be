// A Chromium that nobody steers: some things it does for nobody who does, such as prerendering.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ARGS, WHOLE } from "./browser.mjs";

/** Opens `url`. What comes of it is told by the pages alone, to their servers. `end` of what it returns closes it. */
export async function unwatched(url) {
  const profile = await mkdtemp(join(tmpdir(), "knock-unwatched-"));
  const browser = spawn(WHOLE, [...ARGS, "--headless", `--user-data-dir=${profile}`, url], { stdio: "ignore" });
  const ended = new Promise((resolve) => browser.once("exit", resolve));
  return {
    async end() {
      browser.kill();
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
