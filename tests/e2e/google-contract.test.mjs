// Proof of the Google server of tests/google: Google's own Calendar client works with it as with Google.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { ACCOUNT, Google, refused, scope } from "./support/google.mjs";

let google;
let auth;
let calendar;

before(async () => {
  google = await Google.start();
});

beforeEach(async () => {
  await google.control("POST", "reset");
  await google.control("PUT", "clock", { stop_at: "2026-03-02T08:00:00Z" });
  auth = await google.connected();
  calendar = google.calendar(auth);
});

after(() => google?.stop());

const primary = { calendarId: "primary" };
const at = (text) => ({ dateTime: text, timeZone: "Europe/Berlin" });
const meeting = (day = "2026-03-03", more = {}) => ({
  summary: "Intro",
  start: at(`${day}T09:00:00+01:00`),
  end: at(`${day}T09:30:00+01:00`),
  ...more,
});
const owner = (event, more = {}) => google.control("POST", "events", { event, ...more });
const ids = (answer) => answer.data.items.map((event) => event.id);

/** Every item of a list, with the sync token of its last page. */
async function all(query) {
  const items = [];
  let pageToken;
  for (;;) {
    const { data } = await calendar.events.list({ ...primary, ...query, pageToken });
    items.push(...data.items);
    if (!data.nextPageToken) return { items, sync: data.nextSyncToken };
    assert.equal(data.nextSyncToken, undefined);
    pageToken = data.nextPageToken;
  }
}

test("the calendars of an account have roles, pages, and a least role", async () => {
  await google.control("POST", "calendars", { id: "team@group.calendar.google.com", summary: "Team", role: "reader" });
  await google.control("POST", "calendars", { id: "bea@acme.example", summary: "Bea", role: "freeBusyReader" });
  const first = await calendar.calendarList.list({ maxResults: 2 });
  const rest = await calendar.calendarList.list({ maxResults: 2, pageToken: first.data.nextPageToken });
  const roles = [...first.data.items, ...rest.data.items].map((one) => [one.id, one.accessRole, one.primary ?? false]);
  assert.deepEqual(roles, [
    ["bea@acme.example", "freeBusyReader", false],
    [ACCOUNT, "owner", true],
    ["team@group.calendar.google.com", "reader", false],
  ]);
  const own = await calendar.calendarList.list({ minAccessRole: "writer" });
  assert.deepEqual(ids(own), [ACCOUNT]);
  await google.control("PUT", "calendars/access", { calendar: "bea@acme.example" });
  const { data } = await calendar.calendarList.list({ syncToken: rest.data.nextSyncToken });
  assert.deepEqual(data.items.map((one) => [one.id, one.deleted]), [["bea@acme.example", true]]);
});

test("an event is inserted once by its id, also after it was deleted", async () => {
  const requestBody = meeting("2026-03-03", { id: "knock0123456789" });
  const made = await calendar.events.insert({ ...primary, requestBody });
  assert.deepEqual([made.data.status, made.data.organizer, made.data.sequence], ["confirmed", { email: ACCOUNT, self: true }, 0]);
  assert.equal(made.data.start.dateTime, "2026-03-03T09:00:00+01:00");
  await refused(calendar.events.insert({ ...primary, requestBody }), 409, "duplicate");
  assert.equal((await calendar.events.delete({ ...primary, eventId: requestBody.id })).status, 204);
  await refused(calendar.events.delete({ ...primary, eventId: requestBody.id }), 410, "deleted");
  await refused(calendar.events.insert({ ...primary, requestBody }), 409, "duplicate");
  assert.equal((await calendar.events.get({ ...primary, eventId: requestBody.id })).data.status, "cancelled");
  await refused(calendar.events.get({ ...primary, eventId: "knock9" }), 404, "notFound");
});

