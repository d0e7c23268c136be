// Third-party pages: links in SVG, forms submitted by script, web components. They run in each browser, so these scenarios
// use only what all drivers have: scripts, mouse and keyboard.
import assert from "node:assert/strict";

/** Clicks the middle of the first matching element with the mouse. */
export async function press(visit, selector) {
  const at = await visit.page.evaluate((selector) => {
    const { left, right, top, bottom } = document.querySelector(selector).getBoundingClientRect();
    return [(left + right) / 2, (top + bottom) / 2];
  }, selector);
  await visit.page.mouse.click(...at);
}

export async function write(visit, selector, text) {
  await press(visit, selector);
  await visit.page.keyboard.type(text);
}

const staying = `<script>addEventListener("click", (event) => event.preventDefault())</script>`;
const drawing = `<svg width="300" height="120"><a href="/pricing" id="plain"><rect width="80" height="40"/><text y="60">Prices</text></a>
  <a xlink:href="https://elsewhere.example/map" id="old"><title>Map</title><rect x="100" width="80" height="40"/></a>
  <a href="/docs" id="marked" data-knock-cta="map"><rect x="200" width="80" height="40"/></a></svg>`;

/** Signals of forms: type, name of the form, names of its fields. */
const formSignals = (visit) => visit.of("form_start", "form_submit", "form_abandon").map(({ type, form, fields }) => [type, form, fields]);

/** As ASP.NET writes it. */
const postBack = `<form id="form1" method="post" action="/sent"><input type="hidden" name="__EVENTTARGET"><input name="who">
  <a id="send" href="javascript:__doPostBack('send')">Send</a></form><script>
  function __doPostBack(target) {
    const form = document.forms.form1;
    if (form.onsubmit && form.onsubmit() === false) return;
    form.__EVENTTARGET.value = target;
    form.submit();
  }</script>`;
const picker = `<form name="sort" action="/sent"><select name="by" onchange="this.form.submit()"><option>price<option>name</select></form>`;
const checked = `<form id="trial" method="post" action="/sent"><input name="submit" value="x"><input name="who"><button id="send">Send</button></form><script>
  document.querySelector("#trial").addEventListener("submit", (event) => {
    event.preventDefault();
    setTimeout(() => HTMLFormElement.prototype.submit.call(event.target));
  });</script>`;

/** Waits for the chunk for forms, which sends fields too. */
const withForms = (visit) => visit.page.waitForFunction(() => performance.getEntriesByName(`${new URL(document.querySelector("script[data-site]").src).origin}/t/e2e/forms.js`)[0]?.responseEnd > 0);

/** A component as in Shoelace: not a form control, with `form` as a text, and only `input` leaves its shadow root. */
const components = `<script>
  const define = (name, inside, more = {}) => customElements.define(name, class extends HTMLElement {
    static formAssociated = more.isControl;
    internals = more.isControl && this.attachInternals();
    form = more.isControl ? this.internals.form : "";
    get type() { return more.type; }
    get name() { return this.getAttribute("name"); }
    get value() { return this.shadowRoot.querySelector("input")?.value; }
    connectedCallback() {
      this.attachShadow({ mode: "open" }).innerHTML = inside;
      this.onclick = () => this.hasAttribute("submit") && this.closest("form").requestSubmit();
      if (more.isControl) this.oninput = () => this.internals.setFormValue(this.value);
    }
  });
  define("k-button", "<button><slot>Fallback</slot></button>");
  define("k-outer", "<k-button><slot></slot></k-button>");
  define("k-icon", "<button><svg width=16 height=16></svg></button>");
  define("k-card", "<div><button><slot name=action></slot></button><slot></slot></div>");
  define("k-input", "<span part=base><input></span>", { type: "text" });
  define("k-control", "<input>", { type: "email", isControl: true });
</script>`;
const buttons = `<k-button id="demo">Book a <b>demo</b></k-button><br><k-outer id="outer">Read more</k-outer><br><k-button id="empty"></k-button><br>
  <k-icon id="icon" aria-label="Open the menu"></k-icon><br><k-card><button id="inner" slot="action" tabindex="-1">Compare</button><p>Long words</p></k-card><br>
  <k-button id="secret"><i data-knock-mask>Ann Canary</i></k-button>`;
const trial = (field) => `<form id="trial" onsubmit="return false"><${field} name="email" id="mail"></${field}><k-input name="size" id="size"></k-input>
  <k-button submit id="send">Start</k-button></form>`;

