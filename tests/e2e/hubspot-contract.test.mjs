// Proof of the HubSpot server of tests/hubspot: HubSpot's own client reads every response that Knock reads.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { Client } from "@hubspot/api-client";
import { HubSpot } from "./support/hubspot.mjs";

let hubspot;
let client;

before(async () => {
  hubspot = await HubSpot.start();
});

beforeEach(async () => {
  await hubspot.post("reset");
  client = new Client({ accessToken: hubspot.token, basePath: hubspot.url });
});

after(() => hubspot?.stop());

const contacts = () => client.crm.contacts;
const upsert = (...inputs) => contacts().batchApi.upsert({ inputs });
const input = (email, properties, trace) => ({ id: email, idProperty: "email", properties, objectWriteTraceId: trace });

/** The error of a call, from the client. */
async function refused(call, code, category) {
  const error = await call.then(() => assert.fail("it was not refused"), (error) => error);
  assert.equal(error.code, code, error.message);
  const body = typeof error.body === "string" ? JSON.parse(error.body) : error.body;
  if (category) assert.equal(body.category, category);
  return body;
}

/** A form that the client has no method for. */
async function posted(path, fields) {
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  const body = new URLSearchParams(fields).toString();
  return client.apiRequest({ method: "POST", path, body, headers, defaultJson: false });
}

/** A request that the client has no method for. */
async function asked(path, body) {
  const reply = await client.apiRequest({ method: body ? "POST" : "GET", path, body });
  return reply.json();
}

test("a contact is created, found by its address, changed, cleared and archived", async () => {
  const { basicApi } = contacts();
  const made = await basicApi.create({ properties: { email: "ann@acme.example", firstname: "Ann" }, associations: [] });
  assert.ok(made.createdAt instanceof Date && made.id);
  const found = await basicApi.getById("ann@acme.example", ["firstname", "lastname"], undefined, undefined, false, "email");
  assert.deepEqual([found.id, found.properties.firstname, found.properties.lastname], [made.id, "Ann", null]);
  await basicApi.update("ANN@acme.example", { properties: { lastname: "Lee" } }, "email");
  await basicApi.update(made.id, { properties: { firstname: "" } });
  const changed = await basicApi.getById(made.id, ["firstname", "lastname"]);
  assert.deepEqual([changed.properties.firstname, changed.properties.lastname], [null, "Lee"]);
  const conflict = await refused(basicApi.create({ properties: { email: "ann@acme.example" }, associations: [] }), 409, "CONFLICT");
  assert.match(conflict.message, new RegExp(`Existing ID: ${made.id}`));
  await basicApi.archive(made.id);
  await refused(basicApi.getById(made.id), 404, "OBJECT_NOT_FOUND");
});

test("an upsert reports of each record whether it is new, and repeats its trace id", async () => {
  const first = await upsert(input("ann@acme.example", { firstname: "Ann" }, "0"), input("bea@acme.example", {}, "1"));
  assert.equal(first.status, "COMPLETE");
  assert.deepEqual(first.results.map((one) => [one._new, one.objectWriteTraceId]).sort(), [[true, "0"], [true, "1"]]);
  assert.ok(first.startedAt instanceof Date && first.completedAt instanceof Date);
  const again = await upsert(input("Ann@acme.example", { firstname: "Anna" }, "0"));
  assert.deepEqual(again.results.map((one) => [one._new, one.properties.firstname]), [[false, "Anna"]]);
});

test("a batch with a failure gets a partial response", async () => {
  const failing = { ids: ["bea@acme.example"], category: "CONFLICT", message: "The contact is locked" };
  await hubspot.post("faults", { on: "batch/upsert", do: "partial", ...failing });
  const answer = await upsert(input("ann@acme.example", {}, "0"), input("bea@acme.example", {}, "1"));
  assert.deepEqual([answer.results.length, answer.numErrors], [1, 1]);
  const [error] = answer.errors;
  assert.deepEqual([error.category, error.message, error.context], ["CONFLICT", "The contact is locked", { objectWriteTraceId: ["1"] }]);
});