test("bodies and parameters that are not valid are refused", async () => {
  for (const [requestBody, reason] of [
    [meeting("2026-03-03", { id: "KNOCK-1" }), "invalid"],
    [{ ...meeting(), end: undefined }, "required"],
    [{ ...meeting(), end: at("2026-03-03T08:00:00+01:00") }, "timeRangeEmpty"],
    [{ ...meeting(), end: { date: "2026-03-04" } }, "invalid"],
    [{ ...meeting(), start: { dateTime: "2026-03-03T09:00:00" } }, "invalid"],
    [{ ...meeting(), start: { dateTime: "2026-03-03T09:00:00", timeZone: "W. Europe Standard Time" } }, "invalid"],
    [{ ...meeting(), attendees: [{ email: "ann" }] }, "invalid"],
    [{ ...meeting(), recurrence: ["FREQ=DAILY"] }, "invalid"],
    [{ ...meeting(), eventType: "fromGmail" }, "eventTypeRestriction"],
  ]) {
    await refused(calendar.events.insert({ ...primary, requestBody }), 400, reason);
  }
  for (const [query, reason] of [
    [{ timeMin: "2026-03-03" }, "badRequest"],
    [{ timeMin: "2026-03-03T00:00:00Z", timeMax: "2026-03-02T00:00:00Z" }, "timeRangeEmpty"],
    [{ orderBy: "startTime" }, "badRequest"],
    [{ maxResults: 0 }, "invalid"],
    [{ pageToken: "none" }, "invalid"],
    [{ syncToken: "none" }, "invalid"],
    [{ timezone: "UTC" }, "invalidParameter"],
  ]) {
    await refused(calendar.events.list({ ...primary, ...query }), 400, reason);
  }
  await refused(calendar.events.list({ ...primary, updatedMin: "2025-01-01T00:00:00Z" }), 410, "updatedMinTooLongAgo");
  await refused(calendar.events.list({ calendarId: "eve@acme.example" }), 404, "notFound");
});

test("a patch merges, an update replaces, and another version is refused", async () => {
  const made = await calendar.events.insert({ ...primary, requestBody: meeting("2026-03-03", { location: "Room 1" }) });
  const eventId = made.data.id;
  const headers = { "If-Match": made.data.etag };
  const patched = await calendar.events.patch({ ...primary, eventId, requestBody: { summary: "Demo" } }, { headers });
  assert.deepEqual([patched.data.summary, patched.data.location, patched.data.sequence], ["Demo", "Room 1", 0]);
  await refused(calendar.events.patch({ ...primary, eventId, requestBody: { summary: "Old" } }, { headers }), 412, "conditionNotMet");
  await refused(calendar.events.delete({ ...primary, eventId }, { headers }), 412, "conditionNotMet");
  const updated = await calendar.events.update({ ...primary, eventId, requestBody: meeting("2026-03-04") });
  assert.deepEqual([updated.data.location, updated.data.sequence], [undefined, 1]);
  await refused(calendar.events.update({ ...primary, eventId, requestBody: { summary: "Demo" } }), 400, "required");
});

test("a patch merges within objects: a day does not become a time by itself", async () => {
  const days = { start: { date: "2026-03-03" }, end: { date: "2026-03-04" } };
  const properties = { extendedProperties: { private: { knock: "1", kept: "2" } } };
  await calendar.events.insert({ ...primary, requestBody: { ...days, ...properties, id: "patch0" } });
  const { start, end } = meeting();
  const patch = (requestBody, fields) => calendar.events.patch({ ...primary, eventId: "patch0", requestBody, fields });
  await refused(patch({ start, end }), 400, "invalid");
  const moved = await patch({ start: { ...start, date: null }, end: { ...end, date: null } }, "id,start/dateTime");
  assert.deepEqual(moved.data, { id: "patch0", start: { dateTime: "2026-03-03T09:00:00+01:00" } });
  const named = await patch({ extendedProperties: { private: { knock: null, more: "3" } } }, "extendedProperties");
  assert.deepEqual(named.data.extendedProperties.private, { kept: "2", more: "3" });
  await refused(patch({}, "id("), 400, "invalid");
});

