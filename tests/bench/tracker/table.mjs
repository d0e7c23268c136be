// One row for each tracker.
import { median } from "./browser.mjs";
import { SCENARIOS } from "./measure/delivery.mjs";

const LONG_TASK = 50;
/** What a tracker without a figure shows. */
const NOTHING = "-";

const whole = (number) => (number === undefined ? NOTHING : Math.round(number).toLocaleString("en-US"));
const tenths = (number) => (number === undefined ? NOTHING : number.toFixed(1));

const COLUMNS = [
  ["tracker", ({ peer }) => peer.name],
  ["version", ({ peer, versions }) => (peer.packages ? versions[peer.packages[0]] : NOTHING)],
  ["brotli", ({ arrivals }) => whole(arrivals[0]?.br)],
  ["gzip", ({ arrivals }) => whole(arrivals[0]?.gzip)],
  ["until sent", ({ visits }) => tenths(median(visits.map((visit) => visit.sending)))],
  ["scripting ms", ({ visits }) => tenths(median(visits.map((visit) => visit.scripting)))],
  ["long tasks", ({ visits }) => whole(median(visits.map((visit) => long(visit).length)))],
  ["longest ms", ({ visits }) => whole(median(visits.map((visit) => visit.tasks[0] ?? 0)))],
  ["heap KiB", ({ visits, none }) => whole(above(visits, none, "heap"))],
  ["in a click", ({ visits }) => tenths(median(visits.map((visit) => visit.handling)))],
  ["ms/click", ({ visits }) => tenths(median(visits.map((visit) => visit.click)))],
  ["first signal ms", ({ arrivals }) => whole(median(arrivals.map((arrival) => arrival.firstSignal)))],
  ...SCENARIOS.map((scenario) => [
    { close: "closed after a click", refused: "503 twice", offline: "offline 1 min", unload: "200 when leaving", pagehide: "in pagehide", tabs: "two tabs" }[scenario.name],
    ({ deliveries }) => arrived(deliveries?.[scenario.name], scenario.events),
  ]),
];

const long = (visit) => visit.tasks.filter((ms) => ms > LONG_TASK);

const above = (visits, none, what) => {
  const [mine, theirs] = [visits, none].map((each) => median(each.map((visit) => visit[what])));
  return mine === undefined || theirs === undefined ? undefined : mine - theirs;
};

function arrived(delivery, events) {
  if (!delivery) return NOTHING;
  const { sent, later } = delivery;
  return later > sent ? `${sent}/${events}, then ${later}` : `${sent}/${events}`;
}

/** As Markdown, which is also what a person reads in a terminal. */
export function table(results) {
  const rows = [COLUMNS.map(([title]) => title), ...results.map((result) => COLUMNS.map(([, show]) => show(result)))];
  const widths = COLUMNS.map((_, n) => Math.max(...rows.map((row) => row[n].length)));
  const line = (row) => `| ${row.map((cell, n) => (n < 2 ? cell.padEnd(widths[n]) : cell.padStart(widths[n]))).join(" | ")} |`;
  const rule = `|${widths.map((width, n) => (n < 2 ? "-".repeat(width + 2) : `${"-".repeat(width + 1)}:`)).join("|")}|`;
  return [line(rows[0]), rule, ...rows.slice(1).map(line)].join("\n");
}
