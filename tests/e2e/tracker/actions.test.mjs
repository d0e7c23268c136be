// Signals of clicks, links and forms.
import assert from "node:assert/strict";
import { stage } from "../support/stage.mjs";

const scenario = stage();
const click = (visit, selector) => visit.page.click(selector, { noWaitAfter: true });

scenario("a link whose handler prevents the default is sent and never followed by us", { pages: { "/": `
  <a href="/plain">Plain</a><a href="/routed">Routed</a><script>
    document.querySelectorAll("a").forEach((link) => link.addEventListener("click", (event) => {
      event.preventDefault();
      if (link.textContent === "Routed") history.pushState({}, "", "/routed");
    }));
    window.isSame = true;
  </script>` } }, async (visit) => {
  await visit.arrive();
  await click(visit, "text=Plain");
  await click(visit, "text=Routed");
  await visit.quiet();
  assert.equal(await visit.page.evaluate(() => window.isSame), true);
  assert.deepEqual(visit.views(), ["/", "/routed"]);
  assert.deepEqual(visit.of("click").map(({ text, href }) => [text, new URL(href).pathname]), [["Plain", "/plain"], ["Routed", "/routed"]]);
});

scenario("a handler that stops the event hides no click", { pages: { "/": `<div><button>Go</button></div><script>
  for (const kind of ["click", "submit"]) document.querySelector("div").addEventListener(kind, (event) => event.stopImmediatePropagation(), true)
</script>` } }, async (visit) => {
  await visit.arrive();
  await click(visit, "button");
  await visit.inbox.waitForSignal("click", "Go");
});

const shadow = (mode) => `<x-card></x-card><script>customElements.define("x-card", class extends HTMLElement {
  connectedCallback() {
    this.attachShadow({ mode: "${mode}" }).innerHTML = '<p><a href="/pricing" data-knock-cta="card"><b>See prices</b></a></p>';
    this.firstLink = this.shadowRoot?.querySelector("a");
  }
})</script>`;

scenario("a click inside an open shadow root is that of the link in it", { pages: { "/": shadow("open"), "/pricing": "" } }, async (visit) => {
  await visit.arrive();
  await click(visit, "b");
  const cta = await visit.inbox.waitForSignal("cta", "card");
  assert.deepEqual([cta.text, new URL(cta.href).pathname, cta.category], ["See prices", "/pricing", "Pricing"]);
});

const slotted = `<a href="#around"><x-button><b>Save</b></x-button></a><x-quiet><b>Secret</b></x-quiet><script>
  const define = (name, inside) => customElements.define(name, class extends HTMLElement {
    connectedCallback() {
      this.attachShadow({ mode: "open" }).innerHTML = inside;
    }
  });
  define("x-button", "<button data-knock-cta=inner><slot></slot></button>");
  define("x-quiet", "<div data-knock-ignore><button><slot></slot></button></div>");
</script>`;

scenario("slotted content belongs to the element around the slot", { pages: { "/": slotted } }, async (visit) => {
  await visit.arrive();
  await click(visit, "text=Secret");
  await click(visit, "text=Save");
  const cta = await visit.inbox.waitForSignal("cta", "inner");
  assert.equal(cta.href, undefined);
  await visit.quiet();
  assert.deepEqual(visit.of("click", "cta").length, 1);
});

const replaced = `<div data-knock-ignore><button>Secret</button></div><button>Gone</button><script>
  // From here on the loader records events.
  const look = setInterval(() => {
    if (typeof knock !== "function") return;
    clearInterval(look);
    for (const button of document.querySelectorAll("button")) {
      button.click();
      button.remove();
    }
  });
</script>`;

scenario("an element that is removed before the tracker starts was clicked at its place", { pages: { "/": replaced } }, async (visit) => {
  await visit.arrive();
  await visit.inbox.waitForSignal("click", "Gone");
  await visit.quiet();
  assert.deepEqual(visit.of("click").map(({ text }) => text), ["Gone"]);
});

scenario("a closed shadow root is ignored", { pages: { "/": shadow("closed"), "/pricing": "" } }, async (visit) => {
  await visit.arrive();
  await click(visit, "x-card");
  await visit.quiet();
  assert.deepEqual(visit.of("click", "cta"), []);
});

scenario("a form in a frame without the snippet is not sent", { pages: { "/": `<iframe srcdoc="<form onsubmit='return false'><input name=a><button>Send</button></form>"></iframe>` } }, async (visit) => {
  await visit.arrive();
  const frame = visit.page.frameLocator("iframe");
  await frame.locator("input").fill("x");
  await frame.locator("button").click();
  await visit.quiet();
  assert.deepEqual(visit.of("click", "form_start", "form_submit"), []);
});

scenario("the snippet in a frame sends the frame's page, with the outer page as referrer", { pages: (head) => ({
  "/": `<!doctype html><title>Outer</title><link rel="icon" href="data:,"><iframe src="/inner"></iframe>`,
  "/inner": `<!doctype html><title>Inner</title>${head}<button>Go</button>`,
}) }, async (visit) => {
  await visit.goto();
  await visit.page.frameLocator("iframe").locator("button").click();
  await visit.inbox.waitForSignal("click", "Go");
  assert.deepEqual(visit.views(), ["/inner"]);
});

