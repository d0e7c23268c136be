//! Deliveries of events: each event once, in order for each person, and no others.

use crate::story::{START, Step, Story, steps};
use knock_engine::commands::{ClaimDeliveries, CompleteAttempt, DropEndpoint, SaveEndpoint, SendAgain, TestWebhook};
use knock_model::{DeliveryState, Destination, EventType, Millis, WebhookId};
use knock_ports::{Completion, DeliveryOutcome, Endpoint, LeadFilter, OutboxEntry};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;

/// The lifetime of a claim.
const CLAIM: Millis = Millis::MINUTE;
const HOOK: WebhookId = WebhookId::from_bytes([9; 16]);
const TO: Destination = Destination::webhook(HOOK);

pub(crate) fn hook(destination: Destination, events: &[EventType]) -> Endpoint {
    let (settings, events, created_at) = (String::from("{}"), events.to_vec(), START);
    let (sites, why_stopped) = (Vec::new(), String::new());
    Endpoint { destination, settings, events, sites, is_active: true, why_stopped, created_at }
}

/// A story with a webhook that is subscribed to events.
pub(crate) fn subscribed(events: &[EventType]) -> Story {
    let story = Story::begin();
    assert!(story.change(SaveEndpoint { endpoint: hook(TO, events) }));
    story
}

/// A story with a webhook that is subscribed to statuses and scores.
pub(crate) fn subscribed_to_changes() -> Story {
    subscribed(&[EventType::ChatStatusChanged, EventType::ContactScoreChanged])
}

pub(crate) fn deliveries(story: &Story) -> Vec<OutboxEntry> {
    let mut found = Vec::new();
    let read = story.store().read(&mut |view| {
        found = view.deliveries(TO, i64::MAX, u32::MAX)?;
        Ok(())
    });
    read.expect("read");
    found.reverse();
    found
}

fn claim(story: &Story) -> Vec<OutboxEntry> {
    let claimed = story.commit(ClaimDeliveries { now: story.now, limit: 100, running: Vec::new() });
    claimed.into_iter().map(|delivery| delivery.entry).collect()
}

fn complete(story: &Story, entry: &OutboxEntry, outcome: DeliveryOutcome) -> Option<Completion> {
    let wait = Millis::MINUTE;
    story.commit(CompleteAttempt { entry: entry.clone(), outcome, wait, now: story.now })
}

fn arrived() -> DeliveryOutcome {
    DeliveryOutcome::Done("answered 200".into())
}

fn later() -> DeliveryOutcome {
    DeliveryOutcome::Retry("answered 503".into(), None)
}

/// The last value sent of a field, by the id of the person.
pub(crate) fn last_sent(story: &Story, event: EventType, who: &str, what: &str) -> BTreeMap<String, Value> {
    let mut last = BTreeMap::new();
    let first = || if event == EventType::ContactTypeChanged { "Unknown".into() } else { Value::Null };
    for delivery in deliveries(story).iter().filter(|delivery| delivery.effect.kind == event.into()) {
        let data: Value = serde_json::from_str(&delivery.effect.data).expect("JSON");
        let id = data[who]["id"].as_str().expect("an id").to_owned();
        let before = last.insert(id, data[what].clone()).unwrap_or_else(first);
        // Each event continues from the previous one, but for a person who was hidden or anonymous meanwhile.
        assert!(data["previous"] == before || data["previous"].is_null(), "{before} {data}");
        assert_ne!(data["previous"], data[what], "{data}");
    }
    last
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_last_value_sent_is_the_current_one(steps in steps(4, 60)) {
        let mut story = subscribed(EventType::ALL);
        steps.iter().for_each(|step| story.step(*step));
        story.fire();
        let (statuses, scores, types) = (
            last_sent(&story, EventType::ChatStatusChanged, "lead", "status"),
            last_sent(&story, EventType::ContactScoreChanged, "contact", "score"),
            last_sent(&story, EventType::ContactTypeChanged, "contact", "intent_type"),
        );
        story.store().read(&mut |view| {
            let mut chats = view.chats(false, None, 1_000)?;
            chats.extend(view.chats(true, None, 1_000)?);
            for chat in chats {
                // A lead by form has no status before they chat.
                assert_eq!(statuses.get(&chat.lead.to_string()), chat.status.map(Value::from).as_ref(), "{}", chat.lead);
                let sent = types.get(&chat.lead.to_string()).and_then(Value::as_str).unwrap_or("Unknown");
                assert_eq!(sent, chat.intent_type.as_str(), "{}", chat.lead);
            }
            for lead in view.leads(&LeadFilter::named(), None, 1_000)? {
                let bucket = lead.history.bucket.map_or(Value::Null, |bucket| bucket.as_str().into());
                assert_eq!(scores.get(&lead.id.to_string()).cloned().unwrap_or_default(), bucket, "{}", lead.id);
            }
            Ok(())
        }).expect("read");
    }

    #[test]
    fn a_rebuild_and_signals_sent_again_cause_no_delivery(steps in steps(4, 40)) {
        let mut story = subscribed(EventType::ALL);
        steps.iter().for_each(|step| story.step(*step));
        story.fire();
        let before = deliveries(&story);
        story.rebuild();
        for batch in story.sent.clone() {
            story.commit(batch);
        }
        prop_assert_eq!(before, deliveries(&story));
    }

    #[test]
    fn no_delivery_about_an_erased_person_is_left(steps in steps(4, 60), email in 0..4usize) {
        let mut story = subscribed(EventType::ALL);
        steps.iter().for_each(|step| story.step(*step));
        let (_, address) = story.erase(email);
        let said = format!("\"email\":\"{address}\"");
        prop_assert!(deliveries(&story).iter().all(|delivery| !delivery.effect.data.contains(&said)));
    }
}

