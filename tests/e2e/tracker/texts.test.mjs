// Masking of texts, addresses, field names and properties. Without a browser: imports the tracker's files.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { Chance } from "../support/chance.mjs";
import { create } from "../../../www/tracker/forms.js";
import { jsonProps } from "../../../www/tracker/json_props.js";
import { keepParameters, label, line, scrub } from "../../../www/tracker/privacy.js";

/** One test a row: input and what it becomes. */
const table = (name, become, rows) => describe(name, () => {
  for (const [input, expected] of rows) test(JSON.stringify(input).slice(0, 80), () => assert.equal(become(input), expected));
});

table("e-mail addresses and long numbers in labels are masked", label, [
  ["Write to ann.lee@example.com now", "Write to *** now"],
  ["<ann@x.de>, (bob@y.de)", "*** ***"],
  ["Card 4111 1111 1111 1111 ok", "Card *** ok"],
  ["4111-1111-1111-1111", "***"],
  ["order 123456789", "order ***"],
  ["é4111111111111111é", "é***é"],
  ["jörg@bücher.example", "***"],
  ["ann%40x.de", "***"],
  ["SSN 123-45-6789, thanks", "SSN ***, thanks"],
  ["123 45 6789", "***"],
]);

const ordinary = ["Book a demo", "@scope/package", "a @ b", "10.000 €", "2026-11-20", "1 2 3", "12-34-5678", "123-45-678", "24/7", "v1.2.3", ""];
table("ordinary labels stay", label, ordinary.map((text) => [text, text]));

test("white space is collapsed and length bounded by characters", () => {
  assert.equal(label("  Book  a   demo "), "Book a demo");
  assert.equal(label("ü".repeat(300), 100), "ü".repeat(100));
  assert.equal(label("a ".repeat(100_000), 5), "a a a");
  assert.equal(label("😀".repeat(100), 5), "😀😀");
  assert.equal(label("a\ud83db"), "a\ufffdb");
});

test("an address that stands where a long text is cut is not sent in part", () => {
  assert.ok(!label(" ".repeat(3_990) + "ann@example.com").includes("ann@"), label(" ".repeat(3_990) + "ann@example.com"));
});

test("other values than texts are empty", () => {
  for (const text of [undefined, null, 5, {}, [], Symbol("x"), () => "x"]) assert.deepEqual([line(text), label(text), scrub(text)], ["", "", ""]);
});

// The server scrubs addresses by the same cases (`crates/server/ingest/src/address.rs`), as there are other clients.
const addresses = JSON.parse(readFileSync(new URL("../../addresses.json", import.meta.url), "utf8"));
// The server does not know a site's list of parameters: its cases are those of a site that lists all harmless ones.
table("identifying and secret values are removed from addresses", (url) => {
  keepParameters("a api-key b c n next page q redirect state t x");
  return scrub(url);
}, [...addresses, ["nonsense", ""]]);

test("a long address is cut", () => {
  const url = `https://x.de/${"ä/".repeat(5000)}`;
  assert.ok(scrub(url).length <= 2_000 && url.startsWith(scrub(url)));
  assert.equal(scrub(`https://x.de/${"ä".repeat(5000)}`).length, 2_000);
});

const harmless = "?utm_source=a&UTM_Term=b+c&gclid=d&fbclid=e&msclkid=f&wbraid=g";
table("values of parameters are masked, except attribution and listed ones", (url) => {
  keepParameters("tab, page filter[size]");
  return scrub(url);
}, [
  [`https://x.de/${harmless}`, `https://x.de/${harmless}`],
  ["https://x.de/?tab=1&page=2&filter[size]=3&Tab=4&tabs=5&=6", "https://x.de/?tab=1&page=2&filter[size]=3&Tab=***&tabs=***&=***"],
  ["https://x.de/?preview&tab#part", "https://x.de/?preview&tab#part"],
  ["https://x.de/a;session=1/b#/found?q=typed&tab=1", "https://x.de/a;session=***#/found?q=***&tab=1"],
  ["https://x.de/?tab=/a?q=typed&page=b%3Dtyped", "https://x.de/?tab=/a?q=***&page=***"],
  ["https://x.de/?utm_content=ann@x.de&utm_term=4111111111111111", "https://x.de/?utm_content=***&utm_term=***"],
  ["https://x.de/?utm_source=a&amp%3Butm_medium=b&q=c", "https://x.de/?utm_source=a&amp%3Butm_medium=b&q=***"],
]);

