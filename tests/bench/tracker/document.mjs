// docs/benchmarks.md: the table, with the conditions of the measurement.
import os from "node:os";

const gibibytes = (bytes) => `${Math.round(bytes / 2 ** 30)} GiB`;

export function document({ table, results, browser, runs, arrivals }) {
  const [cpu] = os.cpus();
  const configured = results.map(({ peer, versions }) => {
    const packages = (peer.packages ?? []).map((name) => `\`${name}\` ${versions[name]}`).join(", ");
    return `- **${peer.name}**${packages && ` (${packages})`}: ${peer.configured}.`;
  });
  return `# Benchmarks

## Tracker comparison

${table}

- Made by \`cargo xtask bench tracker -- --runs ${runs} --write\` on ${new Date().toISOString().slice(0, 10)}, all rows in one run, each figure of time or memory the median of ${runs} visits (of ${arrivals} for the first signal, which is measured in wall-clock time).
- Chromium ${browser}, Node.js ${process.version}, ${os.type()} on ${os.cpus().length} cores (${cpu.model.trim()}), ${gibibytes(os.totalmem())}; load at the end ${os.loadavg()[1].toFixed(1)}. Compare rows with each other: absolute times depend on the machine.

### Columns

Every tracker runs on the same page (text, links, a form, twenty buttons, and no script of its own but one call in a handler), is served by the same kind of server on an origin of its own, in the best encoding that the browser accepts, and sends to a collector there. npm packages are bundled by esbuild into one minified file. Each visit is that of a new visitor with empty caches. Each round measures all rows in turn, so that background load of the machine affects all of them.

| column | |
|---|---|
| brotli, gzip | bytes of all files that the page view requested, at the highest level (11 and 9) |
| until sent | scripting from the navigation until the request of the first signal is made |
| scripting ms | processor time of scripts on the main thread, from Chromium's trace: compiling, evaluating, calls, timers, promises and WebAssembly, overlaps counted once. From the navigation until two seconds after the first signal (at most 14 seconds), later loading included, times four, as on a mid-range phone: Chromium's own throttling uses wall-clock time, which would include other programs. Compilation on other threads is counted for no tracker. Nor is the overhead of the measurement: the page is not controlled while it loads, since its own thread would report every request; and Chromium records the positions of functions when it compiles them, instead of reading them again for the trace. Each of the two was a tenth of the time of Knock |
| long tasks, longest ms | tasks of the main thread that ran scripts: how many took more than 50 ms, and the duration of the longest, other work of the task included; times four as well |
| heap KiB | objects and buffers (memory of WebAssembly included) that remain after a garbage collection, above the page without a tracker |
| in a click | scripting while one of twenty clicks on buttons, 100 ms apart, is handled, in ms: the delay for the visitor; times four as well. Trackers without click capture are called by the page on each click |
| ms/click | the same with all work caused by the clicks until two seconds after the last, per click: reading, storing, sending, responses |
| first signal ms | from the navigation until the collector has the page view, in separate visits, in which Chromium throttles the processor four times, and site and host answer after 40 ms and by 10 Mbit/s. The page is not controlled here either, and the browser loads no pages of its own meanwhile (those below the address bar, anew for each window). In wall-clock time, so it grows with the load of the machine |
| closed after a click | five tabs: a button is clicked whose handler records an event, and the tab is closed at once |
| 503 twice | five events, each answered with 503 by the collector the first two times; within a minute, on an idle page |
| offline 1 min | five events while the browser is offline for a real minute, and up to a minute of being online again |
| 200 when leaving | two hundred events in the task that leads to a page without the tracker |
| in pagehide | five events in a handler of \`pagehide\` that was set after the tracker's, when the tab is closed |
| two tabs | two tabs of one visitor record five events each in turn, and are closed |

Each event has a unique name, which is searched in the data received by the collector and counted once. \`3/5, then 5\` means that three arrived, and all five after the visitor's next page view; \`-\` that the page could not be left in time or does not apply. Waits are in real time. The last three are tried three times and show the median, since chance affects them; the others are one try. \`knock\` and \`posthog\` take a hundred custom events at once and about ten a second after that, on purpose; Knock reports to the server how many it left out.

### Configurations

${configured.join("\n")}

No tracker filters the visits as bots: the browser does not report that it is automated.
`;
}