#[test]
fn a_webhook_gets_only_events_it_is_subscribed_to() {
    let mut story = Story::begin();
    assert!(story.change(SaveEndpoint { endpoint: hook(TO, &[EventType::ContactScoreChanged]) }));
    story.step(Step::Open { visitor: 1 });
    story.step(Step::Write { visitor: 1, text: 1 });
    assert_eq!(deliveries(&story), []);
    assert!(story.change(SaveEndpoint { endpoint: hook(TO, &[EventType::ChatStatusChanged]) }));
    story.step(Step::Open { visitor: 2 });
    assert_eq!(deliveries(&story).len(), 1);
    let stopped = Endpoint { is_active: false, ..hook(TO, &[EventType::ChatStatusChanged]) };
    assert!(story.change(SaveEndpoint { endpoint: stopped }));
    story.step(Step::Open { visitor: 3 });
    assert_eq!(deliveries(&story).len(), 1);
    assert_eq!(claim(&story), [], "an inactive webhook gets nothing");
}

#[test]
fn deliveries_about_one_person_go_one_after_the_other() {
    let mut story = subscribed_to_changes();
    for visitor in [1, 2] {
        story.step(Step::Open { visitor });
        story.step(Step::Write { visitor, text: 1 });
    }
    assert!(deliveries(&story).len() >= 4, "each chat changed its status twice");
    let first = claim(&story);
    assert_eq!(first.len(), 2, "one of each person");
    assert_eq!(claim(&story), []);
    // The first delivery of one person fails: their second waits, the other person's goes out.
    assert!(matches!(complete(&story, &first[0], later()), Some(Completion::Retry(_))));
    assert_eq!(complete(&story, &first[1], arrived()), Some(Completion::Delivered));
    let second = claim(&story);
    assert_eq!(second.len(), 1);
    assert_eq!(lead_of(&second[0]), lead_of(&first[1]));
    assert_eq!(complete(&story, &second[0], arrived()), Some(Completion::Delivered));
    story.now = story.now + Millis::MINUTE;
    let again = claim(&story);
    assert_eq!((again[0].number, again[0].attempts), (first[0].number, 2));
}

fn lead_of(delivery: &OutboxEntry) -> Value {
    serde_json::from_str::<Value>(&delivery.effect.data).expect("JSON")["lead"]["id"].take()
}

#[test]
fn who_died_with_a_delivery_has_it_no_longer_after_a_minute() {
    let mut story = subscribed_to_changes();
    assert!(story.change(TestWebhook { id: HOOK, now: story.now }));
    let first = claim(&story);
    story.restart();
    story.turn();
    assert_eq!(claim(&story), []);
    story.now = story.now + Millis::MINUTE;
    let second = claim(&story);
    assert_eq!((second[0].number, second[0].attempts), (first[0].number, 2));
    // The first attempt was only slow: its outcome no longer counts.
    assert_eq!(complete(&story, &first[0], DeliveryOutcome::Rejected("answered 422".into())), None);
    assert_eq!(complete(&story, &second[0], arrived()), Some(Completion::Delivered));
    assert_eq!(complete(&story, &second[0], arrived()), None);
}

#[test]
fn who_still_makes_an_attempt_keeps_it_when_the_clock_is_set() {
    let story = subscribed_to_changes();
    assert!(story.change(TestWebhook { id: HOOK, now: story.now }));
    let first = claim(&story).remove(0);
    let running = vec![(first.number, first.attempts)];
    let claim_beside = |now: Millis, running: &[(i64, u32)]| {
        story.commit(ClaimDeliveries { now, limit: 100, running: running.to_vec() }).len()
    };
    for now in [story.now + Millis::days(2), story.now, story.now - Millis::days(365)] {
        assert_eq!(claim_beside(now, &running), 0, "{now:?}");
        assert_eq!(claim_beside(now + CLAIM - Millis(1), &[]), 0, "it is renewed for as long as a new one");
        assert_eq!(claim_beside(now + CLAIM, &running), 0, "{now:?}");
    }
    let now = story.now - Millis::days(365) + CLAIM;
    assert_eq!(claim_beside(now + CLAIM, &[(first.number, first.attempts + 1)]), 1, "it is of another attempt");
    assert_eq!(claim_beside(now + CLAIM + CLAIM, &running), 1, "the claim is of the second attempt");
}

