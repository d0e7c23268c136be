//! Events of pages and companies: forms, clicks, and what a company comes to; and the sites to which webhooks are limited.

use crate::outbox::{deliveries, hook, subscribed};
use crate::story::{KINDS, START, Step, Story};
use knock_engine::commands::{ActOnLead, SaveEndpoint};
use knock_model::{Category, Destination, EventType, Millis, SignalType, SiteId, WebhookId};
use knock_status::chat::Event;
use serde_json::{Value, json};

fn signals(visitor: u8, kind: SignalType, email: usize) -> Step {
    let kind = KINDS.iter().position(|known| *known == kind).expect("a kind");
    Step::Signals { visitor, kind, category: Category::Pricing.index(), age: 0, email }
}

/// The data of all events of a type, oldest first.
fn events(story: &Story, event: EventType) -> Vec<Value> {
    let of_type = deliveries(story).into_iter().filter(|delivery| delivery.effect.kind == event.into());
    of_type.map(|delivery| serde_json::from_str(&delivery.effect.data).expect("JSON")).collect()
}

fn act(story: &mut Story, visitor: u8, what: Event) {
    let (conversation, now) = (story.conversations[&visitor], story.now);
    let (id, follow_up) = (story.signal_id(), story.signal_id());
    story.change(ActOnLead { conversation, id, what, follow_up, now });
}

#[test]
fn a_click_of_a_known_person_is_an_event_and_that_of_a_stranger_or_a_hidden_lead_is_none() {
    let mut story = subscribed(&[EventType::LinkClicked]);
    story.step(signals(2, SignalType::Cta, 0));
    assert!(deliveries(&story).is_empty(), "a stranger has no record");
    story.step(Step::Open { visitor: 1 });
    let opened = events(&story, EventType::LinkClicked);
    assert_eq!((&opened[0]["kind"], &opened[0]["site"]), (&json!("link_click"), &json!("Demo")));
    assert!(opened[0]["name"].as_str().is_some_and(|name| !name.is_empty()), "the link: {opened:?}");
    story.step(signals(1, SignalType::Cta, 0));
    let clicked = events(&story, EventType::LinkClicked);
    assert_eq!(clicked.len(), 2, "{clicked:?}");
    assert_eq!((&clicked[1]["kind"], &clicked[1]["category"]), (&json!("cta"), &json!(Category::Pricing)));
    assert_ne!(clicked[0]["id"], clicked[1]["id"]);
    for batch in story.sent.clone() {
        story.commit(batch);
    }
    assert_eq!(events(&story, EventType::LinkClicked).len(), 2, "sent again it is no second click");
    act(&mut story, 1, Event::SpamDetected);
    story.now = story.now + Millis::MINUTE;
    story.step(signals(1, SignalType::Cta, 0));
    assert_eq!(events(&story, EventType::LinkClicked).len(), 2);
}

#[test]
fn a_form_with_an_address_is_an_event_with_its_page_and_comes_once() {
    let mut story = subscribed(&[EventType::FormSubmitted]);
    story.step(signals(2, SignalType::FormSubmit, 0));
    assert!(deliveries(&story).is_empty(), "it has no address yet");
    story.step(signals(2, SignalType::Identify, 0));
    let sent = events(&story, EventType::FormSubmitted);
    assert!(!sent.is_empty());
    let data = &sent[0];
    assert_eq!((&data["contact"]["email"], &data["site"]), (&json!("ann@first.example"), &json!("Demo")));
    assert_eq!(data["account"]["domain"], "first.example");
    assert!(data["conversation"].is_string(), "{data}");
    story.step(signals(2, SignalType::Identify, 0));
    assert_eq!(events(&story, EventType::FormSubmitted), sent, "the same form is no second event");
}

#[test]
fn a_company_is_an_event_when_its_score_or_its_stage_changes() {
    let mut story = subscribed(&[EventType::AccountChanged]);
    story.step(signals(1, SignalType::Identify, 0));
    for _ in 0..6 {
        story.step(signals(1, SignalType::FormSubmit, 0));
    }
    let sent = events(&story, EventType::AccountChanged);
    let first = sent.first().expect("the first bucket");
    assert_eq!((&first["account"]["domain"], &first["previous"]["score"]), (&json!("first.example"), &Value::Null));
    assert_eq!(first["now"]["stage"], "First Seen");
    for (before, after) in sent.iter().zip(&sent[1..]) {
        assert_eq!(before["now"], after["previous"], "{sent:?}");
        assert_ne!(after["now"], after["previous"]);
    }
    story.step(Step::Open { visitor: 1 });
    let before = events(&story, EventType::AccountChanged).len();
    act(&mut story, 1, Event::DealOpened);
    act(&mut story, 1, Event::DealOpened);
    let sent = events(&story, EventType::AccountChanged);
    assert_eq!(sent.len(), before + 1, "one stage: {sent:?}");
    let last = &sent[before];
    assert_eq!((&last["previous"]["stage"], &last["now"]["stage"]), (&json!("First Seen"), &json!("Opportunity")));
    assert_eq!(last["previous"]["score"], last["now"]["score"]);

    story.now = story.now + Millis::days(120);
    story.fire();
    let faded = events(&story, EventType::AccountChanged);
    assert!(faded.len() > sent.len(), "the score fades: {faded:?}");
    let numbers = deliveries(&story).len();
    story.rebuild();
    assert_eq!(deliveries(&story).len(), numbers, "a rebuild sends nothing");
}

#[test]
fn a_webhook_that_is_limited_to_a_site_gets_the_events_of_that_site_alone() {
    let mut story = Story::begin();
    let to = |number| Destination::webhook(WebhookId::from_bytes([number; 16]));
    let limits = [(9, vec![SiteId(1)]), (8, vec![SiteId(2)]), (7, vec![SiteId(2), SiteId(1)]), (6, Vec::new())];
    for (number, sites) in limits {
        let endpoint = knock_ports::Endpoint { sites, created_at: START, ..hook(to(number), EventType::ALL) };
        assert!(story.change(SaveEndpoint { endpoint }));
    }
    story.step(Step::Open { visitor: 1 });
    story.step(Step::Write { visitor: 1, text: 2 });
    for _ in 0..3 {
        story.step(signals(1, SignalType::FormSubmit, 1));
    }
    let sent = |number: u8| {
        let mut kinds = Vec::new();
        let read = story.store().read(&mut |view| {
            let found = view.deliveries(to(number), i64::MAX, u32::MAX)?;
            kinds = found.iter().map(|delivery| delivery.effect.kind.as_str().to_owned()).collect();
            Ok(())
        });
        read.expect("read");
        kinds
    };
    let all = sent(6);
    for kind in ["account.changed", "chat.status_changed", "contact.created", "link.clicked", "message.created"] {
        assert!(all.iter().any(|sent| sent == kind), "{kind} in {all:?}");
    }
    assert_eq!((sent(9), sent(7)), (all.clone(), all));
    assert!(sent(8).is_empty(), "{:?}", sent(8));
}
