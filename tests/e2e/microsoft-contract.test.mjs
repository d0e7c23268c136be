// Proof of the Microsoft server of tests/microsoft: Microsoft's own client reads and writes calendars on it.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import graph from "@microsoft/microsoft-graph-client";
import { Microsoft } from "./support/microsoft.mjs";

let microsoft;
let client;

before(async () => {
  microsoft = await Microsoft.start();
});

beforeEach(async () => {
  await microsoft.post("reset");
  microsoft.seed = await microsoft.get("seed");
  client = microsoft.client((await microsoft.post("grant")).access_token);
});

after(() => microsoft?.stop());

const at = (dateTime, timeZone = "UTC") => ({ dateTime, timeZone });
const meeting = (day, more = {}) => ({ subject: "Demo", start: at(`${day}T09:00:00`), end: at(`${day}T10:00:00`), ...more });
const events = () => `/me/calendars/${microsoft.seed.calendar}/events`;
const view = (from, to) => `/me/calendars/${microsoft.seed.calendar}/calendarView?startDateTime=${from}T00:00:00Z&endDateTime=${to}T00:00:00Z`;
const weekly = {
  pattern: { type: "weekly", interval: 1, daysOfWeek: ["monday"] },
  range: { type: "numbered", startDate: "2026-01-05", numberOfOccurrences: 3 },
};

/** The error of a call, from the client. */
async function refused(call, status, code) {
  const error = await call.then(() => assert.fail("it was not refused"), (error) => error);
  assert.ok(error instanceof graph.GraphError, String(error));
  assert.deepEqual([error.statusCode, error.code], [status, code], error.message);
  return error;
}

/** All items of a list, page by page, and the link to later changes. */
async function all(request) {
  const items = [];
  const pages = new graph.PageIterator(client, await request.get(), (item) => items.push(item) > 0);
  await pages.iterate();
  return { items, deltaLink: pages.getDeltaLink() };
}

test("the user and their calendars are read, page by page", async () => {
  const me = await client.api("/me").get();
  assert.deepEqual([me.mail, me.userPrincipalName, me.id], [microsoft.seed.mail, microsoft.seed.mail, microsoft.seed.account]);
  for (const name of ["Team", "Holidays"]) await microsoft.post("calendars", { name, can_edit: name === "Team" });
  const { items } = await all(client.api("/me/calendars").top(2).select("name,canEdit,isDefaultCalendar,owner"));
  assert.deepEqual(items.map((one) => [one.name, one.canEdit, one.isDefaultCalendar]), [
    ["Calendar", true, true], ["Team", true, false], ["Holidays", false, false],
  ]);
  assert.deepEqual(items[0].owner, { name: "Rita Rep", address: microsoft.seed.mail });
  assert.ok(!("color" in items[0]));
  await refused(client.api("/me/calendars").select("colour").get(), 400, "RequestBroker--ParseUri");
  await refused(client.api(`/me/calendars/${items[2].id}/events`).post(meeting("2026-01-05")), 403, "ErrorAccessDenied");
});