/** The purpose of a field, in a form with that field and an e-mail field. */
function purpose([type, name, autocomplete]) {
  const form = { fields: [{ type, name, autocomplete, value: "v@x.de" }, { type: "email", name: "z", autocomplete: "", value: "z@x.de" }] };
  const { fields, who } = forms().submit([form]);
  if (!fields.includes(name)) return "nothing";
  return who.email === "v@x.de" ? "email" : who.name === "v@x.de" ? "name" : "other";
}

/** The chunk for forms with the few browser functions that it uses. */
function forms() {
  globalThis.HTMLFormElement = class { get elements() { return this.fields; } };
  globalThis.MutationObserver = class { observe() {} takeRecords() { return []; } };
  globalThis.document = {};
  return create(() => "", label, line, (_, method) => (method === "querySelectorAll" ? [] : undefined), { mayIdentify: true }, "", "");
}

table("fields are distinguished by type, autocomplete and name", purpose, [
  [["email", "x", ""], "email"],
  [["text", "workEmail", ""], "email"],
  [["text", "x", "section-a work email"], "email"],
  [["text", "mailing_list", ""], "other"],
  [["text", "x", "name"], "name"],
  [["text", "Full_Name", ""], "name"],
  [["text", "company_name", "organization"], "other"],
  [["password", "email", ""], "other"],
  [["hidden", "email", "email"], "nothing"],
  [["checkbox", "email_me", ""], "other"],
  [["submit", "go", ""], "nothing"],
  [["textarea", "message", ""], "other"],
]);

const circular = { ok: 1 };
circular.self = circular;
const nested = (depth) => JSON.parse("[".repeat(depth) + "]".repeat(depth));
const broken = { get a() { throw new Error("theirs"); }, b: { toJSON() { throw new Error("theirs"); } }, c: 1 };

test("properties become one object, and one that JSON cannot hold does not affect the others", () => {
  const cases = [
    [{ a: 1, 'b"': { c: [true] } }, String.raw`{"a":1,"b\"":{"c":[true]}}`],
    [{}, ""], [undefined, ""], [null, ""], [5, ""],
    [{ a: undefined, b() {}, c: Symbol("x"), d: NaN }, '{"d":null}'],
    [{ a: 12n, b: [{ c: 2n ** 70n }] }, '{"a":"12","b":[{"c":"1180591620717411303424"}]}'],
    [circular, '{"ok":1}'],
    [broken, '{"c":1}'],
    [{ a: "x\ud83dy" }, '{"a":"x\ufffdy"}'],
    [{ "\udc00a": "\ud83d\ude00" }, '{"\ufffda":"😀"}'],
    [{ a: String.raw`\ud83d` }, String.raw`{"a":"\\ud83d"}`],
    [{ a: '"[[' }, String.raw`{"a":"\"[["}`],
  ];
  for (const [props, expected] of cases) assert.equal(jsonProps(props), expected);
  assert.equal(jsonProps({ email: "a@x.de", proof: "p" }, "proof"), '{"email":"a@x.de"}');
});

test("properties that are nested too deep or too long are left out, and the others stay", () => {
  const long = "x".repeat(4000);
  assert.equal(jsonProps({ deep: nested(200), ok: [[1]] }), '{"ok":[[1]]}');
  assert.equal(jsonProps({ wide: Array.from({ length: 200 }, () => ({})), ok: 1 }), '{"ok":1}');
  assert.equal(jsonProps({ a: long, b: long, c: 1 }), `{"a":"${long}","c":1}`);
});

test("properties never exceed the server's limit in bytes", () => {
  for (const letter of ["x", "ü", "€", "😀", "\u0001", "\ud83d"]) {
    for (let length = 500; length <= 4200; length += 1) {
      const bytes = Buffer.byteLength(jsonProps({ a: letter.repeat(length), b: 1 }));
      assert.ok(bytes <= 4_096, `${length} times ${JSON.stringify(letter)}: ${bytes} bytes`);
    }
  }
});

