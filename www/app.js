// Starts the dashboard. A file of its own, because the content security policy of the page forbids inline scripts.
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

// Passes the visible height to the styles where the on-screen keyboard covers the page instead of resizing it, but not
// while the page is zoomed in.
const view = window.visualViewport;
view?.addEventListener("resize", () => {
  document.documentElement.style.setProperty("--k-height", view.scale < 1.05 ? `${view.height}px` : "");
});
