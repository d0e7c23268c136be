// Opens the chat of a Knock Link, once somebody sees the page: what only fetches or prerenders it is no click.
import load, { Widget } from "./widget.js";

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

const root = document.querySelector("main[data-link]");
// This file is `HOST/t/VERSION/link.js`.
const host = new URL("../..", import.meta.url).href.replace(/\/$/, "");

Promise.all([load({ module_or_path: new URL("./widget.wasm", import.meta.url) }), seen()])
  .then(() => Widget.onPage(root, host, root.dataset.link, root.querySelector("h1").textContent))
  .catch((error) => {
    const status = root.querySelector("[role=status]");
    if (status) {
      status.setAttribute("role", "alert");
      status.textContent = "The chat could not start. Reload this page; if that does not help, use a newer browser.";
    }
    throw error;
  });