describe("random input", () => {
  const chance = new Chance();
  const seed = `KNOCK_SEED=${chance.seed}`;
  console.log(seed);
  const letters = [..."abzAZ019_-+.%@=&;/?#:[]{}\"'\\ \t\n*€ü\u00a0\u2028\u0000", "😀", "\ud83d", "\ude00", "%40", "%2", "%", "=="];
  const noise = (most) => chance.some(most, () => chance.one(letters)).join("");
  const word = () => `w${chance.below(1e6).toString(36)}`;
  const email = () => `${word()}${chance.one(["", ".", "-", "+x", "_"])}@${word()}.${chance.one(["de", "co.uk", "example"])}`;
  const card = (separators) => Array.from({ length: 16 }, (_, at) => (at % 4 || !at ? "" : chance.one(separators)) + chance.below(10)).join("");

  test("no label holds an address or a card number, and all keep the limit", () => {
    for (let round = 0; round < 20_000; round += 1) {
      const text = [noise(40), chance.one([email, () => card(["", " ", "-", "."]), word])(), noise(40)].join(chance.one(["", " ", "\n  "]));
      const limit = 1 + chance.below(200);
      const out = label(text, limit);
      const what = `${seed} ${JSON.stringify(text)} -> ${JSON.stringify(out)}`;
      assert.ok(out.length <= limit && out.isWellFormed() && !/[^\S ]| {2}/.test(out), what);
      assert.ok(!/\d(?:[ .-]?\d){15}/.test(out), what);
      assert.ok(!/\w@w\w+\.(de|co|ex)/.test(out), what);
    }
  });

  test("no address of a page holds an e-mail address, a card number, user info or an unlisted value", () => {
    const telling = ["password", "token", "access_token", "user%5Bemail%5D", "API_KEY", "e-mail", "card", "secret"];
    const encoded = (text) => chance.one([String, encodeURIComponent])(text);
    const value = () => chance.one([() => encoded(email()), () => encoded(card(["", " ", "-", "."])).replaceAll(" ", "+"), () => encodeURIComponent(word())])();
    const pair = () => chance.one([() => `${word()}=${value()}`, () => `${chance.one(telling)}=SESAME${word()}`, value])();
    for (let round = 0; round < 20_000; round += 1) {
      const user = chance.one(["", `OPEN:${word()}@`, `OPEN${word()}@`]);
      const path = chance.some(4, () => "/" + value()).join("");
      const query = chance.some(4, pair).join(chance.one(["&", ";"]));
      const url = `https://${user}x.example${path}${chance.one(["?", "?#", "#", "#/a?"])}${query}`;
      const out = scrub(url);
      const what = `${seed} ${url} -> ${out}`;
      assert.ok(out.startsWith("https://x.example") && out.length <= 2_000, what);
      assert.ok(!/SESAME|OPEN|\w(@|%40)w\w+\.(de|co|ex)|(\d(%20|[+.-])?){14}/.test(out), what);
    }
  });

  test("nothing throws, and the result is a text in one line", () => {
    for (let round = 0; round < 20_000; round += 1) {
      const text = chance.one(["", "https://", "https:", "http://x.de/"]) + noise(60);
      const out = scrub(text);
      assert.ok(out.length <= 2_000 && out.isWellFormed() && !/[^\S ]/.test(out), `${seed} ${JSON.stringify(text)} -> ${out}`);
    }
  });

  test("properties are JSON within the limit, or nothing", () => {
    const leaf = () => chance.one([() => noise(chance.one([5, 1500])), () => chance.below(1e9), () => 5n, () => null, () => undefined, () => circular, () => NaN])();
    const tree = (depth) => (depth ? chance.one([leaf, () => chance.some(4, () => tree(depth - 1)), () => object(depth - 1)])() : leaf());
    const object = (depth) => Object.fromEntries(chance.some(6, () => [noise(6), tree(depth)]));
    for (let round = 0; round < 5_000; round += 1) {
      const out = jsonProps(object(chance.below(6)));
      assert.ok(Buffer.byteLength(out) <= 4_096 && out.isWellFormed(), `${seed} round ${round}: ${Buffer.byteLength(out)} bytes`);
      if (out) assert.equal(typeof JSON.parse(out), "object");
    }
  });
});
