//! The life of a meeting lead by the API, step by step, compared with `knock explain status` for the same events.

use super::{HOUR, Office, TUESDAY_TEN};
use knock_testing::Binary;
use serde_json::{Map, Value, json};
use std::ops::RangeInclusive;
use std::process::Stdio;

const ANN: &str = "ann@first.example";
const OWNER: &str = "admin@localhost";
const MINUTE: i64 = 60_000;
const WEDNESDAY: i64 = 1_780_488_000_000;

/// A lead with its events.
struct Lead {
    office: Office,
    events: Vec<Value>,
}

impl Lead {
    /// The Meeting Status on the record of the contact.
    fn shown(&self) -> Value {
        self.office.contact(ANN)["meetings"].clone()
    }

    /// Runs `during` as an event of this kind; `at` reads its instant from the record.
    fn happens(&mut self, kind: &str, data: Value, during: impl FnOnce(&Office), at: impl Fn(&Value) -> Option<i64>) {
        let begun = self.office.knock.now();
        during(&self.office);
        let during: RangeInclusive<i64> = begun..=self.office.knock.now();
        let shown = self.shown();
        let at = at(&shown).unwrap_or_else(|| panic!("no instant of {kind}: {shown}"));
        assert!(during.contains(&at), "{kind} at {at}, not within {during:?}: {shown}");
        let id = format!("e{}", self.events.len());
        self.events.push(json!({"id": id, "type": kind, "at": instant(at), "src": "server", "data": data}));
        self.is_as_explained();
    }

    /// Checks that status, stamps, causes and fields are those of the command line.
    fn is_as_explained(&self) {
        let now = self.office.knock.now();
        let case = json!({"id": "lead", "machine": "meeting", "events": self.events, "evaluate_at": instant(now)});
        let (explanation, shown) = (explained(&case), self.shown());
        assert_eq!(story(&shown), self.story_of(&explanation), "{case}\n{shown}");
    }

    /// The explanation, in the words of [`story`].
    fn story_of(&self, explanation: &Value) -> Value {
        let cause = |text: &Value| {
            let text = text.as_str().expect("a cause");
            let by_event = text.strip_prefix("event:").map(|id| {
                let event = self.events.iter().find(|event| event["id"] == id).expect("one of ours");
                event["type"].clone()
            });
            by_event.unwrap_or_else(|| json!(text.strip_prefix("timer:").expect("an event or a timer")))
        };
        let steps = explanation["timeline"].as_array().expect("a list").iter();
        let steps: Vec<Value> = steps.map(|step| json!([step["at"], step["status"], cause(&step["cause"])])).collect();
        let last = &explanation["final"];
        json!({"steps": steps, "status": last["status"], "rule": last["why"]["rule"], "since": last["why"]["since"],
            "fields": last["fields"], "flags": last.get("flags").cloned().unwrap_or(json!([])),
            "in_reports": last["in_reports"], "next_change_at": explanation["next_change_at"]})
    }
}

/// The history of the record, in the words of the domain.
fn story(shown: &Value) -> Value {
    let text = |at: &Value| at.as_i64().map_or(Value::Null, |at| json!(instant(at)));
    let steps = shown["history"].as_array().expect("a list").iter();
    let steps: Vec<Value> = steps.map(|step| json!([text(&step["at"]), step["status"], step["cause"]])).collect();
    let mut fields = Map::new();
    let known = [
        ("Meeting Time", text(&shown["meeting_time"])),
        ("Meeting Owner", shown["meeting_owner"].clone()),
        ("Cancelled By", shown["cancelled_by"].clone()),
        ("Reject Reason", shown["reject_reason"].clone()),
        ("Rejected By", shown.get("reject_reason").map_or(Value::Null, |_| json!("AI"))),
    ];
    fields
        .extend(known.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.to_owned(), value)));
    json!({"steps": steps, "status": shown["status"], "rule": shown["rule"], "since": text(&shown["since"]),
        "fields": fields, "flags": shown.get("flags").cloned().unwrap_or(json!([])), "in_reports": shown["in_reports"],
        "next_change_at": text(&shown["next_change_at"])})
}