test("an event is created once, read, changed, moved and deleted", async () => {
  const body = meeting("2026-01-05", { transactionId: "meeting-1", attendees: [{ emailAddress: { address: "lead@acme.example" } }] });
  const made = await client.api(events()).post(body);
  assert.deepEqual([made.type, made.showAs, made.isOrganizer, made.attendees[0].type], ["singleInstance", "busy", true, "required"]);
  assert.deepEqual(made.start, { dateTime: "2026-01-05T09:00:00.0000000", timeZone: "UTC" });
  assert.equal((await client.api(events()).post(body)).id, made.id);
  await refused(client.api(events()).post({ ...body, subject: "Other" }), 409, "ErrorDuplicateTransactionId");
  const moved = await client.api(`/me/events/${made.id}`).header("If-Match", made["@odata.etag"])
    .patch({ start: at("2026-01-05T11:00:00"), end: at("2026-01-05T12:00:00") });
  assert.notEqual(moved.changeKey, made.changeKey);
  assert.equal(moved.iCalUId, made.iCalUId);
  await refused(client.api(`/me/events/${made.id}`).header("If-Match", made["@odata.etag"]).delete(), 412, "ErrorIrresolvableConflict");
  const shown = await client.api(`/me/events/${made.id}`).header("Prefer", 'outlook.timezone="W. Europe Standard Time"').get();
  assert.deepEqual(shown.start, { dateTime: "2026-01-05T12:00:00.0000000", timeZone: "W. Europe Standard Time" });
  await client.api(`/me/events/${made.id}`).delete();
  await refused(client.api(`/me/events/${made.id}`).get(), 404, "ErrorItemNotFound");
  await refused(client.api("/me/events/none").get(), 400, "ErrorInvalidIdMalformed");
  const mails = (await microsoft.get("invitations")).map((mail) => [mail.kind, mail.to]);
  assert.deepEqual(mails, ["invitation", "update", "cancellation"].map((kind) => [kind, "lead@acme.example"]));
});