test("invalid values of properties fail a whole batch, with their names", async () => {
  const wrong = { no_such: "x", lifecyclestage: "nonsense", hs_marketable: "yes" };
  const body = await refused(upsert(input("ann@acme.example", wrong), input("bea@acme.example", {})), 400, "VALIDATION_ERROR");
  const named = body.errors.map((error) => [error.code, error.context.propertyName[0]]);
  assert.deepEqual(named, [["INVALID_OPTION", "hs_marketable"], ["INVALID_OPTION", "lifecyclestage"], ["PROPERTY_DOESNT_EXIST", "no_such"]]);
  assert.match(body.message, /^Property values were not valid: \[\{/);
  assert.deepEqual(await hubspot.get("records/contacts"), []);
  await refused(upsert(input("ann@acme.example", {}), input("ann@acme.example", {})), 400, "VALIDATION_ERROR");
  await refused(upsert(...Array.from({ length: 101 }, (_, at) => input(`lead${at}@acme.example`, {}))), 400);
});

test("reading a batch finds by id and by address, and names what is missing", async () => {
  const { results } = await upsert(input("ann@acme.example", { firstname: "Ann" }));
  const { batchApi } = contacts();
  const read = (ids, idProperty) =>
    batchApi.read({ inputs: ids.map((id) => ({ id })), idProperty, properties: ["firstname"], propertiesWithHistory: [] });
  assert.equal((await read([results[0].id])).results[0].properties.firstname, "Ann");
  const partial = await read(["ann@acme.example", "eve@acme.example"], "email");
  assert.equal(partial.results[0].id, results[0].id);
  assert.deepEqual([partial.errors[0].category, partial.errors[0].context.ids], ["OBJECT_NOT_FOUND", ["eve@acme.example"]]);
});

test("an update takes ids only, and a merged id leads to the remaining record", async () => {
  const { results } = await upsert(input("ann@acme.example", {}), input("bea@acme.example", {}));
  const [bea, ann] = results.map((one) => one.id).sort().reverse();
  await contacts().basicApi.merge({ primaryObjectId: ann, objectIdToMerge: bea });
  const { batchApi } = contacts();
  const answer = await batchApi.update({ inputs: [{ id: bea, properties: { firstname: "One" } }, { id: "99", properties: {} }] });
  assert.deepEqual([answer.results[0].id, answer.errors[0].category], [ann, "OBJECT_NOT_FOUND"]);
  const one = await contacts().basicApi.getById(bea, ["hs_merged_object_ids", "hs_additional_emails"]);
  assert.deepEqual([one.id, one.properties.hs_merged_object_ids], [ann, bea]);
  assert.equal(one.properties.hs_additional_emails, "bea@acme.example");
  const byEmail = batchApi.update({ inputs: [{ id: "ann@acme.example", idProperty: "email", properties: {} }] });
  assert.match((await refused(byEmail, 400)).message, /non-unique/);
});

test("a search filters, sorts, has pages, and lags behind", async () => {
  await upsert(...["a", "b", "c"].map((name) => input(`${name}@acme.example`, { firstname: name })));
  const filters = [{ propertyName: "firstname", operator: "IN", values: ["a", "b", "c"] }];
  const search = (after) =>
    contacts().searchApi.doSearch({ filterGroups: [{ filters }], sorts: ["-firstname"], properties: ["firstname"], limit: 2, after });
  const first = await search("0");
  assert.deepEqual([first.total, first.results.map((one) => one.properties.firstname)], [3, ["c", "b"]]);
  const second = await search(first.paging.next.after);
  assert.deepEqual([second.results.map((one) => one.properties.firstname), second.paging], [["a"], undefined]);
  await hubspot.put("settings", { search_lag_ms: 60_000 });
  assert.equal((await search("0")).total, 0);
  await hubspot.put("clock", { advance: 61_000 });
  assert.equal((await search("0")).total, 3);
});

test("properties are created in a group once, listed, and removed", async () => {
  const { coreApi, groupsApi, batchApi } = client.crm.properties;
  const group = { name: "knock", label: "Knock", displayOrder: -1 };
  const option = { label: "New", value: "New", displayOrder: 0, hidden: false };
  const wanted = { name: "knock_chat_status", label: "Chat Status", type: "enumeration", fieldType: "select", groupName: "knock", options: [option] };
  await refused(coreApi.create("contacts", wanted), 400, "VALIDATION_ERROR");
  await groupsApi.create("contacts", group);
  await refused(groupsApi.create("contacts", group), 409);
  const made = await coreApi.create("contacts", wanted);
  assert.deepEqual([made.name, made.options[0].value, made.modificationMetadata.readOnlyValue], ["knock_chat_status", "New", false]);
  await refused(coreApi.create("contacts", wanted), 409);
  const batch = await batchApi.create("contacts", { inputs: [wanted, { ...wanted, name: "knock_meeting_status" }] });
  assert.deepEqual([batch.results.length, batch.errors.length], [1, 1]);
  const listed = (await coreApi.getAll("contacts")).results.find((one) => one.name === "hs_merged_object_ids");
  assert.equal(listed.modificationMetadata.readOnlyValue, true);
  assert.equal((await groupsApi.getAll("contacts")).results.length, 2);
  await coreApi.archive("contacts", "knock_chat_status");
  await refused(coreApi.getByName("contacts", "knock_chat_status"), 404);
});

test("owners have pages, are found by address, and archived ones are listed apart", async () => {
  for (const name of ["bo", "cy", "di"]) await hubspot.post("owners", { email: `${name}@us.example`, first_name: name });
  const gone = await hubspot.post("owners", { email: "gone@us.example", archived: true });
  const { ownersApi } = client.crm.owners;
  const first = await ownersApi.getPage(undefined, undefined, 2);
  const second = await ownersApi.getPage(undefined, first.paging.next.after, 2);
  assert.deepEqual([...first.results, ...second.results].map((owner) => owner.firstName), ["bo", "cy", "di"]);
  assert.equal((await ownersApi.getPage("cy@us.example")).results[0].email, "cy@us.example");
  assert.deepEqual((await ownersApi.getPage(undefined, undefined, 10, true)).results.map((owner) => owner.id), [gone.id]);
  assert.equal((await ownersApi.getById(Number(first.results[0].id))).type, "PERSON");
});

test("deals are associated with contacts, both ways and by batch", async () => {
  const ann = (await upsert(input("ann@acme.example", {}))).results[0].id;
  const made = await client.crm.objects.basicApi.create("0-3", { properties: { dealname: "Acme" }, associations: [] });
  const { batchApi, basicApi } = client.crm.associations.v4;
  const pair = [{ _from: { id: made.id }, to: { id: ann } }];
  assert.equal((await batchApi.createDefault("deals", "contacts", { inputs: pair })).results[0].to.id, ann);
  await basicApi.createDefault("contacts", ann, "deals", made.id);
  const found = await batchApi.getPage("contacts", "deals", { inputs: [{ id: ann }, { id: "99" }] });
  assert.deepEqual([found.results[0]._from.id, String(found.results[0].to[0].toObjectId)], [ann, made.id]);
  assert.deepEqual(found.errors[0].context.fromObjectId, ["99"]);
  assert.equal((await basicApi.getPage("deals", made.id, "contacts")).results.length, 1);
  const filters = [{ propertyName: "createdate", operator: "GTE", value: "0" }];
  const search = { filterGroups: [{ filters }], sorts: ["createdate"], properties: ["createdate"], limit: 10, after: "0" };
  assert.equal((await client.crm.deals.searchApi.doSearch(search)).results[0].id, made.id);
});

test("meetings and notes are upserted by a property that is unique", async () => {
  const { coreApi, groupsApi } = client.crm.properties;
  for (const [object, name, api] of [["meetings", "knock_meeting_id", client.crm.objects.meetings], ["notes", "knock_note_id", client.crm.objects.notes]]) {
    await groupsApi.create(object, { name: "knock", label: "Knock" });
    await coreApi.create(object, { name, label: "ID", type: "string", fieldType: "text", groupName: "knock", hasUniqueValue: true });
    const write = () => api.batchApi.upsert({ inputs: [{ id: "k-1", idProperty: name, properties: { hs_timestamp: "1795000000000" } }] });
    const [first, second] = [(await write()).results[0], (await write()).results[0]];
    assert.deepEqual([first._new, second._new, second.id], [true, false, first.id]);
  }
  const { batchApi } = client.crm.objects.meetings;
  const byTitle = batchApi.upsert({ inputs: [{ id: "x", idProperty: "hs_meeting_title", properties: {} }] });
  assert.match((await refused(byTitle, 400)).message, /non-unique/);
});

test("OAuth issues tokens, which expire, are renewed, and are revoked", async () => {
  const grant = (type, code, refresh, secret = "secret") =>
    client.oauth.tokensApi.create(type, code, code && "https://us.example", "client", secret, refresh);
  const first = await grant("authorization_code", "code");
  assert.deepEqual([first.tokenType, first.expiresIn, first.refreshToken], ["bearer", 1_800, "refresh-0"]);
  client.setAccessToken(first.accessToken);
  const app = { client_id: "client", client_secret: "secret" };
  const introspect = async (fields) => (await posted("/oauth/2026-03/token/introspect", fields)).json();
  const known = await introspect({ ...app, token: first.accessToken });
  assert.deepEqual([known.active, known.hub_id, known.scopes.includes("oauth")], [true, 1_234, true]);
  assert.deepEqual(await introspect({ ...app, token: "another" }), { active: false });
  await client.crm.owners.ownersApi.getPage();
  await hubspot.post("token", { state: "expired" });
  await refused(client.crm.owners.ownersApi.getPage(), 401, "EXPIRED_AUTHENTICATION");
  const second = await grant("refresh_token", undefined, first.refreshToken);
  client.setAccessToken(second.accessToken);
  await client.crm.owners.ownersApi.getPage();
  assert.deepEqual(await introspect({ ...app, token: first.accessToken }), { active: false });
  const renewed = { ...app, grant_type: "refresh_token", refresh_token: first.refreshToken };
  assert.match((await (await posted("/oauth/2026-03/token", renewed)).json()).access_token, /^access-/);
  assert.equal((await refused(grant("authorization_code", "code", undefined, "wrong"), 400)).status, "BAD_CLIENT_ID");
  await hubspot.post("token", { state: "revoked" });
  await refused(client.crm.owners.ownersApi.getPage(), 401, "INVALID_AUTHENTICATION");
  assert.equal((await refused(grant("refresh_token", undefined, "refresh-0"), 400)).status, "BAD_REFRESH_TOKEN");
});

test("requests in another shape than the documented one are refused", async () => {
  const status = async (path, init) => (await fetch(`${hubspot.url}${path}`, { method: "POST", ...init })).status;
  const json = { "Content-Type": "application/json", Authorization: `Bearer ${hubspot.token}` };
  const form = { ...json, "Content-Type": "application/x-www-form-urlencoded" };
  const introspect = "/oauth/2026-03/token/introspect";
  assert.equal(await status(introspect, { headers: json, body: JSON.stringify({ token: "t" }) }), 415);
  assert.equal(await status(introspect, { headers: form, body: "token=t" }), 400);
  assert.equal(await status(introspect, { headers: form, body: "client_id=client&client_secret=wrong&token=t" }), 400);
  assert.equal(await status("/oauth/2026-03/token", { headers: json, body: JSON.stringify({ grant_type: "refresh_token" }) }), 415);
  assert.equal(await status("/oauth/2026-03/token", { headers: form, body: "grant_type=authorization_code&code=code&client_id=client&client_secret=secret" }), 400);

  const path = "/crm/objects/2026-03/contacts/batch/upsert";
  const send = (body, headers = json) => status(path, { headers, body: JSON.stringify(body) });
  const good = { id: "ann@acme.example", idProperty: "email", properties: { firstname: "Ann" } };
  assert.equal(await send({ inputs: [good] }), 200);
  for (const wrong of [
    {},
    { inputs: good },
    { inputs: [{ ...good, properties: { firstname: 7 } }] },
    { inputs: [{ ...good, properties: [["firstname", "Ann"]] }] },
    { inputs: [{ ...good, properties: undefined }] },
    { inputs: [{ ...good, email: "ann@acme.example" }] },
    { inputs: [{ ...good, idProperty: "firstname" }] },
    { inputs: [{ ...good, properties: { hubspot_owner_id: "ann@acme.example" } }] },
    { inputs: [{ ...good, properties: { hs_object_id: "7" } }] },
  ]) {
    assert.equal(await send(wrong), 400, JSON.stringify(wrong));
  }
  assert.equal(await send({ inputs: [good] }, { ...json, "Content-Type": "text/plain" }), 415);
  assert.equal(await send({ inputs: [good] }, { "Content-Type": "application/json" }), 401);
  const search = { filterGroups: [], sorts: [], properties: [], limit: 1, after: "0" };
  const find = (body) => status("/crm/objects/2026-03/contacts/search", { headers: json, body: JSON.stringify(body) });
  assert.equal(await find(search), 200);
  assert.equal(await find({ ...search, after: undefined }), 400);
  const filter = (operator) => ({ ...search, filterGroups: [{ filters: [{ propertyName: "email", operator, value: "a" }] }] });
  assert.deepEqual([await find(filter("EQ")), await find(filter("IS"))], [200, 400]);
});

test("a deleted contact is archived, and an archived owner has no user", async () => {
  const made = (await upsert(input("ann@acme.example", {}))).results[0];
  await contacts().basicApi.archive(made.id);
  await refused(contacts().basicApi.getById(made.id), 404, "OBJECT_NOT_FOUND");
  assert.equal((await contacts().basicApi.getById(made.id, [], undefined, undefined, true)).archived, true);
  const gone = await contacts().batchApi.update({ inputs: [{ id: made.id, properties: { firstname: "Ann" } }] });
  assert.deepEqual([gone.results, gone.errors[0].category], [[], "OBJECT_NOT_FOUND"]);
  await hubspot.post("owners", { email: "gone@us.example", archived: true });
  const owner = (await client.crm.owners.ownersApi.getPage(undefined, undefined, 10, true)).results[0];
  assert.deepEqual([owner.archived, owner.userId ?? null], [true, null]);
});

test("an owner property takes ids of owners", async () => {
  const { coreApi } = client.crm.properties;
  const wanted = { name: "second_owner", label: "Second owner", type: "enumeration", fieldType: "select", groupName: "contacts_information" };
  await refused(coreApi.create("contacts", { ...wanted, referencedObjectType: "OWNER" }), 400);
  const made = await coreApi.create("contacts", { ...wanted, externalOptions: true, referencedObjectType: "OWNER" });
  assert.deepEqual([made.externalOptions, made.referencedObjectType], [true, "OWNER"]);
  const { id } = await hubspot.post("owners", { email: "bo@us.example" });
  assert.equal((await upsert(input("ann@acme.example", { second_owner: id }))).results[0].properties.second_owner, id);
  const body = await refused(upsert(input("ann@acme.example", { second_owner: "bo@us.example" })), 400);
  assert.equal(body.errors[0].context.propertyName[0], "second_owner");
});

test("a missing scope is named", async () => {
  await hubspot.post("token", { scopes: ["crm.objects.contacts.read"] });
  const body = await refused(upsert(input("ann@acme.example", {})), 403, "MISSING_SCOPES");
  assert.deepEqual(body.errors[0].context.requiredGranularScopes, ["crm.objects.contacts.write"]);
});

test("rate limits name their policy, and the client's own retries succeed", async () => {
  await hubspot.put("settings", { limit: 3, window_ms: 3_600_000, search_limit: 1 });
  const search = () => contacts().searchApi.doSearch({ filterGroups: [], sorts: [], properties: [], limit: 1, after: "0" });
  await search();
  assert.equal((await refused(search(), 429)).policyName, "SECONDLY");
  const { headers } = await client.apiRequest({ path: "/crm/v3/owners" });
  assert.deepEqual([headers.get("x-hubspot-ratelimit-max"), headers.get("x-hubspot-ratelimit-remaining")], ["3", "1"]);
  await client.crm.owners.ownersApi.getPage();
  assert.equal((await refused(client.crm.owners.ownersApi.getPage(), 429)).policyName, "TEN_SECONDLY_ROLLING");
  await hubspot.put("settings", { daily_limit: 0 });
  assert.equal((await refused(client.crm.owners.ownersApi.getPage(), 429)).policyName, "DAILY");

  await hubspot.post("reset");
  const patient = new Client({ accessToken: hubspot.token, basePath: hubspot.url, numberOfApiCallRetries: 3 });
  await hubspot.post("faults", { on: "owners", do: "status", status: 502 });
  await hubspot.post("faults", { on: "owners", do: "rate_limit", policy: "SECONDLY" });
  await patient.crm.owners.ownersApi.getPage();
  assert.equal((await hubspot.get("counts")).requests, 3);
});

test("scripted network failures happen before or after the effect, as scripted", async () => {
  await hubspot.post("faults", { on: "batch/upsert", do: "lose_answer" });
  await assert.rejects(upsert(input("ann@acme.example", {})));
  assert.equal((await hubspot.get("records/contacts")).length, 1, "it was done");
  await hubspot.post("faults", { on: "batch/upsert", do: "empty" });
  assert.deepEqual((await upsert(input("bea@acme.example", {}))).results, []);
  await hubspot.post("faults", { on: "batch/upsert", do: "status", status: 477, retry_after: 5 });
  await refused(upsert(input("bea@acme.example", {})), 477);
  await hubspot.put("outage", { on: true, status: 503 });
  await refused(client.crm.owners.ownersApi.getPage(), 503);
  await hubspot.put("outage", { on: false });
  await client.crm.owners.ownersApi.getPage();
  assert.equal((await hubspot.get("records/contacts")).length, 1, "nothing else was done");
});

test("dated paths equal those of version 3 and 4", async () => {
  const [made] = (await asked("/crm/objects/2026-03/contacts/batch/upsert", { inputs: [input("ann@acme.example", {})] })).results;
  assert.equal((await contacts().basicApi.getById(made.id)).id, made.id);
  const names = async (path) => (await asked(path)).results.map((one) => one.name);
  assert.deepEqual(await names("/crm/properties/2026-03/contacts"), await names("/crm/v3/properties/contacts"));
  assert.deepEqual(await asked("/crm/owners/2026-03"), await asked("/crm/v3/owners"));
  const deal = await hubspot.post("records", { object: "deals", properties: {}, with: [["contacts", made.id]] });
  const read = await asked("/crm/associations/2026-03/contacts/deals/batch/read", { inputs: [{ id: made.id }] });
  assert.equal(read.results[0].to[0].toObjectId, deal.id);
  assert.equal((await asked("/account-info/2026-03/details")).portalId, 1_234);
  const known = await asked("/oauth/v2/private-apps/get/access-token-info", { tokenKey: hubspot.token });
  assert.ok(known.scopes.includes("crm.objects.contacts.write"));
});