test("a series is expanded over changes of the clock, with its exceptions", async () => {
  const requestBody = { ...meeting("2026-03-20"), id: "series1", recurrence: ["RRULE:FREQ=WEEKLY;COUNT=4"] };
  await calendar.events.insert({ ...primary, requestBody });
  const window = { timeMin: "2026-03-20T00:00:00Z", timeMax: "2026-05-01T00:00:00Z" };
  const instances = await calendar.events.instances({ ...primary, eventId: "series1", ...window });
  assert.deepEqual(ids(instances), ["20260320T080000Z", "20260327T080000Z", "20260403T070000Z", "20260410T070000Z"].map((start) => `series1_${start}`));
  const moved = { eventId: "series1_20260327T080000Z", requestBody: { start: at("2026-03-28T10:00:00+01:00"), end: at("2026-03-28T10:30:00+01:00") } };
  const exception = await calendar.events.patch({ ...primary, ...moved });
  assert.deepEqual([exception.data.recurringEventId, exception.data.originalStartTime.dateTime], ["series1", "2026-03-27T09:00:00+01:00"]);
  await calendar.events.delete({ ...primary, eventId: "series1_20260403T070000Z" });
  const single = await calendar.events.list({ ...primary, ...window, singleEvents: true, orderBy: "startTime" });
  assert.deepEqual(single.data.items.map((event) => event.start.dateTime), [
    "2026-03-20T09:00:00+01:00",
    "2026-03-28T10:00:00+01:00",
    "2026-04-10T09:00:00+02:00",
  ]);
  const whole = await calendar.events.list({ ...primary });
  const shown = whole.data.items.map((event) => [event.id, event.status]);
  assert.deepEqual(shown, [["series1", "confirmed"], ["series1_20260327T080000Z", "confirmed"], ["series1_20260403T070000Z", "cancelled"]]);
  const busy = await calendar.freebusy.query({ requestBody: { ...window, items: [{ id: "primary" }, { id: "eve@acme.example" }] } });
  assert.equal(busy.data.calendars.primary.busy.length, 3);
  assert.equal(busy.data.calendars["eve@acme.example"].errors[0].reason, "notFound");
});

test("increments give what has changed, and a sync token ends", async () => {
  for (const day of ["03", "04", "05"]) await owner(meeting(`2026-03-${day}`, { id: `event${day}` }));
  await owner({ ...meeting("2026-03-06"), id: "series1", recurrence: ["RRULE:FREQ=DAILY;COUNT=4"] });
  const query = { singleEvents: true, maxResults: 3 };
  const first = await all(query);
  assert.equal(first.items.length, 7);
  assert.deepEqual((await all({ ...query, syncToken: first.sync })).items, []);
  await google.control("DELETE", "events", { id: "event04" });
  await google.control("PATCH", "events", { id: "event05", event: { summary: "Moved" } });
  await google.control("PATCH", "events", { id: "series1", event: { recurrence: ["RRULE:FREQ=DAILY;COUNT=2"] } });
  const second = await all({ ...query, syncToken: first.sync });
  const changed = second.items.map((event) => [event.id, event.status]).sort();
  assert.deepEqual(changed, [
    ["event04", "cancelled"],
    ["event05", "confirmed"],
    ["series1_20260306T080000Z", "confirmed"],
    ["series1_20260307T080000Z", "confirmed"],
    ["series1_20260308T080000Z", "cancelled"],
    ["series1_20260309T080000Z", "cancelled"],
  ]);
  const gone = second.items.find((event) => event.id === "event04");
  assert.deepEqual(Object.keys(gone).sort(), ["etag", "id", "kind", "status"]);
  for (const more of [{ timeMin: "2026-03-01T00:00:00Z" }, { q: "x" }, { orderBy: "updated" }, { showDeleted: false }]) {
    await refused(calendar.events.list({ ...primary, ...query, syncToken: second.sync, ...more }), 400, "badRequest");
  }
  await google.control("POST", "sync/expire");
  await refused(calendar.events.list({ ...primary, ...query, syncToken: second.sync }), 410, "fullSyncRequired");
});

