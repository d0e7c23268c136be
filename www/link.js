// Opens the chat of a Knock Link or of a site, a booking or a meeting once the page is visible: fetching or prerendering
// is not a click.
import load, { Widget } from "./widget.js";

/** The token of a mailed link, which opens the conversation of the mail. */
const TOKEN = /^#c=([\w-]+)$/;

const visible = () =>
  new Promise((resolve) => {
    const look = () => {
      if (document.prerendering || document.visibilityState !== "visible") return;
      document.removeEventListener("prerenderingchange", look);
      document.removeEventListener("visibilitychange", look);
      resolve();
    };
    document.addEventListener("prerenderingchange", look);
    document.addEventListener("visibilitychange", look);
    look();
  });

/**
 * Removes the token from the address, so that the address can be shared; returns it. Until a person uses the page, which
 * opens the conversation, a reload finds it in the entry of the history.
 */
const takeToken = () => {
  const [, token = history.state?.token ?? ""] = location.hash.match(TOKEN) ?? [];
  if (!token) return "";
  const keep = (state) => history.replaceState(state, "", location.pathname + location.search);
  keep({ token });
  for (const kind of ["pointerdown", "keydown", "touchstart"]) {
    addEventListener(kind, ({ isTrusted }) => isTrusted && history.state && keep(null), { capture: true, passive: true });
  }
  return token;
};

/** The parameter by which a mail merge identifies the contact, and those of attribution: the server reads their spellings. */
const ATTRIBUTION = /^c(=|$)|(^|[^\w.-]|%\w\w)utm_/i;

/** Removes them from the address, so that a reload is not another click; returns them. */
const takeAttribution = () => {
  const { hash, pathname, search } = location;
  const [taken, rest] = [true, false].map((wanted) =>
    search.slice(1).split("&").filter((part) => part && ATTRIBUTION.test(part) === wanted),
  );
  const isInHash = ATTRIBUTION.test(hash);
  if (isInHash) taken.push(hash.slice(1));
  // The `?` is missing.
  const [path, ...inPath] = pathname.split(/(?:[&;|]|%3f)(?=utm_)/i);
  taken.push(...inPath);
  if (!taken.length) return "";
  history.replaceState(history.state, "", path + (rest.length ? `?${rest.join("&")}` : "") + (isInHash ? "" : hash));
  return `?${taken.join("&")}`;
};

const root = document.querySelector("main[data-link]");
// This file is `HOST/t/VERSION/link.js`.
const host = new URL("../..", import.meta.url).href.replace(/\/$/, "");
const { link, site, meeting, failed } = root.dataset;

const { lang } = document.documentElement;

/** The milliseconds between two requests for the hours at least, and the longest timer of browsers. */
const [BETWEEN, LONGEST] = [3e4, 2 ** 31 - 1];

/** The hours of the page are in the time zone of the team: those by the visitor's clock replace them, and later ones. */
const followHours = async () => {
  const line = root.querySelector("#knock-hours bdi");
  if (!line) return;
  const tz = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  const query = new URLSearchParams({ ...(site ? { site } : { link }), lang, tz });
  const response = await fetch(`${host}/v1/look?${query}`, { credentials: "omit" });
  if (!response.ok) return;
  const { hours, launcher } = await response.json();
  if (hours) line.textContent = hours;
  const wait = Math.max(launcher.changes_at - Date.now(), BETWEEN) + Math.random() * BETWEEN;
  if (launcher.changes_at) setTimeout(() => followHours().catch(() => {}), Math.min(wait, LONGEST));
};

const show = () => {
  const title = root.querySelector("h1").textContent;
  const look = document.querySelector("#look")?.textContent ?? "";
  if (meeting === undefined) {
    return Widget.onPage(root, host, link, site, title, lang, takeToken() || takeAttribution(), look);
  }
  Widget.onMeeting(root, host, link, meeting, title, lang, new URLSearchParams(takeAttribution()).get("c") ?? "", look);
};

// The link of a second mail was opened in this page.
addEventListener("hashchange", () => TOKEN.test(location.hash) && location.reload());

Promise.all([load({ module_or_path: new URL("./widget.wasm", import.meta.url) }), visible()])
  .then(show)
  .then(() => void followHours().catch(() => {}))
  .catch((error) => {
    const status = root.querySelector("[role=status]");
    if (status) {
      status.setAttribute("role", "alert");
      status.textContent = failed;
    }
    throw error;
  });
