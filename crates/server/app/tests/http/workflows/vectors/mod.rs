//! The cases of `tests/vectors/workflow.json` through a running server, each with a lead and workflows of its own. The
//! values of their fields come as custom fields.
//!
//! The steered clock is set to each instant of a case and runs on from there, so what the case has at an instant comes
//! later by as much as the requests take. Each case measures that time, and its instants are compared to within it.
//! Signals carry their own instants and keep them, so windows are exact to the millisecond.

mod lines;

use super::firm::{Firm, HOUR};
use super::{PATH, pointers};
use jiff::Timestamp;
use knock_testing::{Answer, Chat, Site, batch, id, identify, signal};
use lines::{array, instant, received, word};
use serde_json::{Map, Value, json};

const VECTORS: &str = include_str!("../../../../../../../tests/vectors/workflow.json");

/// The cases that a running server cannot have, each with its reason.
const LEFT_OUT: [(&str, &str); 5] = [
    ("WF14", NEVER_SO),
    ("WF19", NO_EVENT),
    ("WF20", NO_EVENT),
    ("WF21", NO_EVENT),
    // Its second wait ends at the very instant at which the action before it is carried out. A clock that runs is past
    // it by then, and the same hour is next a day later.
    ("WF30", "the clock runs"),
];
/// The server refuses to save it: its condition holds for no lead.
const NEVER_SO: &str = "never so";
/// No request makes its `sent` (an action done elsewhere) or its `consent` (withdrawn).
const NO_EVENT: &str = "no event";

/// What has to come no later than its instant in the case, or before a timer that is soon due: it comes earlier by
/// [`EARLY`], in which the request has time to arrive. Everything else comes no earlier than its instant.
const NO_LATER: [(&str, &str); 6] =
    [("WF04", "e3"), ("WF05", "e3"), ("WF09", "e2"), ("WF23", "e1"), ("WF25", "e2"), ("WF33", OUTAGE)];
/// Its instants differ by half a minute or more where it matters.
const EARLY: i64 = 10_000;
/// The end of the outage of a case.
const OUTAGE: &str = "outage";

/// The fields of the cases: `intent.score` is `custom.intent_score`.
const FIELDS: [(&str, &str); 5] = [
    ("intent.score", "text"),
    ("intent.type", "text"),
    ("meeting.status", "text"),
    ("company.country", "text"),
    ("company.employees", "number"),
];

/// The parts that are played apart, each with a server of its own: together they take a minute where all is late.
const PARTS: usize = 3;

#[test]
fn the_cases_pass_through_a_running_server() {
    play(0);
}

#[test]
fn the_cases_of_the_second_part_do() {
    play(1);
}

#[test]
fn the_cases_of_the_third_part_do() {
    play(2);
}

/// Plays every third case.
fn play(part: usize) {
    let all = cases();
    let is_case = |id: &str| array(&all, "cases").iter().any(|case| case["id"] == id);
    assert!(LEFT_OUT.iter().all(|(id, _)| is_case(id)));
    let mut scene = Scene::open();
    for (visitor, case) in (1..).zip(array(&all, "cases")).skip(part).step_by(PARTS) {
        let reason = LEFT_OUT.iter().find(|(left_out, _)| case["id"] == *left_out).map(|(_, reason)| *reason);
        let has_no_event = array(case, "events").iter().any(|event| ["sent", "consent"].contains(&word(event, "type")));
        assert_eq!(has_no_event, reason == Some(NO_EVENT), "{}", case["id"]);
        match reason {
            None => scene = Played::begin(scene, visitor, case).played().checked(),
            Some(reason) => assert!(reason != NEVER_SO || scene.is_never_so(case), "{}", case["id"]),
        }
    }
}

/// The cases, with the names that their fields have here.
fn cases() -> Value {
    let mut text = VECTORS.to_owned();
    for (field, _) in FIELDS {
        text = text.replace(&format!("\"{field}\""), &format!("\"custom.{}\"", name(field)));
    }
    serde_json::from_str(&text).expect("JSON")
}

