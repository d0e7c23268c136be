// Network throttling, done by the servers: Chromium throttles only with a debugger attached, which takes time on the
// page's own thread.
const LATENCY_MS = 40;
const BYTES_PER_MS = 10e6 / 8 / 1000;

/** Does `act` when `bytes` would have come, asked for from afar; at once where that is not wanted. */
export function arriving(isFar, bytes, act) {
  if (isFar) setTimeout(act, LATENCY_MS + bytes / BYTES_PER_MS);
  else act();
}