test("details are for those who may see them, and writing for writers", async () => {
  const team = await google.control("POST", "calendars", { summary: "Team", role: "reader" });
  await owner(meeting("2026-03-03", { id: "secret", visibility: "private" }), { calendar: team.id });
  await owner(meeting("2026-03-04", { id: "open0" }), { calendar: team.id });
  const read = async () => {
    const { data } = await calendar.events.list({ calendarId: team.id });
    return Object.fromEntries(data.items.map((event) => [event.id, event.summary]));
  };
  assert.deepEqual(await read(), { secret: undefined, open0: "Intro" });
  await google.control("PUT", "calendars/access", { calendar: team.id, role: "freeBusyReader" });
  assert.deepEqual(await read(), { secret: undefined, open0: undefined });
  await refused(calendar.events.insert({ calendarId: team.id, requestBody: meeting() }), 403, "requiredAccessLevel");
  const invited = { ...meeting("2026-03-05"), organizer: { email: "ann@x.example" }, attendees: [{ email: ACCOUNT }] };
  const { id } = await owner({ ...invited, id: "invited" });
  const moved = { start: at("2026-03-05T10:00:00+01:00"), end: at("2026-03-05T10:30:00+01:00") };
  await refused(calendar.events.patch({ ...primary, eventId: id, requestBody: moved }), 403, "forbiddenForNonOrganizer");
  const answer = { attendees: [{ email: ACCOUNT, responseStatus: "declined" }] };
  const { data } = await calendar.events.patch({ ...primary, eventId: id, requestBody: answer });
  assert.deepEqual(data.attendees, [{ email: ACCOUNT, responseStatus: "declined", self: true }]);
});

test("a conference is pending before it is there, and stays over moves", async () => {
  const createRequest = { requestId: "knock-1", conferenceSolutionKey: { type: "hangoutsMeet" } };
  const requestBody = meeting("2026-03-03", { id: "video0", conferenceData: { createRequest } });
  const ignored = await calendar.events.insert({ ...primary, requestBody: { ...requestBody, id: "plain0" } });
  assert.equal(ignored.data.conferenceData, undefined);
  const made = await calendar.events.insert({ ...primary, requestBody, conferenceDataVersion: 1 });
  assert.equal(made.data.conferenceData.createRequest.status.statusCode, "pending");
  const ready = await calendar.events.get({ ...primary, eventId: "video0" });
  assert.match(ready.data.hangoutLink, /^https:\/\/meet\.google\.com\/[a-z]{3}-[a-z]{4}-[a-z]{3}$/);
  assert.notEqual(ready.data.etag, made.data.etag);
  const { start, end } = meeting("2026-03-04");
  const moved = await calendar.events.patch({ ...primary, eventId: "video0", requestBody: { start, end }, conferenceDataVersion: 1 });
  assert.equal(moved.data.hangoutLink, ready.data.hangoutLink);
  const cleared = await calendar.events.update({ ...primary, eventId: "video0", requestBody: meeting(), conferenceDataVersion: 1 });
  assert.equal(cleared.data.hangoutLink, undefined);
});

test("Google sends mails to attendees when it is asked to", async () => {
  const requestBody = meeting("2026-03-03", { id: "mails0", attendees: [{ email: "ann@x.example" }] });
  await calendar.events.insert({ ...primary, requestBody });
  assert.deepEqual(await google.control("GET", "mails"), []);
  await calendar.events.delete({ ...primary, eventId: "mails0", sendUpdates: "all" });
  assert.deepEqual(await google.control("GET", "mails"), [{ event: "mails0", kind: "cancellation", to: ["ann@x.example"] }]);
});