fn name(field: &str) -> String {
    field.replace('.', "_")
}

/// A firm that has what the cases need.
struct Scene {
    firm: Firm,
    site: String,
    /// A tag that steps give.
    tag: String,
}

impl Scene {
    fn open() -> Scene {
        let firm = Firm::open(|_, _| Answer::Code(200));
        let field = |(label, value_type): (&str, &str)| {
            let name = name(label);
            json!({"name": name, "label": label, "value_type": value_type, "sources": ["api"]})
        };
        let fields = json!({"fields": FIELDS.map(field)});
        let saved = firm.knock.ask("PUT", "/api/v1/custom-fields", &firm.key, &fields);
        assert_eq!(saved.code, 200, "{}", saved.body);
        let tag = firm.knock.ask("POST", "/api/v1/tags", &firm.key, &json!({"name": "Talked", "color": "teal"}));
        Scene { site: firm.knock.site(), tag: tag.text("id"), firm }
    }

    /// A workflow of a case as it is saved: with contents of its actions.
    fn draft(&self, workflow: &Value) -> Value {
        let mut definition = workflow.clone();
        let fields = definition.as_object_mut().expect("a workflow");
        // A server gives the ids.
        fields.remove("id");
        let content = |action: &str| match action {
            "tag" => json!({"do": "tag", "tag": self.tag}),
            other => self.firm.content(other),
        };
        let actions = actions(array(workflow, "steps"));
        let contents: Map<String, Value> =
            actions.into_iter().map(|(step, action)| (step.to_owned(), content(action))).collect();
        json!({"name": word(workflow, "id"), "definition": definition, "contents": contents})
    }

    /// Saves the workflows of a case and switches them on; returns their ids with their names in the case.
    fn save(&self, case: &Value) -> Vec<(String, String)> {
        let Firm { knock, key, .. } = &self.firm;
        let save = |workflow: &Value| {
            let saved = knock.ask("POST", PATH, key, &self.draft(workflow));
            assert_eq!(saved.code, 201, "{}: {}", case["id"], saved.body);
            let id = saved.text("id");
            let on = knock.ask("PUT", &format!("{PATH}/{id}/state"), key, &json!({"enabled": true}));
            assert_eq!(on.code, 200, "{}: {}", case["id"], on.body);
            (id, word(workflow, "id").to_owned())
        };
        array(case, "workflows").iter().map(save).collect()
    }

    /// Whether the server refuses the condition of a case.
    fn is_never_so(&self, case: &Value) -> bool {
        let Firm { knock, key, .. } = &self.firm;
        let saved = knock.ask("POST", PATH, key, &self.draft(&case["workflows"][0]));
        (saved.code, pointers(&saved)) == (422, vec!["/definition/when".to_owned()])
    }

    fn set_clock(&self, at: i64) {
        let at = Timestamp::from_millisecond(at).expect("an instant").to_string();
        let set = self.firm.knock.set_clock(&json!({"now": at}));
        assert_eq!(set.code, 200, "{}", set.body);
    }

    /// The lead of a case, known by an address, with a chat if the case needs one.
    fn lead(&self, visitor: u64, case: &Value) -> (String, Option<Chat>) {
        let Firm { knock, key, .. } = &self.firm;
        let (now, email) = (knock.now(), format!("{}@first.example", word(case, "id").to_lowercase()));
        let sent = knock.post_signals(&batch(&self.site, visitor, now, &[identify(now, visitor, &email)]));
        assert_eq!(sent.code, 202, "{}", sent.body);
        let found = knock.get(&format!("/api/v1/contacts?q={email}"), key).body;
        let lead = found["contacts"][0]["id"].as_str().unwrap_or_else(|| panic!("no {email}: {found}")).to_owned();
        // Messages are in a chat, and it is a chat that is assigned.
        let has_message = array(case, "events").iter().any(|event| word(event, "type") == "message");
        let mut all = array(case, "workflows").iter().flat_map(|workflow| actions(array(workflow, "steps")));
        let needs_chat = has_message || all.any(|(_, action)| ["assign", "message"].contains(&action));
        let chat = needs_chat.then(|| Site::new(&self.site).visitor(visitor).opens_chat(knock));
        if let Some(chat) = &chat {
            assert_eq!(chat.write(knock, visitor, "Hello").code, 201);
            assert_eq!(chat.record(knock, key)["conversation"]["lead"], json!(lead), "{}", case["id"]);
        }
        (lead, chat)
    }
}

