//! Triggers without windows (WF-T1, WF-T3, WF-T4).

use crate::scene::{denied, field, message, pricing, story};
use knock_model::{Category, Millis, SignalType};
use knock_workflow::{Author, EventKind, Origin};
use serde_json::{Value, json};

/// The ids of the events that enrol by a trigger.
fn fired<const N: usize>(trigger: Value, events: [EventKind; N]) -> Vec<String> {
    let workflow = json!({"id": "w", "trigger": trigger, "again": "always", "steps": [{"id": "t", "do": "task"}]});
    let minutes = ["09:01", "09:02", "09:03", "09:04", "09:05", "09:06", "09:07", "09:08"];
    let mut story = story([]);
    for (minute, event) in minutes.into_iter().zip(events) {
        story = story.then(minute, minute, event);
    }
    story.replay([workflow], "10:00").runs.into_iter().map(|run| run.cause).collect()
}

#[test]
fn signals_match_by_type_and_category() {
    let cta = || EventKind::Signal { signal: SignalType::Cta, category: Category::Pricing };
    let docs = || EventKind::Signal { signal: SignalType::Cta, category: Category::Docs };
    let all = || [pricing(), cta(), docs(), message(Author::Lead)];
    assert_eq!(fired(json!({"on": "signal"}), all()), ["e1", "e2", "e3"]);
    assert_eq!(fired(json!({"on": "signal", "category": "Pricing"}), all()), ["e1", "e2"]);
    assert_eq!(fired(json!({"on": "signal", "signal": "cta"}), all()), ["e2", "e3"]);
    assert_eq!(fired(json!({"on": "signal", "signal": "cta", "category": "Docs"}), all()), ["e3"]);
}

#[test]
fn messages_forms_and_links_match_by_what_is_given() {
    let messages = || [message(Author::Lead), message(Author::Rep), message(Author::Agent)];
    assert_eq!(fired(json!({"on": "message"}), messages()), ["e1", "e2", "e3"]);
    assert_eq!(fired(json!({"on": "message", "by": "rep"}), messages()), ["e2"]);
    let form = |form: Option<&str>| EventKind::Form { form: form.map(Into::into) };
    let link = |link: Option<&str>| EventKind::Link { link: link.map(Into::into) };
    let opened = || [form(None), form(Some("demo")), form(Some("news")), link(Some("demo")), link(None)];
    assert_eq!(fired(json!({"on": "form"}), opened()), ["e1", "e2", "e3"]);
    assert_eq!(fired(json!({"on": "form", "form": "demo"}), opened()), ["e2"]);
    assert_eq!(fired(json!({"on": "link"}), opened()), ["e4", "e5"]);
    assert_eq!(fired(json!({"on": "link", "link": "demo"}), opened()), ["e4"]);
    assert_eq!(fired(json!({"on": "signal"}), [EventKind::Sent, form(None)]), [] as [&str; 0]);
}

#[test]
fn a_field_fires_when_it_becomes_one_of_some_values() {
    let on = |name: &str, to: Value| json!({"on": "field", "field": name, "to": to});
    let score = |value: Value| field("intent.score", value);
    let scores =
        || [score(json!("High")), score(json!(null)), score(json!("high ")), score(json!(3)), score(json!("High"))];
    assert_eq!(fired(on("intent.score", json!(["High"])), scores()), ["e1", "e3", "e5"], "a number is no score");
    assert_eq!(fired(on("intent.score", json!(["Medium", "Low"])), scores()), [] as [&str; 0]);
    assert_eq!(fired(on("intent.score", json!([])), scores()), [] as [&str; 0]);
    let sizes = || [field("company.employees", json!(2)), field("company.employees", json!(3))];
    assert_eq!(fired(on("company.employees", json!([3])), sizes()), ["e2"]);
    assert_eq!(fired(on("company.employees", json!(["3"])), sizes()), [] as [&str; 0]);
    let statuses = [field("chat.status", json!("Closed")), field("meeting.status", json!("Closed"))];
    assert_eq!(fired(on("chat.status", json!(["Closed"])), statuses), ["e1"]);
}

#[test]
fn a_list_fires_when_an_element_comes_in_and_none_was_in() {
    let tags = |tags: Value| field("tags", tags);
    let on = json!({"on": "field", "field": "tags", "to": ["vip", "hot"]});
    let changes = [
        tags(json!(["new"])),
        tags(json!(["new", "VIP"])),
        tags(json!(["hot", "vip"])),
        tags(json!(["hot"])),
        tags(json!([])),
        tags(json!(["hot"])),
        tags(json!("vip")),
        tags(json!(["vip"])),
    ];
    assert_eq!(fired(on, changes), ["e2", "e6", "e8"], "a text is no list");
}

#[test]
fn a_field_before_the_first_event_is_known() {
    let on_high = crate::scene::steps(json!([{"id": "t", "do": "task"}]));
    let same = story([("09:00", crate::scene::high())]).lead(json!({"intent.score": "High"}));
    assert_eq!(same.gist([on_high], "10:00"), [] as [&str; 0]);
}

#[test]
fn consent_is_a_field() {
    let granted = || EventKind::Consent(knock_workflow::Consent::Granted);
    let on = json!({"on": "field", "field": "consent", "to": ["granted"]});
    assert_eq!(fired(on, [granted(), granted(), denied(), granted()]), ["e1", "e4"]);
}

#[test]
fn only_a_signal_is_stale_after_half_an_hour() {
    let stale = |received: &str, kind: EventKind, trigger: Value| {
        let workflow = json!({"id": "w", "trigger": trigger, "steps": [{"id": "t", "do": "task"}]});
        story([]).then("09:00", received, kind).gist([workflow], "12:00")
    };
    let signal = || json!({"on": "signal"});
    assert_eq!(stale("09:30", pricing(), signal()), ["w1 e1 09:30 finished: t 09:30 done"]);
    assert_eq!(stale("09:30:00.001", pricing(), signal()), ["w e1 09:30:00.001: stale"]);
    assert_eq!(stale("08:00", pricing(), signal()), ["w1 e1 08:00 finished: t 08:00 done"]);
    let form = EventKind::Form { form: None };
    assert_eq!(stale("11:00", form, json!({"on": "form"})), ["w1 e1 11:00 finished: t 11:00 done"]);
}

#[test]
fn what_a_late_signal_says_besides_enrols_nobody_and_stops_a_run() {
    let form = || EventKind::Form { form: None };
    let besides = |when: &str, received: &str, workflow: Value| {
        let mut story = story([("08:59", crate::scene::high())]).then(when, received, form());
        let event = &mut story.events[1];
        event.origin = event.origin.beside_signal(event.at, event.received_at);
        story.gist([workflow], "12:00")
    };
    let on_form = json!({"id": "w", "trigger": {"on": "form"}, "steps": [{"id": "t", "do": "task"}]});
    assert_eq!(besides("09:00", "09:30", on_form.clone()), ["w1 e2 09:30 finished: t 09:30 done"]);
    assert_eq!(besides("09:00", "09:30:00.001", on_form), ["w e2 09:30:00.001: stale"]);
    let waits = crate::scene::steps(json!([{"id": "a", "wait": {"for_ms": 36_000_000}}]));
    let stops = crate::scene::with(waits, json!({"stop_when": [{"on": "form"}]}));
    assert_eq!(besides("09:00", "11:00", stops), ["w1 e1 08:59 stopped by e2: "]);
    assert_eq!(Origin::Workflow.beside_signal(Millis(0), Millis(i64::MAX)), Origin::Workflow);
}