fn instant(ms: i64) -> String {
    let at = jiff::Timestamp::from_millisecond(ms).expect("in the calendar");
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// The output of the command line.
fn explained(case: &Value) -> Value {
    let command = Binary::built().command(&["explain", "status"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = command.expect("the binary runs");
    serde_json::to_writer(child.stdin.take().expect("piped"), case).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{case}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// The instant of the last change of a meeting, the first of them or the second.
fn changed(place: usize) -> impl Fn(&Value) -> Option<i64> {
    move |shown| shown["meetings"][place]["updated_at"].as_i64()
}

#[test]
fn each_step_of_a_meeting_lead_is_the_one_that_is_explained() {
    let mut lead = Lead { office: Office::open(), events: Vec::new() };
    // The click is of an unknown browser; the record is found by the address.
    let begun = lead.office.knock.now();
    assert_eq!(lead.office.opens(1).code, 201);
    let clicked = begun..=lead.office.knock.now();
    lead.office.knock.advance(MINUTE);
    let email = |office: &Office| assert_eq!(office.gives(1, ANN).body["verdict"], "ok");
    let given = lead.office.knock.now();
    email(&lead.office);
    let given = given..=lead.office.knock.now();
    let shown = lead.shown();
    let since = shown["since"].as_i64().expect("an instant");
    let due = shown["next_change_at"].as_i64().expect("an instant");
    assert!(clicked.contains(&since) && given.contains(&(due - HOUR / 2)), "half an hour of silence (R14): {shown}");
    lead.events = vec![
        json!({"id": "e0", "type": "link_clicked", "at": instant(since), "src": "server"}),
        json!({"id": "e1", "type": "email_submitted", "at": instant(due - HOUR / 2), "src": "server",
            "data": {"verdict": "ok"}}),
    ];
    lead.is_as_explained();

    lead.office.knock.advance(HOUR);
    let dropped = lead.shown();
    assert_eq!((&dropped["status"], dropped["since"].as_i64()), (&json!("Qualified but Not Booked"), Some(due)));
    lead.is_as_explained();

    let mut token = String::new();
    let data = json!({"meeting": "m1", "start": TUESDAY_TEN, "owner": OWNER});
    let book = |office: &Office| {
        let booked = office.books(1, ANN, TUESDAY_TEN);
        assert_eq!(booked.code, 201, "{}", booked.body);
        token = booked.text("token");
    };
    lead.happens("meeting_booked", data, book, |shown| shown["meetings"][0]["booked_at"].as_i64());

    lead.office.knock.advance(HOUR);
    let data = json!({"meeting": "m1", "start": instant(WEDNESDAY)});
    let path = format!("/v1/bookings/{token}");
    let reschedule = |office: &Office| {
        let moved = office.post(&format!("{path}/reschedule"), &json!({"start": instant(WEDNESDAY)}));
        assert_eq!(moved.code, 200, "{}", moved.body);
    };
    lead.happens("meeting_rescheduled", data, reschedule, changed(0));

    lead.office.knock.advance(HOUR);
    let cancel = |office: &Office| {
        let cancelled = office.post(&format!("{path}/cancel"), &json!({"reason": "no time"}));
        assert_eq!(cancelled.code, 200, "{}", cancelled.body);
    };
    lead.happens("meeting_cancelled", json!({"meeting": "m1", "by": "Lead"}), cancel, changed(0));

    // Booked again, reassigned by the team and cancelled by it.
    lead.office.knock.advance(HOUR);
    let bo = lead.office.rep("bo");
    let mut id = String::new();
    let data = json!({"meeting": "m2", "start": TUESDAY_TEN, "owner": OWNER});
    let book = |office: &Office| {
        let booked = office.books(1, ANN, TUESDAY_TEN);
        assert_eq!(booked.code, 201, "{}", booked.body);
        id = booked.text("meeting");
    };
    lead.happens("meeting_booked", data, book, |shown| shown["meetings"][0]["booked_at"].as_i64());
    let patch = |office: &Office, change: Value| {
        let changed = office.admin.ask(&office.knock, "PATCH", &format!("/api/v1/meetings/{id}"), &change);
        assert_eq!(changed.code, 200, "{}", changed.body);
    };
    let data = json!({"meeting": "m2", "start": TUESDAY_TEN, "owner": "bo@us.example"});
    lead.happens("meeting_rescheduled", data, |office| patch(office, json!({"owner": bo})), changed(0));
    let cancel = |office: &Office| patch(office, json!({"cancel": "Bo is ill"}));
    lead.happens("meeting_cancelled", json!({"meeting": "m2", "by": "Rep"}), cancel, changed(0));
    let statuses: Vec<Value> =
        lead.shown()["history"].as_array().expect("a list").iter().map(|step| step["status"].clone()).collect();
    let expected = [
        "New",
        "Qualified but Not Booked",
        "Meeting Booked",
        "Meeting Cancelled",
        "Meeting Booked",
        "Meeting Cancelled",
    ];
    assert_eq!(statuses, expected);
}