/// The actions among steps and their branches, each with the id of its step.
fn actions(steps: &[Value]) -> Vec<(&str, &str)> {
    let of_step = |step| {
        let own = Some((word(step, "id"), word(step, "do"))).filter(|(_, action)| !action.is_empty());
        let inner = ["then", "else"].into_iter().flat_map(|branch| actions(array(step, branch)));
        own.into_iter().chain(inner).collect::<Vec<_>>()
    };
    steps.iter().flat_map(of_step).collect()
}

/// A case, while it is played.
struct Played<'c> {
    scene: Scene,
    case: &'c Value,
    visitor: u64,
    lead: String,
    chat: Option<Chat>,
    /// The ids of the workflows, with their names in the case.
    workflows: Vec<(String, String)>,
    /// By so much an instant can be off: the time of all requests so far, and what came early.
    off: i64,
}

impl<'c> Played<'c> {
    fn begin(scene: Scene, visitor: u64, case: &'c Value) -> Played<'c> {
        let first = array(case, "events").iter().map(received).min();
        scene.set_clock(first.unwrap_or_else(|| instant(&case["evaluate_at"])) - HOUR);
        let (lead, chat) = scene.lead(visitor, case);
        let workflows = scene.save(case);
        Played { scene, case, visitor, lead, chat, workflows, off: 0 }
    }

    fn played(mut self) -> Played<'c> {
        let mut events: Vec<&Value> = array(self.case, "events").iter().collect();
        events.sort_by_key(|event| received(event));
        for event in events {
            let early = self.early(word(event, "id"));
            let at = received(event) - early;
            self = self.passed(at - 1);
            self.scene.set_clock(at);
            self.happen(event);
            self.off += early + self.scene.firm.knock.now() - at;
        }
        let end = instant(&self.case["evaluate_at"]);
        self = self.passed(end);
        self.scene.set_clock(end);
        self
    }

    fn early(&self, what: &str) -> i64 {
        let is_it = |(case, no_later): &(&str, &str)| self.case["id"] == *case && what == *no_later;
        if NO_LATER.iter().any(is_it) { EARLY } else { 0 }
    }

