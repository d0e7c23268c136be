// Reads a trace: how long scripts occupied the main threads of pages, and in which tasks. Times are thread CPU times, so
// that other programs on the machine do not count.

import { LANDING } from "../page.mjs";

/** What runs scripts. The page itself has none but one call in the handlers of some buttons, so all of it is the tracker's. */
const SCRIPTS = new Set([
  "EvaluateScript", "v8.compile", "v8.compileModule", "v8.evaluateModule", "v8.produceCache", "v8.run", "FunctionCall",
  "RunMicrotasks", "TimerFire", "FireIdleCallback", "FireAnimationFrame", "XHRReadyStateChange", "XHRLoad",
]);

const isScript = (event) =>
  (SCRIPTS.has(event.name) && !isOurs(event)) || event.name.startsWith("wasm.") || event.name.startsWith("v8.wasm");

/** Scripts of the measurement. */
const isOurs = (event) => /^(pptr|debugger|evaluate)|__playwright/.test(event.args?.data?.url ?? "");

/**
 * `{scripting, sending, handling, tasks}` of these processes in ms: all scripts, those until the first request to an
 * address with this suffix, those that handled the page's events, and the lengths of tasks that ran scripts, longest
 * first.
 */
export function read(trace, processes, address) {
  const threads = mainThreads(trace.traceEvents, processes);
  const whole = spans(trace.traceEvents, threads);
  const sent = trace.traceEvents.find((event) => isRequest(event, address) && threads.has(thread(event)));
  let [scripting, sending, handling] = [0, 0, 0];
  const tasks = [];
  for (const name of threads) {
    const mine = whole.filter((event) => thread(event) === name);
    const scripts = union(mine.filter(isScript));
    const events = union(mine.filter(({ name }) => name === "EventDispatch"));
    scripting += length(scripts);
    // Each thread has a clock of its own.
    const before = sent && thread(sent) === name ? scripts.filter(([start]) => start < sent.tts) : [];
    sending += length(before.map(([start, end]) => [start, Math.min(end, sent.tts)]));
    handling += length(scripts.filter(([start]) => events.some((event) => start >= event[0] && start < event[1])));
    tasks.push(...mine.filter(isTask).filter((task) => scripts.some(([start]) => start >= task.start && start < task.end)));
  }
  return { scripting: scripting / 1000, sending: sent && sending / 1000, handling: handling / 1000, tasks: tasks.map((task) => (task.end - task.start) / 1000).sort((a, b) => b - a) };
}

const isRequest = ({ name, args }, address) => name === "ResourceSendRequest" && address && args.data.url.endsWith(address);

const thread = (event) => `${event.pid}/${event.tid}`;

const isTask = (event) => event.name === "RunTask" || event.name === "ThreadControllerImpl::RunTask";

/** The processes that showed the page: Chromium draws parts of its own window by scripts too. */
export function processesOf(trace) {
  const commits = trace.traceEvents.filter(({ name, args }) => name === "CommitLoad" && args.data.url.includes(LANDING));
  if (commits.length === 0) throw new Error("the trace does not tell which process showed the page");
  return new Set(commits.map(({ pid }) => pid));
}

function mainThreads(events, processes) {
  const named = events.filter(({ name, args, pid }) => name === "thread_name" && args.name === "CrRendererMain" && processes.has(pid));
  return new Set(named.map(thread));
}

/** What lasted on these threads, with its `start` and `end` by the thread's own clock. */
function spans(events, threads) {
  return events
    .filter((event) => event.ph === "X" && event.tdur > 0 && threads.has(thread(event)))
    .map((event) => ({ ...event, start: event.tts, end: event.tts + event.tdur }));
}

const length = (intervals) => intervals.reduce((sum, [start, end]) => sum + end - start, 0);

/** Intervals that do not overlap and cover the same time. */
function union(events) {
  const covered = [];
  for (const { start, end } of events.sort((a, b) => a.start - b.start)) {
    const last = covered.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else covered.push([start, end]);
  }
  return covered;
}
