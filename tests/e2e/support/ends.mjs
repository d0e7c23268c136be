// The end of a page, in every browser: the last signals arrive although no other page of the site follows.
import assert from "node:assert/strict";

const pages = { "/": "<button>Go</button>", "/b": "" };

/** A command to leave a page may get no response of that page. */
const leave = (visit, script) => visit.page.evaluate(script).catch(() => {});

export function ends(scenario) {
  scenario("signals of the task that leaves a page arrive, without a following page of the site", { pages }, async (visit) => {
    await visit.arrive();
    await leave(visit, `document.querySelector("button").click(); knock("track", "last"); location.href = "about:blank"`);
    await visit.inbox.waitForSignal("track", "last");
    assert.equal(visit.of("click").length, 1);
  });

  scenario("signals beyond the room at the end of a page arrive once, with the next page", { pages }, async (visit) => {
    await visit.arrive();
    await leave(visit, `for (let n = 0; n < 40; n += 1) knock("track", "e" + n, { text: "x".repeat(2_000) }); location.href = "/b"`);
    await visit.inbox.waitFor(() => visit.of("track").length >= 40 && visit.views().includes("/b"), "forty events and the next page");
    assert.equal(visit.of("track").length, 40);
  });
}
