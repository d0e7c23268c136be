// A middling connection, kept up by the servers: Chromium keeps it up only for who is told of every request of a page,
// and telling takes the page's own time.
const LATENCY_MS = 40;
const BYTES_PER_MS = 10e6 / 8 / 1000;

/** Does `act` when `bytes` would have come, asked for from afar; at once where that is not wanted. */
export function arriving(isFar, bytes, act) {
  if (isFar) setTimeout(act, LATENCY_MS + bytes / BYTES_PER_MS);
  else act();
}
