// Starts the dashboard. A file of its own, because the policy of the page allows no inline script.
import load, { start } from "./dashboard.js";

load({ module_or_path: new URL("./dashboard.wasm", import.meta.url) })
  .then(start)
  .catch((error) => {
    const status = document.querySelector(".boot");
    if (status) {
      status.setAttribute("role", "alert");
      status.textContent = "The dashboard could not start. Reload this page; if that does not help, use a newer browser.";
    }
    throw error;
  });

// Where the keyboard on the screen covers the page instead of resizing it, styles learn what it leaves. Zooming in is
// another matter: it is meant to show less.
const view = window.visualViewport;
view?.addEventListener("resize", () => {
  document.documentElement.style.setProperty("--k-height", view.scale < 1.05 ? `${view.height}px` : "");
});