test("an online meeting keeps its link until its body loses it", async () => {
  const online = { isOnlineMeeting: true, onlineMeetingProvider: "teamsForBusiness" };
  const made = await client.api(events()).post(meeting("2026-01-05", online));
  const link = made.onlineMeeting.joinUrl;
  assert.match(link, /^https:\/\/teams\.microsoft\.com\//);
  const kept = await client.api(`/me/events/${made.id}`).patch({ isOnlineMeeting: false, start: at("2026-01-05T08:00:00") });
  assert.deepEqual([kept.isOnlineMeeting, kept.onlineMeeting.joinUrl], [true, link]);
  const lost = await client.api(`/me/events/${made.id}`).patch({ body: { contentType: "text", content: "See you" } });
  assert.deepEqual([lost.isOnlineMeeting, lost.onlineMeeting], [false, null]);
  await microsoft.put("settings", { link_pending: 1 });
  const pending = await client.api(events()).post(meeting("2026-01-06", online));
  assert.equal(pending.onlineMeeting, null);
  assert.ok((await client.api(`/me/events/${pending.id}`).get()).onlineMeeting.joinUrl);
});

test("events are found by their id across calendars and by an extended property", async () => {
  const id = "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Meeting";
  const property = { singleValueExtendedProperties: [{ id, value: "m-1" }] };
  const made = await client.api(events()).post(meeting("2026-01-05", property));
  await client.api(events()).post(meeting("2026-01-06"));
  const filter = async (text) => (await client.api(events()).filter(text).get()).value.map((one) => one.id);
  assert.deepEqual(await filter(`iCalUId eq '${made.iCalUId}'`), [made.id]);
  assert.deepEqual(await filter(`singleValueExtendedProperties/Any(ep: ep/id eq '${id}' and ep/value eq 'm-1')`), [made.id]);
  const shown = await client.api(`/me/events/${made.id}`).expand(`singleValueExtendedProperties($filter=id eq '${id}')`).get();
  assert.deepEqual(shown.singleValueExtendedProperties, [{ id, value: "m-1" }]);
  await refused(client.api(events()).filter("subject eq 'Demo'").get(), 400, "ErrorInvalidUrlQueryFilter");
});

test("a view expands series, with exceptions and whole days", async () => {
  const series = await client.api(events()).post(meeting("2026-01-05", { recurrence: weekly }));
  await client.api(events()).post(meeting("2026-01-06", { isAllDay: true, start: at("2026-01-06T00:00:00"), end: at("2026-01-07T00:00:00") }));
  const before = (await all(client.api(view("2026-01-01", "2026-02-01")).top(2))).items;
  assert.deepEqual(before.map((one) => one.type), ["occurrence", "singleInstance", "occurrence", "occurrence"]);
  assert.equal(before[0].seriesMasterId, series.id);
  await client.api(`/me/events/${before[2].id}`).patch({ start: at("2026-01-13T09:00:00"), end: at("2026-01-13T10:00:00") });
  await client.api(`/me/events/${before[3].id}`).delete();
  const later = (await all(client.api(view("2026-01-01", "2026-02-01")))).items;
  assert.deepEqual(later.map((one) => [one.type, one.start.dateTime.slice(0, 10)]), [
    ["occurrence", "2026-01-05"], ["singleInstance", "2026-01-06"], ["exception", "2026-01-13"],
  ]);
  const beyond = client.api(`/me/events/${before[2].id}`).patch({ start: at("2026-01-20T09:00:00"), end: at("2026-01-20T10:00:00") });
  await refused(beyond, 400, "ErrorOccurrenceCrossingBoundary");
  await refused(client.api(view("2026-01-01", "2026-02-01")).top(1001).get(), 400, "RequestBroker--ParseUri");
  await refused(client.api(view("2020-01-01", "2026-02-01")).get(), 400, "ErrorInvalidParameter");
  await refused(client.api(`/me/calendars/${microsoft.seed.calendar}/calendarView`).get(), 400, "ErrorInvalidParameter");
});

test("the owner keeps a series with exceptions in Outlook", async () => {
  const main = await microsoft.post("calendars", { name: "Main", is_default: true });
  const moved = meeting("2026-01-13");
  const event = meeting("2026-01-05", { recurrence: weekly });
  await microsoft.post("events", { calendar: main.id, event, except: ["2026-01-19"], moved: [["2026-01-12", moved]] });
  const path = "/me/calendarView?startDateTime=2026-01-01T00:00:00Z&endDateTime=2026-02-01T00:00:00Z";
  const { items } = await all(client.api(path));
  assert.deepEqual(items.map((one) => [one.type, one.start.dateTime.slice(0, 10)]), [["occurrence", "2026-01-05"], ["exception", "2026-01-13"]]);
});

test("changes of a view come page by page, and end with a link to later ones", async () => {
  const path = view("2026-01-01", "2026-02-01").replace("?", "/delta?");
  await client.api(events()).post(meeting("2026-01-05", { recurrence: weekly }));
  const single = await client.api(events()).post(meeting("2026-01-07"));
  const first = await all(client.api(path).header("Prefer", "odata.maxpagesize=1"));
  assert.deepEqual(first.items.map((one) => one.type), ["seriesMaster", "occurrence", "occurrence", "occurrence", "singleInstance"]);
  assert.deepEqual(Object.keys(first.items[1]).sort(), ["@odata.etag", "@odata.type", "end", "id", "seriesMasterId", "start", "type"]);
  await client.api(`/me/events/${single.id}`).delete();
  const second = await all(client.api(first.deltaLink));
  assert.deepEqual(second.items.map((one) => [one.id, one["@removed"].reason]), [[single.id, "deleted"]]);
  assert.deepEqual((await all(client.api(second.deltaLink))).items, []);
  await refused(client.api(path).select("subject").get(), 400, "ErrorInvalidUrlQuery");
  await microsoft.post("expire_deltas");
  const gone = await refused(client.api(second.deltaLink).get(), 410, "SyncStateNotFound");
  assert.match(gone.headers.get("location"), /\$deltatoken=$/);
});

test("immutable ids stay when an event goes to another calendar", async () => {
  const team = await microsoft.post("calendars", { name: "Team" });
  const immutable = (request) => request.header("Prefer", 'IdType="ImmutableId"');
  const made = await immutable(client.api(events())).post(meeting("2026-01-05"));
  const mutable = (await client.api(events()).get()).value[0].id;
  await microsoft.post(`events/${mutable}/move`, { calendar: team.id });
  await refused(client.api(`/me/events/${mutable}`).get(), 404, "ErrorItemNotFound");
  assert.equal((await immutable(client.api(`/me/events/${made.id}`)).get()).id, made.id);
});

test("free-busy times have windows and statuses", async () => {
  for (const [day, showAs] of [["05", "tentative"], ["06", "oof"], ["07", "workingElsewhere"], ["08", "free"]]) {
    await client.api(events()).post(meeting(`2026-01-${day}`, { showAs }));
  }
  const ask = (end, schedules = [microsoft.seed.mail, "no@contract.example"]) =>
    client.api("/me/calendar/getSchedule").post({ schedules, startTime: at("2026-01-05T00:00:00"), endTime: at(end), availabilityViewInterval: 1440 });
  const { value } = await ask("2026-01-09T00:00:00");
  assert.deepEqual([value[0].availabilityView, value[0].scheduleItems.map((one) => one.status)], ["1300", ["tentative", "oof"]]);
  assert.equal(value[1].error.responseCode, "ErrorMailRecipientNotFound");
  await refused(ask("2026-03-08T00:00:00"), 400, "ErrorInvalidTimeInterval");
  await refused(ask("2026-01-06T00:00:00", Array(21).fill("a@b.example")), 400, "ErrorInvalidParameter");
});

test("only an organizer cancels a meeting", async () => {
  const mine = await client.api(events()).post(meeting("2026-01-05"));
  await client.api(`/me/events/${mine.id}/cancel`).post({ comment: "Sorry" });
  await refused(client.api(`/me/events/${mine.id}`).get(), 404, "ErrorItemNotFound");
  const theirs = await microsoft.post("events", { event: meeting("2026-01-06"), organizer: "boss@contract.example" });
  await refused(client.api(`/me/events/${theirs.id}/cancel`).post({}), 400, "ErrorInvalidRequest");
});

test("a token may do what its scopes say, for as long as it lives", async () => {
  const shared = await microsoft.post("calendars", { name: "Boss", owner: { name: "Boss", address: "boss@contract.example" } });
  const scoped = async (...scopes) => microsoft.client((await microsoft.post("grant", { scopes })).access_token);
  const basic = await scoped("Calendars.ReadBasic");
  await client.api(events()).post(meeting("2026-01-05", { body: { contentType: "text", content: "Secret" } }));
  assert.ok(!("body" in (await basic.api(view("2026-01-01", "2026-02-01")).get()).value[0]));
  await refused(basic.api(events()).post(meeting("2026-01-06")), 403, "ErrorAccessDenied");
  await refused(basic.api("/me").get(), 403, "Authorization_RequestDenied");
  const read = await scoped("Calendars.Read");
  await refused(read.api(`/me/calendars/${shared.id}/events`).get(), 403, "ErrorAccessDenied");
  await (await scoped("Calendars.Read.Shared")).api(`/me/calendars/${shared.id}/events`).get();
  const error = await refused(microsoft.client("nonsense").api("/me").get(), 401, "InvalidAuthenticationToken");
  assert.match(error.headers.get("www-authenticate"), /^Bearer realm=""/);
  await microsoft.put("clock", { advance: 5_400_000 });
  await refused(client.api("/me").get(), 401, "InvalidAuthenticationToken");
});

test("limits and failures are those that a test asks for", async () => {
  await microsoft.post("faults", { on: "GET /v1.0/me", do: "rate_limit", retry_after: 7 });
  const limited = await refused(client.api("/me").get(), 429, "TooManyRequests");
  assert.equal(limited.headers.get("retry-after"), "7");
  await microsoft.post("faults", { on: "GET /v1.0/me", do: "status", status: 503, retry_after: 0 });
  const patient = microsoft.client((await microsoft.post("grant")).access_token, 1);
  assert.equal((await patient.api("/me").get()).mail, microsoft.seed.mail);
  await microsoft.post("faults", { on: "/events", do: "lose_answer" });
  const body = meeting("2026-01-05", { transactionId: "meeting-1" });
  await assert.rejects(client.api(events()).post(body));
  const made = await client.api(events()).post(body);
  assert.deepEqual((await client.api(events()).get()).value.map((one) => one.id), [made.id]);
  await microsoft.put("settings", { limit: 1 });
  await refused(client.api("/me").get(), 429, "TooManyRequests");
  assert.equal((await microsoft.get("counts")).refused_by_limits, 2);
});
