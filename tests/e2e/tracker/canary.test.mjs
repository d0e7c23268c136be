// Secrets typed wherever a visitor can type; none may reach the collector.
import assert from "node:assert/strict";
import { stage } from "../support/stage.mjs";

const scenario = stage();

/** Typed secrets by the name of their field. */
const SECRETS = {
  password: "correct-horse-battery",
  mail: "canary.bird@secret.example",
  card: "4111 1111 1111 1111",
  free: "zebra-free-text",
  notes: "yellow notes of a canary",
  phone: "+49 171 5550199",
  birthday: "1984-11-23",
  search: "rare illness",
  q: "quiet question",
  iban: "DE89370400440532013000",
};
const HIDDEN = { csrf: "hidden-token-value" };
const CHOSEN = ["choice-of-select", "choice-of-radio", "choice-of-box"];
const WRITTEN = "written into the page";

const forms = (method) => `
  <form method="${method}" action="/sent" id="all">
    <input name="password" type="password"><input name="mail" type="email" autocomplete="email"><input name="card" autocomplete="cc-number">
    <input name="free"><textarea name="notes"></textarea><input name="phone" type="tel"><input name="birthday" type="date">
    <input name="search" type="search"><input name="q"><input name="iban"><input name="csrf" type="hidden" value="${HIDDEN.csrf}">
    <select name="size"><option value="none">-</option><option value="${CHOSEN[0]}">Large</option></select>
    <label><input type="radio" name="plan" value="${CHOSEN[1]}">Plan</label><label><input type="checkbox" name="box" value="${CHOSEN[2]}">Box</label>
    <button id="send">Send it</button></form>
  <div contenteditable="true" role="textbox" id="editor">Edit</div>
  <input id="alone" aria-label="Outside of a form"><button id="plain">Plain</button>`;

/** Links of a page after a GET form: the next page of the same search. */
const after = `<a id="on" href="">More</a><button id="plain">Plain</button>
  <script>document.querySelector("#on").href = "/more" + location.search</script>`;

const setting = (method, attributes) => ({ pages: { "/": forms(method), "/sent": after, "/more": after }, attributes });

async function typeEverything(visit) {
  const { page } = visit;
  await visit.arrive();
  for (const [name, secret] of Object.entries(SECRETS)) await page.fill(`[name=${name}]`, secret);
  await page.selectOption("select", CHOSEN[0]);
  await page.check("[type=radio]");
  await page.check("[type=checkbox]");
  await page.click("#editor");
  await page.keyboard.type(WRITTEN);
  await page.click("#editor");
  await page.fill("#alone", SECRETS.free);
  await page.click("#plain");
  await page.evaluate(() => knock("page"));
  await visit.fence();
  await page.click("#send");
  await page.waitForURL("**/sent**");
  await page.click("#plain");
  await page.click("#on");
  await page.waitForURL("**/more**");
  await page.click("#plain");
  await page.evaluate(() => history.pushState({}, "", `/again${location.search}`));
  await page.evaluate(() => history.pushState({}, "", `/again/2?page=2&${location.search.slice(1)}#${location.search.slice(1)}`));
  await visit.quiet();
  await page.goto("about:blank");
  await visit.inbox.waitFor(() => visit.of("page_view").length >= 6, "all page views");
}

/** Every encoding of a text in a request. */
function spellings(secret) {
  const form = new URLSearchParams({ x: secret }).toString().slice(2);
  const bare = secret.replace(/[\s+-]/g, "");
  return [...new Set([secret, form, encodeURIComponent(secret), encodeURI(secret), bare, btoa(secret)])];
}

/** Each leaked secret, with the first text that has it. */
function leaks(visit, secrets) {
  const texts = visit.inbox.batches.flatMap(({ url, body, headers }) => [url, JSON.stringify({ ...body, signals: 0 }), JSON.stringify(headers),
    ...body.signals.map((signal) => JSON.stringify(signal))]);
  const holder = (secret) => texts.find((text) => spellings(secret).some((spelling) => text.toLowerCase().includes(spelling.toLowerCase())));
  return secrets.filter(holder).map((secret) => `${secret} in ${holder(secret)}`);
}

const ALL = [...Object.values(SECRETS), ...Object.values(HIDDEN), ...CHOSEN, WRITTEN];

for (const method of ["post", "get"]) {
  scenario(`nothing typed into a ${method.toUpperCase()} form leaves, also not from the pages after it`, setting(method, ' data-identify="off"'), async (visit) => {
    await typeEverything(visit);
    assert.deepEqual(leaks(visit, ALL), []);
    assert.deepEqual(visit.of("identify"), []);
    const [submit] = visit.of("form_submit");
    assert.ok(["password", "mail", "card", "free", "notes", "size"].every((name) => submit.fields.includes(name)), `${submit.fields}`);
  });

  scenario(`where a ${method.toUpperCase()} form may identify, the e-mail address leaves only as the identity`, setting(method, ""), async (visit) => {
    await typeEverything(visit);
    assert.deepEqual(leaks(visit, ALL.filter((secret) => secret !== SECRETS.mail)), []);
    assert.deepEqual(visit.of("identify").map(({ props }) => props.email), [SECRETS.mail]);
    for (const batch of visit.inbox.batches) {
      batch.body.signals = batch.body.signals.filter(({ type }) => type !== "identify");
    }
    assert.deepEqual(leaks(visit, [SECRETS.mail]), []);
  });
}