test("a channel begins with sync, says that something exists, and can be stopped", async () => {
  const messages = [];
  let wake = () => {};
  const receiver = createServer((request, reply) => {
    let size = 0;
    request.on("data", (part) => (size += part.length)).on("end", () => {
      messages.push({ ...request.headers, size });
      reply.writeHead(204).end();
      wake();
    });
  });
  await new Promise((ready) => receiver.listen(0, "127.0.0.1", ready));
  const count = async (wanted) => {
    while (messages.length < wanted) await new Promise((woken) => (wake = woken));
  };
  try {
    const address = `http://127.0.0.1:${receiver.address().port}/hooks/google`;
    const requestBody = { id: "channel-1", type: "web_hook", address, token: "secret" };
    const opened = await calendar.events.watch({ ...primary, requestBody });
    const week = Date.parse("2026-03-09T08:00:00Z");
    assert.deepEqual([opened.data.kind, opened.data.expiration], ["api#channel", String(week)]);
    await count(1);
    await owner(meeting());
    await count(2);
    const named = (name) => messages.map((message) => message[`x-goog-${name}`]);
    assert.deepEqual(named("resource-state"), ["sync", "exists"]);
    assert.deepEqual(named("message-number"), ["1", "2"]);
    assert.deepEqual(named("channel-token"), ["secret", "secret"]);
    assert.deepEqual(named("channel-expiration")[0], "Mon, 09 Mar 2026 08:00:00 GMT");
    assert.deepEqual(named("resource-id")[0], opened.data.resourceId);
    assert.equal(messages[1].size, 0);
    await refused(calendar.events.watch({ ...primary, requestBody }), 400, "channelIdNotUnique");
    const insecure = { id: "channel-2", type: "web_hook", address: "http://knock.example/hooks/google" };
    await refused(calendar.events.watch({ ...primary, requestBody: insecure }), 400, "push.webhookUrlNotHttps");
    const { id, resourceId } = opened.data;
    await refused(calendar.channels.stop({ requestBody: { id, resourceId: "other" } }), 404, "notFound");
    assert.equal((await calendar.channels.stop({ requestBody: { id, resourceId } })).status, 204);
    await refused(calendar.channels.stop({ requestBody: { id, resourceId } }), 404, "notFound");
    await owner(meeting());
    assert.equal((await google.control("GET", "pushes")).waiting, 0);
  } finally {
    receiver.close();
  }
});

test("faults and limits have Google's form", async () => {
  const list = () => calendar.events.list({ ...primary });
  for (const [fault, status, reason] of [
    [{ do: "rate_limit" }, 403, "rateLimitExceeded"],
    [{ do: "rate_limit", status: 403, reason: "quotaExceeded" }, 403, "quotaExceeded"],
    [{ do: "rate_limit", status: 429, retry_after: 7 }, 429, "rateLimitExceeded"],
    [{ do: "status", status: 503 }, 503, "backendError"],
  ]) {
    await google.control("POST", "faults", { on: "events.list", ...fault });
    const { headers } = await refused(list(), status, reason);
    assert.equal(headers.get("retry-after"), fault.retry_after ? "7" : null);
  }
  await google.control("POST", "faults", { on: "events.insert", do: "lose_answer" });
  const requestBody = meeting("2026-03-03", { id: "lost0" });
  await assert.rejects(calendar.events.insert({ ...primary, requestBody }));
  await refused(calendar.events.insert({ ...primary, requestBody }), 409, "duplicate");
  await google.control("PATCH", "settings", { per_minute: 1 });
  await refused(list(), 403, "rateLimitExceeded");
  await google.control("PUT", "clock", { advance: 60_000 });
  await list();
  const { by_name } = await google.control("GET", "counts");
  assert.equal(by_name["events.insert"], 2);
});

test("scopes are checked by method", async () => {
  const events = google.calendar(await google.connected([scope("calendar.events")]));
  await events.events.list(primary);
  const { body, headers } = await refused(events.calendarList.list(), 403, "insufficientPermissions");
  assert.deepEqual([body.error.status, body.error.details[0].reason], ["PERMISSION_DENIED", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"]);
  assert.match(headers.get("www-authenticate"), /error="insufficient_scope"/);
  const busy = google.calendar(await google.connected([scope("calendar.freebusy")]));
  await refused(busy.events.list(primary), 403, "insufficientPermissions");
  const owned = google.calendar(await google.connected([scope("calendar.events.owned")]));
  await google.control("POST", "calendars", { id: "team@acme.example", summary: "Team", role: "writer" });
  await owned.events.insert({ ...primary, requestBody: meeting() });
  await refused(owned.events.list({ calendarId: "team@acme.example" }), 403, "forbidden");
});