    /// Lets time pass up to an instant, with the clock set to each one at which something is due.
    fn passed(mut self, until: i64) -> Played<'c> {
        let mut last = None;
        while let Some(due) = self.next_change().filter(|due| *due <= until) {
            assert!(Some(due) > last, "{}: nothing was done at {due}", self.case["id"]);
            last = Some(due);
            let outages = array(self.case, "outages").iter().map(|outage| (instant(&outage[0]), instant(&outage[1])));
            match outages.into_iter().find(|(from, to)| (*from..*to).contains(&due)) {
                Some((_, end)) => self = self.away(end),
                None => {
                    self.scene.set_clock(due);
                    self.off += self.scene.firm.knock.now() - due;
                }
            }
        }
        self
    }

    /// The server is killed, and comes back at an instant.
    fn away(mut self, end: i64) -> Played<'c> {
        let early = self.early(OUTAGE);
        let end = end - early;
        let Scene { firm, site, tag } = self.scene;
        let span = end - firm.knock.now();
        let firm = firm.away(span);
        // It asks for what is due by now, and so waits until that is done.
        self.off += early + firm.knock.now() - end;
        Played { scene: Scene { firm, site, tag }, ..self }
    }

    fn happen(&self, event: &Value) {
        let Firm { knock, key, .. } = &self.scene.firm;
        let code = match (word(event, "type"), event["by"].as_str()) {
            ("signal", _) => knock.post_signals(&self.sent(event)).code,
            ("message", by) => {
                let chat = self.chat.as_ref().expect("a chat");
                match by {
                    Some("lead") => chat.write(knock, self.visitor, "And the price?").code,
                    Some("rep") => chat.rep_writes(knock, self.visitor, "Hello, how can I help?"),
                    other => panic!("no author of messages: {other:?}"),
                }
            }
            ("field", _) => {
                let name = word(event, "field").trim_start_matches("custom.");
                let path = format!("/api/v1/contacts/{}/custom-fields", self.lead);
                knock.ask("PUT", &path, key, &json!({"values": {name: event["value"]}})).code
            }
            (other, _) => panic!("no event of a server: {other}"),
        };
        let expected = match word(event, "type") {
            "signal" => 202,
            "message" => 201,
            _ => 204,
        };
        assert_eq!(code, expected, "{}: {event}", self.case["id"]);
    }

    /// A batch with a signal of the case.
    fn sent(&self, event: &Value) -> Value {
        assert_eq!((word(event, "signal"), word(event, "category")), ("page_view", "Pricing"), "{}", self.case["id"]);
        let at = instant(&event["at"]);
        let same = |place: &(u64, &Value)| place.1["id"] == event["id"];
        // An event that is repeated has the id of the first time.
        let (place, first) = (0..).zip(array(self.case, "events")).find(same).expect("an event");
        let number = 1_000 * self.visitor + place;
        let mut signal = signal(at, number, "page_view", "/pricing");
        signal["id"] = json!(id(instant(&first["at"]), number));
        let mut sent = batch(&self.scene.site, self.visitor, at, &[signal]);
        // By the instant of sending the server would set the clock of the browser right, whose instants are exact here.
        sent.as_object_mut().expect("a batch").remove("sent_at");
        sent
    }

    /// The workflows of the case with what the lead did in them, each with its name in the case.
    fn shown(&self) -> Vec<(&str, Value)> {
        let Firm { knock, key, .. } = &self.scene.firm;
        let shown = knock.get(&format!("/api/v1/contacts/{}/workflows", self.lead), key);
        assert_eq!(shown.code, 200, "{}", shown.body);
        let all = array(&shown.body, "workflows").iter();
        let own = |one: &Value| Some(self.workflows.iter().find(|(id, _)| one["id"] == *id)?.1.as_str());
        all.filter_map(|one| Some((own(one)?, one.clone()))).collect()
    }

    /// The instant at which the next step of a run is due.
    fn next_change(&self) -> Option<i64> {
        let shown = self.shown();
        let runs = shown.iter().flat_map(|(_, one)| array(one, "runs"));
        runs.filter_map(|run| run["waits"]["until"].as_i64()).min()
    }

    /// Compares what the server shows, and archives the workflows.
    fn checked(self) -> Scene {
        let Firm { knock, key, .. } = &self.scene.firm;
        let shown = self.shown();
        let of_runs = lines::of_runs(&shown, self.case);
        lines::assert_same(self.case, self.off, of_runs, lines::expected_runs(self.case));
        let counts = |id: &str| knock.get(&format!("{PATH}/{id}"), key).body["counts"]["refused"].clone();
        let counted: Vec<(&str, Value)> = self.workflows.iter().map(|(id, name)| (name.as_str(), counts(id))).collect();
        let refused = lines::of_refusals(&shown, &counted);
        lines::assert_same(self.case, self.off, refused, lines::expected_refusals(self.case));
        let next = self.next_change().map(|next| ("next".to_owned(), vec![next]));
        let expected = Some(&self.case["expect"]["next_change_at"]).filter(|next| !next.is_null());
        let expected = expected.map(|next| ("next".to_owned(), vec![instant(next)]));
        lines::assert_same(self.case, self.off, Vec::from_iter(next), Vec::from_iter(expected));
        for (id, _) in &self.workflows {
            let archived = knock.ask("DELETE", &format!("{PATH}/{id}?inside=stop"), key, &Value::Null);
            assert_eq!(archived.code, 204, "{}: {}", self.case["id"], archived.body);
        }
        self.scene
    }
}