const kinds = { outbound: "https://elsewhere.example/a", download: "/files/report.pdf", mail: "mailto:ann@shop.example", phone: "tel:+491234567", none: "/b" };
scenario("links are outbound, download, mail or phone", { pages: { "/": Object.entries(kinds).map(([text, href]) => `<a href="${href}">${text}</a><br>`).join("") + `<a href="/x" download>attribute</a>
  <script>addEventListener("click", (event) => event.preventDefault())</script>` } }, async (visit) => {
  await visit.arrive();
  for (const text of [...Object.keys(kinds), "attribute"]) await click(visit, `text=${text}`);
  await visit.quiet();
  const linkKinds = Object.fromEntries(visit.of("click", "cta").map(({ text, props }) => [text, props?.link]));
  assert.deepEqual(linkKinds, { outbound: "outbound", download: "download", mail: "mail", phone: "phone", none: undefined, attribute: "download" });
  const sent = visit.inbox.batches.map(({ text }) => text).join();
  for (const secret of ["ann@shop", "491234567"]) assert.ok(!sent.includes(secret), secret);
});

scenario("each click on a button counts, on a disabled one it does not", { pages: { "/": `<button>Go</button>
  <button disabled id="no"><span>Not now</span></button>` } }, async (visit) => {
  await visit.arrive();
  await visit.page.dblclick("text=Go");
  await visit.page.click("#no span", { force: true });
  await visit.page.evaluate(() => document.querySelector("#no").click());
  await visit.quiet();
  assert.deepEqual(visit.of("click", "cta").map(({ text }) => text), ["Go", "Go"]);
});

const two = `<form id="newsletter" onsubmit="return false"><input name="mail"><button>Join</button></form>
  <form name="contact" onsubmit="return false"><input name="who"><textarea name="what"></textarea><select name="size"><option>1<option>2</select><button>Ask</button></form>`;

scenario("a form starts once per page view, two forms are distinguished, and a later one counts", { pages: { "/": two } }, async (visit) => {
  await visit.arrive();
  await visit.page.fill("[name=mail]", "a");
  await visit.page.fill("[name=mail]", "ab");
  await visit.page.fill("[name=who]", "b");
  await visit.page.fill("[name=what]", "c");
  await visit.page.evaluate(() => document.body.insertAdjacentHTML("beforeend", `<form aria-label="Late"><input name="late"></form>`));
  await visit.page.fill("[name=late]", "d");
  await visit.page.locator("[name=late]").blur();
  await visit.page.evaluate(() => history.pushState({}, "", "/again"));
  await visit.fence();
  await visit.page.fill("[name=mail]", "abc");
  await visit.quiet();
  assert.deepEqual(visit.of("form_start").map(({ form }) => form), ["newsletter", "contact", "Late", "newsletter"]);
});

scenario("a submitted form is sent with the names of its fields", { pages: { "/": two } }, async (visit) => {
  await visit.arrive();
  await visit.page.fill("[name=who]", "zebra");
  await visit.page.selectOption("select", "2");
  await click(visit, "text=Ask");
  await visit.quiet();
  assert.deepEqual(visit.of("form_start", "form_submit").map(({ type, form, fields }) => [type, form, fields]),
    [["form_start", "contact", undefined], ["form_submit", "contact", ["who", "what", "size"]]]);
});

scenario("a started form that is not submitted is abandoned at the end of its page view; a submitted one is not", { pages: { "/": two, "/b": "" } }, async (visit) => {
  await visit.arrive();
  await visit.page.fill("[name=mail]", "a");
  await click(visit, "text=Join");
  await visit.page.fill("[name=who]", "b");
  await visit.page.fill("[name=what]", "c");
  await visit.page.locator("[name=what]").blur();
  await visit.page.evaluate(() => history.pushState({}, "", "/again"));
  await visit.inbox.waitForSignal("form_abandon", "contact");
  await visit.page.fill("[name=mail]", "b");
  await visit.goto("/b");
  await visit.inbox.waitForSignal("form_abandon", "newsletter");
  await visit.quiet();
  const [first, second] = visit.of("page_view");
  assert.deepEqual(visit.of("form_abandon").map(({ form, fields, view }) => [form, fields, view]),
    [["contact", ["who", "what"], first.id], ["newsletter", ["mail"], second.id]]);
});

scenario("a form that is submitted by script counts once", { pages: { "/": two } }, async (visit) => {
  await visit.arrive();
  await visit.page.evaluate(() => document.forms[0].requestSubmit());
  await visit.inbox.waitForSignal("form_submit", "newsletter");
  await visit.quiet();
  assert.equal(visit.of("form_submit").length, 1);
});

scenario("props that JSON cannot hold are left out, the others stay, and no call throws", {}, async (visit) => {
  await visit.arrive();
  await visit.page.evaluate(() => {
    const circular = { a: 1 };
    circular.self = circular;
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const props = { good: 1, circular, big: 10n, node: document.body, call() {}, symbol: Symbol("s"), none: undefined, date: new Date(0),
      get trap() { throw new Error("trap"); }, json: { toJSON() { throw new Error("json"); } }, nan: NaN, text: "\ud800 \u2028 </script>" };
    knock("track", "strange", props);
    knock("track", "revoked", revoked.proxy);
    for (const name of ["", null, 7, {}, Symbol("x"), circular]) knock("track", name, name);
    for (const command of [undefined, null, "nothing", {}, Symbol("x")]) knock(command, command);
    knock();
    knock("identify", circular);
    knock("identify", null);
    knock("on", "intent", "no function");
    knock("on", "intent", () => { throw new Error("theirs"); });
    knock("consent", circular);
  });
  await visit.quiet();
  const { props } = visit.inbox.named("strange");
  assert.deepEqual([props.good, props.big, props.date], [1, "10", "1970-01-01T00:00:00.000Z"]);
  assert.ok(!("circular" in props || "trap" in props || "json" in props || "call" in props), JSON.stringify(props));
  assert.ok(visit.inbox.named("revoked"));
});
