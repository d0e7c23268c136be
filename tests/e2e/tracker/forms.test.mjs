// Forms that are submitted before the chunk for forms has loaded: sent once, and nothing typed leaves.
import assert from "node:assert/strict";
import { stage } from "../support/stage.mjs";

const scenario = stage();

/** Typed secrets by the name of their field; no name suggests that the value is secret. */
const SECRETS = { mail: "canary.bird@secret.example", who: "CanaryOfTyping", matter: "zebra-free-text", Case_No: "q77-12z-canary" };
const fields = Object.keys(SECRETS).map((name) => `<input name="${name}">`).join("");
const form = (method, more = "") => `<form method="${method}" action="/sent" name="trial"${more}>${fields}<button>Send</button></form>
  <input name="outside" form="far"><form id="far"></form>`;
const after = `<a id="on" href="">More</a><script>document.querySelector("#on").href = "/more" + location.search</script>`;
const pages = (body) => ({ "/": body, "/sent": after, "/more": "" });

/** Delays a file of the tracker; returns a function that releases it. */
async function hold(visit, file) {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await visit.context.route(`**/${file}`, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

async function type(visit) {
  for (const [name, secret] of Object.entries(SECRETS)) await visit.page.fill(`[name=${name}]`, secret);
}

function assertNoSecretLeft(visit) {
  const sent = visit.inbox.batches.map(({ url, text, headers }) => url + text + JSON.stringify(headers)).join().toLowerCase();
  const spellings = Object.values(SECRETS).flatMap((secret) => [secret, encodeURIComponent(secret)]);
  assert.deepEqual(spellings.filter((secret) => sent.includes(secret.toLowerCase())), []);
}

const formSignals = (visit) => visit.of("form_start", "form_submit", "form_abandon").map(({ type, form, fields }) => [type, form, fields]);

const ways = {
  "by Enter": (page) => page.press("[name=who]", "Enter"),
  "by its button": (page) => page.click("text=Send"),
  "by a script": (page) => page.evaluate(() => document.forms[0].requestSubmit()),
};
for (const [way, submit] of Object.entries(ways)) {
  for (const method of ["post", "get"]) {
    scenario(`a ${method.toUpperCase()} form submitted ${way}, that leaves the page, is sent with its name`, { pages: pages(form(method)) }, async (visit) => {
      await hold(visit, "forms.js");
      await visit.arrive();
      await type(visit);
      await submit(visit.page);
      await visit.page.waitForURL("**/sent**");
      await visit.page.click("#on");
      await visit.page.waitForURL("**/more**");
      await visit.quiet();
      assert.deepEqual(formSignals(visit), [["form_submit", "trial", undefined]]);
      assert.equal(new URL(visit.of("form_submit")[0].url).pathname, "/");
      assert.deepEqual(visit.of("identify"), []);
      assert.equal(visit.views().length, 3);
      if (method === "get") assert.ok(visit.views()[2].includes("Case_No=***"), visit.views()[2]);
      assertNoSecretLeft(visit);
    });
  }
}

scenario("a field anywhere on the page belongs to its `form`", { pages: pages(form("get", ' id="all"') + `<input name="remote" form="all" value="${SECRETS.who}">`) },
  async (visit) => {
    await hold(visit, "forms.js");
    await visit.arrive();
    await ways["by a script"](visit.page);
    await visit.page.waitForURL("**/sent**");
    await visit.quiet();
    assert.ok(visit.views()[1].includes("remote=***"), visit.views()[1]);
    assertNoSecretLeft(visit);
  });

scenario("fields named like properties of forms hide their values too", { pages: pages(`<form action="/sent"><input name="elements" value="${SECRETS.who}">
  <input name="method" value="post"><input name="action" value="${SECRETS.matter}"><button>Send</button></form>`) }, async (visit) => {
  await hold(visit, "forms.js");
  await visit.arrive();
  await visit.page.evaluate(() => document.querySelector("button").click());
  await visit.page.waitForURL("**/sent**");
  await visit.quiet();
  assert.equal(visit.of("form_submit").length, 1);
  assertNoSecretLeft(visit);
});

const staying = { pages: pages(form("post", ' onsubmit="return false"')) };
const whole = [["form_start", "trial", undefined], ["form_submit", "trial", Object.keys(SECRETS)]];

scenario("a form that does not leave the page is sent with its fields, once the chunk for forms has loaded", staying, async (visit) => {
  const release = await hold(visit, "forms.js");
  await visit.arrive();
  await type(visit);
  await ways["by Enter"](visit.page);
  assert.deepEqual(visit.of("form_submit"), []);
  release();
  await visit.inbox.waitForSignal("form_submit", "trial");
  await visit.goto("/more");
  await visit.quiet();
  assert.deepEqual(formSignals(visit), whole);
  assert.deepEqual(visit.of("identify").map(({ props }) => props.email), [SECRETS.mail]);
});

scenario("a form that is submitted while the tracker loads is sent when the page is left", staying, async (visit) => {
  await hold(visit, "forms.js");
  const release = await hold(visit, visit.engine === "js" ? "engine.js" : "tracker.wasm");
  await visit.goto();
  await type(visit);
  await ways["by Enter"](visit.page);
  release();
  await visit.inbox.waitForSignal("page_view");
  await visit.goto("/more");
  await visit.quiet();
  assert.deepEqual(formSignals(visit), [["form_submit", "trial", undefined]]);
  assertNoSecretLeft(visit);
});

scenario("without the chunk for forms, a submitted form is sent at once", staying, async (visit) => {
  await visit.context.route("**/forms.js", (route) => route.abort());
  await visit.arrive();
  await type(visit);
  await ways["by Enter"](visit.page);
  await visit.inbox.waitForSignal("form_submit", "trial");
  await ways["by Enter"](visit.page);
  await visit.goto("/more");
  await visit.quiet();
  assert.deepEqual(formSignals(visit), [["form_submit", "trial", undefined], ["form_submit", "trial", undefined]]);
  assertNoSecretLeft(visit);
});

scenario("an ignored form is not sent then either", { pages: pages(`<div data-knock-ignore>${form("post")}</div>`) }, async (visit) => {
  await hold(visit, "forms.js");
  await visit.arrive();
  await type(visit);
  await ways["by its button"](visit.page);
  await visit.page.waitForURL("**/sent**");
  await visit.quiet();
  assert.deepEqual(formSignals(visit), []);
  assertNoSecretLeft(visit);
});

scenario("no form is sent or stored while consent is pending", { pages: pages(form("post")), attributes: ' data-consent="required"' }, async (visit) => {
  await hold(visit, "forms.js");
  await visit.goto();
  await visit.page.waitForFunction(() => typeof knock === "function");
  await type(visit);
  await ways["by Enter"](visit.page);
  await visit.page.waitForURL("**/sent**");
  await visit.page.waitForLoadState("networkidle");
  assert.deepEqual(visit.inbox.batches, []);
  assert.deepEqual(await visit.traces(), []);
});

/** Forms whose values are in the next page's address, and how each is submitted. */
const spelled = {
  "in a part of the page that is ignored": [`<div data-knock-ignore>${form("get")}</div>`, ways["by its button"]],
  "by a button that says so": [form("post").replace("<button>", "<button formmethod=get>"), ways["by its button"]],
  "with spaces in its names": [form("get").replace('name="matter"', 'name="what is  it"'), ways["by Enter"]],
  "by a script without an event": [form("get"), (page) => page.evaluate(() => document.forms[0].submit())],
};
for (const [how, [body, submit]] of Object.entries(spelled)) {
  scenario(`values of a GET form submitted ${how} are in no sent address`, { pages: pages(body), attributes: ' data-identify="off"' }, async (visit) => {
    await visit.arrive();
    for (const [place, secret] of Object.values(SECRETS).entries()) await visit.page.fill(`input >> nth=${place}`, secret);
    await submit(visit.page);
    await visit.page.waitForURL("**/sent?**");
    await visit.page.click("#on");
    await visit.page.waitForURL("**/more?**");
    await visit.quiet();
    assert.equal(visit.views().length, 3);
    assert.ok(visit.views()[1].includes("Case_No=***"), visit.views()[1]);
    assertNoSecretLeft(visit);
  });
}

scenario("values of a GET form to another tab are in no sent address", { pages: pages(form("get", ' target="_blank"')), attributes: ' data-identify="off"' }, async (visit) => {
  await hold(visit, "forms.js");
  await visit.arrive();
  await type(visit);
  const [tab] = await Promise.all([visit.context.waitForEvent("page"), ways["by its button"](visit.page)]);
  await visit.inbox.waitFor((inbox) => inbox.signals().find(({ type, url }) => type === "page_view" && url.includes("/sent")), "the view of the other tab");
  await tab.close();
  await visit.quiet();
  assertNoSecretLeft(visit);
});

scenario("attribution parameters are sent, also of a GET form", {
  pages: pages(`<form action="/sent"><input type="hidden" name="utm_source" value="autumn"><input name="who"><button>Send</button></form>`),
}, async (visit) => {
  await visit.arrive();
  await visit.page.fill("[name=who]", SECRETS.who);
  await ways["by Enter"](visit.page);
  await visit.page.waitForURL("**/sent?**");
  await visit.quiet();
  assert.ok(visit.views()[1].endsWith("/sent?utm_source=autumn&who=***"), visit.views()[1]);
});

/** A form in a shadow tree that appears late, within an element with those attributes; the page sends it by script. */
const shadowed = (mode, attributes = "") => `<div id="around"${attributes}><div id="host"></div></div><script>
  const root = document.querySelector("#host").attachShadow({ mode: "${mode}" });
  root.innerHTML = '<form name="popup"><input type="email" name="mail"><button>Send</button></form>';
  root.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
</script>`;

for (const way of ["by its button", "by Enter"]) {
  scenario(`a form in an open shadow root, sent ${way}, is sent once with its address`, { pages: { "/": shadowed("open") } }, async (visit) => {
    await visit.arrive();
    const forms = visit.page.waitForResponse("**/forms.js");
    await visit.page.locator("[name=mail]").pressSequentially("ann@acme.example");
    await forms;
    if (way === "by Enter") await visit.page.locator("[name=mail]").press("Enter");
    else await visit.page.getByRole("button", { name: "Send" }).click();
    await visit.inbox.waitForSignal("form_submit");
    await visit.quiet();
    assert.deepEqual(formSignals(visit), [["form_start", "popup", undefined], ["form_submit", "popup", ["mail"]]]);
    assert.equal(visit.of("identify").length, 1);
  });
}

scenario("a form in a shadow root within an ignored part is not read", { pages: { "/": shadowed("open", " data-knock-ignore") } }, async (visit) => {
  await visit.arrive();
  await visit.page.locator("[name=mail]").pressSequentially(SECRETS.mail);
  await visit.page.getByRole("button", { name: "Send" }).click();
  await visit.quiet();
  assert.deepEqual([...formSignals(visit), ...visit.of("identify")], []);
  assertNoSecretLeft(visit);
});

const slotted = `<x-card><form name="inside" onsubmit="return false"><input name="who"><button>Send</button></form></x-card><script>
  customElements.define("x-card", class extends HTMLElement {
    connectedCallback() {
      this.attachShadow({ mode: "open" }).innerHTML = "<section><slot></slot></section>";
    }
  });
</script>`;

scenario("a form in the slot of a component is sent once", { pages: { "/": slotted } }, async (visit) => {
  await visit.arrive();
  await visit.page.fill("[name=who]", SECRETS.who);
  await ways["by its button"](visit.page);
  await visit.inbox.waitForSignal("form_submit");
  await visit.quiet();
  assert.equal(visit.of("form_submit").length, 1);
  assertNoSecretLeft(visit);
});
