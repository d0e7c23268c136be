// docs/benchmarks.md: the table, and what everybody needs to judge it.
import os from "node:os";

const gibibytes = (bytes) => `${Math.round(bytes / 2 ** 30)} GiB`;

export function document({ table, results, browser, runs, arrivals }) {
  const [cpu] = os.cpus();
  const configured = results.map(({ peer, versions }) => {
    const packages = (peer.packages ?? []).map((name) => `\`${name}\` ${versions[name]}`).join(", ");
    return `- **${peer.name}**${packages && ` (${packages})`}: ${peer.configured}.`;
  });
  return `# Benchmarks

## The tracker beside others

${table}

- Made by \`cargo xtask bench tracker -- --runs ${runs} --write\` on ${new Date().toISOString().slice(0, 10)}, all rows in one run, each figure of time or memory the median of ${runs} visits (of ${arrivals} for the first signal, which is timed by the clock on the wall).
- Chromium ${browser}, Node.js ${process.version}, ${os.type()} on ${os.cpus().length} cores (${cpu.model.trim()}), ${gibibytes(os.totalmem())}; load at the end ${os.loadavg()[1].toFixed(1)}. Compare rows with each other: other machines have other milliseconds.

### How each column is measured

Every tracker is on the same page (text, links, a form, twenty buttons, and no script of its own but one call in a handler), comes from the same kind of server on an origin of its own, in the best encoding that the browser takes, and sends to a collector there. npm packages are bundled by esbuild into one minified file. Each visit is that of a new visitor with empty caches. The rows of one round follow each other, then comes the next round, so that a busy minute of the machine hits all of them.

| column | |
|---|---|
| brotli, gzip | bytes of all files that the page view really asked for, at the highest level (11 and 9) |
| until sent | scripting from the navigation until the request of the first signal is made: what stands between a visitor and being counted |
| scripting ms | time that scripts had the main thread's processor for, from Chromium's trace: compiling, evaluating, calls, timers, promises and WebAssembly, overlaps counted once. From the navigation until two seconds after the first signal (at most 14 seconds), loading what is needed later included, times four, as on a middling phone: Chromium's own slowing down goes by the clock on the wall, so what other programs took would be in it. What Chromium compiles on other threads is not counted, for nobody. Nor is what only the measurement asks for: nobody steers the page while it loads, since who does is told of every request by the page's own thread; and Chromium notes the places of functions when it compiles them, instead of reading them again for the trace. Each of the two was a tenth of the time of Knock |
| long tasks, longest ms | tasks of the main thread that ran scripts: how many took more than 50 ms, and how long the longest took, whatever else the task did; times four as well |
| heap KiB | objects and buffers (memory of WebAssembly included) that remain after a garbage collection, above the page without a tracker |
| in a click | scripting while one of twenty clicks on buttons, 100 ms apart, is handled: what the visitor waits for, in ms; times four as well. Who captures clicks does so; for the others the page calls them on each click |
| ms/click | the same with all that the clicks cause until two seconds after the last, for one of them: reading, storing, sending, answers |
| first signal ms | from the navigation until the collector has the page view, in visits of their own, in which Chromium slows the processor down four times, and site and host answer after 40 ms and by 10 Mbit/s. Here too nobody looks into the page, and the browser loads no pages of its own meanwhile (what is shown below the address bar, anew for each window). By the clock on the wall, so it grows with the load of the machine |
| closed after a click | five tabs: a button is clicked whose handler records an event, and the tab is closed at once |
| 503 twice | five events, each of which the collector answers with 503 the first two times; within a minute, on an idle page |
| offline 1 min | five events while the browser is offline for a real minute, and up to a minute of being online again |
| 200 when leaving | two hundred events in the task that leads to a page without the tracker |
| in pagehide | five events in a handler of \`pagehide\` that was set after the tracker's, when the tab is closed |
| two tabs | two tabs of one visitor record five events each in turn, and are closed |

Arrived events are counted once, by a name of their own that is looked for in what the collector receives. \`3/5, then 5\` means that three arrived, and all five after the visitor's next page view; \`-\` that the page could not be left in time or does not apply. The waits are real; nothing is fast-forwarded. The last three are tried three times and show the try in the middle, since luck has a part in them; the others are one try. \`knock\` and \`posthog\` take a hundred custom events at once and about ten a second after that, on purpose; Knock tells the server how many it left out.

### How each was configured

${configured.join("\n")}

Nobody is taken for a robot: the browser does not say that it is automated.
`;
}
