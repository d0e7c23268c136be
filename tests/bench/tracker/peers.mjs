// Every tracker that is measured. A peer is
//   name, configured           what the table and the document say
//   packages                   the npm packages; their versions stand in the lock file
//   start                      the module of a site that uses it; `HOST` is the origin the script came from.
//                              It sets `window.mark(name)`, which records a custom event
//   head(host), mark           instead of `start`: what is pasted into the page, and the script that sets `window.mark`
//   capturesClicks             it records clicks by itself; else the page calls `mark` on a click
//   reply                      what its collector answers
import { existsSync } from "node:fs";
import { join } from "node:path";
import amplitude from "./peers/amplitude.mjs";
import { js, wasm } from "./peers/knock.mjs";
import mixpanel from "./peers/mixpanel.mjs";
import none from "./peers/none.mjs";
import plausible from "./peers/plausible.mjs";
import posthog from "./peers/posthog.mjs";
import rudderstack from "./peers/rudderstack.mjs";
import segment from "./peers/segment.mjs";
import snowplow from "./peers/snowplow.mjs";

const PEERS = [none, wasm, js, plausible, snowplow, segment, rudderstack, mixpanel, amplitude, posthog];

/** Those that are named, or all of them; `none` always. */
export function chosen(names, www) {
  const there = PEERS.filter((peer) => peer !== js || existsSync(join(www, "engine.js")));
  const unknown = names.filter((name) => !PEERS.some((peer) => peer.name === name));
  if (unknown.length) throw new Error(`--peers: there is no ${unknown.join(", ")}; there are ${PEERS.map((peer) => peer.name).join(", ")}`);
  return there.filter((peer) => peer === none || names.length === 0 || names.includes(peer.name));
}