#[test]
fn a_clock_that_was_set_back_holds_nothing_up() {
    let mut story = subscribed_to_changes();
    assert!(story.change(TestWebhook { id: HOOK, now: story.now }));
    let claimed = claim(&story);
    assert!(matches!(complete(&story, &claimed[0], later()), Some(Completion::Retry(_))));
    assert_eq!(claim(&story), []);
    story.now = story.now - Millis::days(365);
    assert_eq!(claim(&story).len(), 1);
    // Its claim would end in a year.
    story.now = story.now - Millis::days(365);
    assert_eq!(claim(&story).len(), 1);
}

#[test]
fn after_a_day_a_person_has_to_look() {
    let mut story = subscribed_to_changes();
    story.step(Step::Open { visitor: 1 });
    story.step(Step::Write { visitor: 1, text: 1 });
    let begun = story.now;
    let ended = loop {
        let claimed = claim(&story);
        match complete(&story, &claimed[0], later()) {
            Some(Completion::Retry(at)) => {
                story.now = at.max(begun + Millis(Millis::DAY.0 - 1)).min(at + Millis::days(1))
            }
            other => break other,
        }
    };
    assert_eq!(ended, Some(Completion::Parked));
    let parked = deliveries(&story)[0].clone();
    assert_eq!((parked.state, parked.answer.as_str()), (DeliveryState::Parked, "answered 503"));
    let next = claim(&story);
    assert_eq!(next.len(), 1, "the next about the same person goes on");
    assert_ne!(next[0].number, parked.number);
    // A person sends it again: it waits for the delivery under way.
    assert_eq!(story.change(SendAgain { to: TO, number: Some(parked.number), now: story.now }), 1);
    assert_eq!(claim(&story), []);
    assert_eq!(complete(&story, &next[0], arrived()), Some(Completion::Delivered));
    assert_eq!(claim(&story)[0].number, parked.number);
    assert_eq!(story.change(SendAgain { to: TO, number: Some(parked.number), now: story.now }), 0);
    assert_eq!(crate::audit::count(&story, "delivery.sent_again"), 1, "none for what sends nothing");
}

#[test]
fn an_address_that_is_gone_gets_nothing_more() {
    let mut story = subscribed_to_changes();
    story.step(Step::Open { visitor: 1 });
    let claimed = claim(&story);
    assert_eq!(
        complete(&story, &claimed[0], DeliveryOutcome::Unsubscribed("answered 410".into())),
        Some(Completion::Parked)
    );
    story.step(Step::Open { visitor: 2 });
    assert_eq!(claim(&story), []);
    let mut webhooks = Vec::new();
    let read = story.store().read(&mut |view| {
        webhooks = view.endpoints(None)?;
        Ok(())
    });
    read.expect("read");
    assert_eq!((webhooks[0].is_active, webhooks[0].why_stopped.as_str()), (false, "answered 410"));
}

#[test]
fn what_ended_is_kept_for_thirty_days() {
    let mut story = subscribed_to_changes();
    assert!(story.change(TestWebhook { id: HOOK, now: story.now }));
    let claimed = claim(&story);
    complete(&story, &claimed[0], arrived());
    story.now = story.now + Millis::days(30);
    assert_eq!(claim(&story), []);
    assert_eq!(deliveries(&story).len(), 1);
    story.now = story.now + Millis(1);
    assert_eq!(claim(&story), []);
    assert_eq!(deliveries(&story), []);
}

#[test]
fn a_webhook_that_is_taken_away_takes_its_deliveries_along() {
    let mut story = subscribed_to_changes();
    story.step(Step::Open { visitor: 1 });
    let claimed = claim(&story);
    assert!(story.change(DropEndpoint { destination: TO }));
    assert!(!story.change(DropEndpoint { destination: TO }));
    assert_eq!(complete(&story, &claimed[0], arrived()), None);
    assert_eq!(deliveries(&story), []);
}

/// Returns the scores sent, in order.
fn scores(story: &Story) -> Vec<String> {
    let of =
        deliveries(story).into_iter().filter(|delivery| delivery.effect.kind == EventType::ContactScoreChanged.into());
    of.map(|delivery| serde_json::from_str::<Value>(&delivery.effect.data).expect("JSON")["score"].to_string())
        .collect()
}

#[test]
fn a_hidden_person_has_events_again_when_they_come_back() {
    let mut story = subscribed_to_changes();
    story.step(Step::Open { visitor: 1 });
    for _ in 0..6 {
        story.step(Step::Signals { visitor: 1, kind: 1, category: 0, age: 0, email: 0 });
    }
    assert_eq!(scores(&story), [""; 0], "the person is unknown");
    story.step(Step::Signals { visitor: 1, kind: 3, category: 0, age: 0, email: 0 });
    let known = scores(&story);
    assert_eq!(known.len(), 1, "the address became known, and what it is worth");
    story.step(Step::Act { visitor: 1, action: 2 });
    story.step(Step::Wait { ms: 400 * Millis::DAY.0, is_fired: true });
    assert_eq!(scores(&story), known, "what is spam has no score");
    story.step(Step::Act { visitor: 1, action: 4 });
    assert_eq!(scores(&story).len(), 2);
    assert_ne!(scores(&story)[1], known[0]);
}