/** Registers the scenarios of a browser. */
export function foreign(scenario) {
  scenario("a link in an SVG is a link, also as a call to action", { pages: { "/": drawing + staying } }, async (visit) => {
    await visit.arrive();
    for (const id of ["plain", "old", "marked"]) await press(visit, `#${id} rect`);
    await visit.fence();
    assert.deepEqual(visit.of("click", "cta").map(({ type, name, text, href, props }) => [type, name, text, href?.replace(visit.site.url, ""), props?.link]), [
      ["click", undefined, "Prices", "/pricing", undefined],
      ["click", undefined, "Map", "https://elsewhere.example/map", "outbound"],
      ["cta", "map", undefined, "/docs", undefined],
    ]);
  });

  scenario("a form submitted by __doPostBack is submitted, not abandoned", { pages: { "/": postBack, "/sent": "" } }, async (visit) => {
    await visit.arrive();
    await withForms(visit);
    await write(visit, "[name=who]", "Ann");
    await press(visit, "#send");
    await visit.inbox.waitFor(() => visit.views().includes("/sent"), "the next page");
    await visit.fence();
    assert.deepEqual(formSignals(visit), [["form_start", "form1", undefined], ["form_submit", "form1", ["who"]]]);
  });

  scenario("a select that submits its form does not abandon it", { pages: { "/": picker, "/sent": "" } }, async (visit) => {
    await visit.arrive();
    await withForms(visit);
    await visit.page.evaluate(() => {
      const choice = document.querySelector("select");
      choice.value = "name";
      choice.dispatchEvent(new Event("change", { bubbles: true }));
    });
    await visit.inbox.waitFor(() => visit.views()[1], "the next page");
    await visit.fence();
    assert.deepEqual(formSignals(visit), [["form_start", "sort", undefined], ["form_submit", "sort", ["by"]]]);
    assert.equal(visit.views()[1], "/sent?by=***");
  });

  scenario("a form that is validated and then submitted by script is submitted once", { pages: { "/": checked, "/sent": "" } }, async (visit) => {
    await visit.arrive();
    await withForms(visit);
    await write(visit, "[name=who]", "Ann");
    await press(visit, "#send");
    await visit.inbox.waitFor(() => visit.views().includes("/sent"), "the next page");
    await visit.fence();
    assert.deepEqual(formSignals(visit), [["form_start", "trial", undefined], ["form_submit", "trial", ["submit", "who"]]]);
  });

  scenario("an ignored form is not sent when a script submits it, and `denied` restores the browser's method", { pages: {
    "/": `<div data-knock-ignore>${picker.replace("/sent", "about:blank#")}</div>` } }, async (visit) => {
    await visit.arrive();
    await withForms(visit);
    const submit = "document.forms.sort.target = 'elsewhere'; document.forms.sort.submit()";
    await visit.page.evaluate(`document.body.insertAdjacentHTML("beforeend", "<iframe name=elsewhere></iframe>"); ${submit}`);
    await visit.fence();
    assert.deepEqual(formSignals(visit), []);
    const isOwn = () => visit.page.evaluate(() => /native code/.test(HTMLFormElement.prototype.submit));
    assert.equal(await isOwn(), false);
    await visit.page.evaluate(() => knock("consent", "denied"));
    assert.equal(await isOwn(), true);
  });

  scenario("a component's button has the label of its slot, else that of its host", { pages: { "/": buttons + components } }, async (visit) => {
    await visit.arrive();
    for (const id of ["demo", "outer", "empty", "icon", "inner", "secret"]) await press(visit, `#${id}`);
    await visit.fence();
    assert.deepEqual(visit.of("click", "cta").map(({ type, text }) => [type, text]),
      [["cta", "Book a demo"], ["click", "Read more"], ["click", "Fallback"], ["click", "Open the menu"], ["click", "Compare"], ["click", "***"]]);
  });

  for (const [field, how] of [["k-input", "that are no controls"], ["k-control", "that are controls of the form"]]) {
    scenario(`a form of components ${how} starts, is submitted, and identifies`, { pages: { "/": trial(field) + components } }, async (visit) => {
      await visit.arrive();
      await withForms(visit);
      await write(visit, "#mail", "ann@shop.example");
      await write(visit, "#size", "7");
      await press(visit, "#send");
      await visit.inbox.waitForSignal("identify");
      await visit.fence();
      assert.deepEqual(formSignals(visit), [["form_start", "trial", undefined], ["form_submit", "trial", ["email", "size"]]]);
      assert.deepEqual(visit.of("identify").map(({ props }) => props), [{ email: "ann@shop.example" }]);
    });
  }

  scenario("an abandoned form of components is sent with its touched fields", { pages: { "/": trial("k-input") + components, "/b": "" } }, async (visit) => {
    await visit.arrive();
    await withForms(visit);
    await write(visit, "#mail", "a");
    await visit.goto("/b");
    await visit.inbox.waitForSignal("form_abandon");
    await visit.fence();
    assert.deepEqual(formSignals(visit), [["form_start", "trial", undefined], ["form_abandon", "trial", ["email"]]]);
  });
}
