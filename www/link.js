// Opens the chat of a Knock Link or of a site, a booking or a meeting once the page is visible: a fetch or a prerendering is no click.
import load, { Widget } from "./widget.js";

/** What a mailed link holds: it opens the conversation of that mail. */
const TOKEN = /^#c=([\w-]+)$/;

const seen = () =>
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

/** Takes the token out of the address, so that the address can be shown and sent. */
const taken = () => {
  const [, token = ""] = location.hash.match(TOKEN) ?? [];
  if (token) history.replaceState(history.state, "", location.pathname + location.search);
  return token;
};

/** The parameters that say where the visitor comes from, and who they are: by a mail merge, `c`. */
const ARRIVAL = ["c", "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"];

/** Takes them out too: a reload is no other click. */
const arrived = () => {
  const given = new URLSearchParams(location.search);
  const [query, rest] = [true, false].map(
    (wanted) => `${new URLSearchParams([...given].filter(([name]) => ARRIVAL.includes(name) === wanted))}`,
  );
  if (query) history.replaceState(history.state, "", location.pathname + (rest && `?${rest}`));
  return query && `?${query}`;
};

const root = document.querySelector("main[data-link]");
// This file is `HOST/t/VERSION/link.js`.
const host = new URL("../..", import.meta.url).href.replace(/\/$/, "");
const { link, site, meeting, failed } = root.dataset;

const show = () => {
  const [title, lang] = [root.querySelector("h1").textContent, document.documentElement.lang];
  if (meeting === undefined) return Widget.onPage(root, host, link, site, title, lang, taken() || arrived());
  Widget.onMeeting(root, host, link, meeting, title, lang, new URLSearchParams(arrived()).get("c") ?? "");
};

// A second mail was clicked while this page was open.
addEventListener("hashchange", () => TOKEN.test(location.hash) && location.reload());

Promise.all([load({ module_or_path: new URL("./widget.wasm", import.meta.url) }), seen()])
  .then(show)
  .catch((error) => {
    const status = root.querySelector("[role=status]");
    if (status) {
      status.setAttribute("role", "alert");
      status.textContent = failed;
    }
    throw error;
  });