const masking = `<div data-knock-ignore><button id="a">Account of Ann Canary</button><form id="f" onsubmit="return false"><input name="ignored"><button id="s">Ignored form</button></form></div>
  <button id="b" data-knock-mask>Balance 12,345 EUR</button>
  <div data-knock-mask><a id="c" href="#x">Masked by what is around</a></div>
  <button id="d">Reset canary.bird@secret.example</button><button id="e">Card 4111-1111-1111-1111</button>
  <button id="g" data-knock-cta="mail canary.bird@secret.example">Call to action</button>
  <a id="h" href="https://ann:hunter2@shop.example/?access_token=abc123&amp;email=canary.bird%40secret.example#id_token=def456" target="_blank" onclick="event.preventDefault()">Away</a>`;

scenario("ignored, masked and personal texts do not leave", { pages: { "/": masking } }, async (visit) => {
  await visit.arrive();
  await visit.page.evaluate(() => (document.title = "Orders of canary.bird@secret.example"));
  await visit.page.evaluate(() => history.pushState({}, "", "/orders/canary.bird@secret.example?token=abc123&card=4111111111111111&ok=1"));
  for (const id of "absbcdegh") await visit.page.click(`#${id}`);
  await visit.page.fill("[name=ignored]", "x");
  await visit.quiet();
  assert.deepEqual(leaks(visit, ["Ann Canary", "Ignored form", "ignored", "12,345", "Masked by", "canary.bird", "4111-1111", "41111111", "hunter2", "abc123", "def456"]), []);
  assert.ok(visit.of("click", "cta").length >= 6, "clicks were sent");
  assert.ok(visit.views()[1].includes("ok=***"), visit.views()[1]);
});

scenario("parameters that the site does not list are masked, in addresses, referrers and links", { attributes: ' data-query-keep="x"',
  pages: { "/": `<a href="/b?patient=linked&amp;x=1" id="l">Link</a>`, "/b": "" } }, async (visit) => {
  await visit.arrive("/?patient=smith&case_no=q77-12z&x=kept");
  await visit.page.click("#l");
  await visit.page.waitForURL("**/b**");
  await visit.quiet();
  assert.deepEqual(leaks(visit, ["smith", "q77-12z", "linked"]), []);
  assert.ok(visit.views()[0].includes("x=kept"), visit.views()[0]);
});

const named = `<input id="field" data-knock-cta="Sign up"><div data-knock-cta="Note"><div contenteditable="true" id="note"></div><textarea id="area"></textarea></div>
  <div role="button" tabindex="0"><p contenteditable="true" id="card"></p></div>`;

scenario("text typed into a call to action, or inside a button, does not leave", { pages: { "/": named } }, async (visit) => {
  await visit.arrive();
  for (const id of ["field", "note", "area", "card"]) {
    await visit.page.fill(`#${id}`, `${SECRETS.free} ${id}`);
    await visit.page.click(`#${id}`);
  }
  await visit.quiet();
  assert.deepEqual(leaks(visit, [SECRETS.free]), []);
  assert.equal(visit.of("click", "cta").length, 4);
});

const shown = (id, name, more = "") => `<form id="${id}" onsubmit="return false"><input type="password" name="${name}" ${more}>
  <button type="button" onclick="this.form[0].type = this.form[0].type === 'text' ? 'password' : 'text'">Show</button><button>Sign in</button></form>`;
const turned = `${shown("a", "email")}${shown("b", "name")}<form id="c" onsubmit="return false"><input name="mail"><input type="PassWord" name="fullname" id="early">
  <button onclick="document.querySelector('#early').setAttribute('type', 'text')">Join</button></form>`;

scenario("a field that was once a password is never read, whatever its name", { pages: { "/": turned } }, async (visit) => {
  await visit.arrive();
  await visit.page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/forms.js")));
  for (const [id, secret] of [["a", SECRETS.mail], ["b", SECRETS.free]]) {
    await visit.page.click(`#${id} button`);
    await visit.page.fill(`#${id} input`, secret);
    await visit.page.click(`#${id} button >> nth=1`);
  }
  await visit.page.fill("[name=mail]", "ann@shop.example");
  await visit.page.fill("#early", SECRETS.notes);
  await visit.page.click("text=Join");
  await visit.inbox.waitForSignal("identify");
  await visit.quiet();
  assert.deepEqual(leaks(visit, [SECRETS.mail, SECRETS.free, SECRETS.notes]), []);
  assert.deepEqual(visit.of("form_submit").map(({ fields }) => fields), [["email"], ["name"], ["mail", "fullname"]]);
  assert.deepEqual(visit.of("identify").map(({ props }) => props), [{ email: "ann@shop.example" }]);
});

const numbers = `<title>Member 123-45-6789</title><button>Show 123-45-6789</button><a href="/people/123-45-6789/file" id="file">File</a>`;

scenario("a social security number does not leave in a label, a title or a path", { pages: { "/": numbers, "/people/123-45-6789/file": numbers } }, async (visit) => {
  await visit.arrive();
  await visit.page.click("button");
  await visit.page.click("#file");
  await visit.page.waitForURL("**/file");
  await visit.quiet();
  assert.deepEqual(leaks(visit, ["123-45-6789"]), []);
  assert.equal(visit.views()[1], "/people/***/file");
  assert.deepEqual(visit.of("click").map(({ text }) => text), ["Show ***", "File"]);
});
