//! Events of single occurrences: created contacts, messages, assignments.

use crate::outbox::{deliveries, hook, subscribed};
use crate::story::{Step, Story, steps};
use knock_engine::commands::{SaveEndpoint, SetType};
use knock_model::{Destination, EventType, IntentType, SignalId, WebhookId};
use knock_ports::{Decided, LeadFilter, View};
use knock_status::chat::Event;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The data of all events of a type, oldest first.
fn events_of(story: &Story, event: EventType) -> Vec<Value> {
    let of_type = deliveries(story).into_iter().filter(|delivery| delivery.effect.kind == event.into());
    of_type.map(|delivery| serde_json::from_str(&delivery.effect.data).expect("JSON")).collect()
}

/// The types of all events, oldest first.
fn types(story: &Story) -> Vec<String> {
    deliveries(story).iter().map(|delivery| delivery.effect.kind.as_str().to_owned()).collect()
}

/// Number and text of the messages in each conversation, by its id.
type Messages = BTreeMap<String, Vec<(u64, String)>>;

fn stored_messages(view: &dyn View) -> Messages {
    let chats = [false, true].map(|is_spam| view.chats(is_spam, None, 1_000).expect("read"));
    let mut found = Messages::new();
    for chat in chats.into_iter().flatten() {
        for conversation in view.conversations_of_lead(chat.lead).expect("read") {
            let messages = view.messages_after(conversation.id, 0).expect("read");
            let messages: Vec<_> = messages.into_iter().map(|message| (message.seq, message.text)).collect();
            // The conversation of a form begins without one.
            if !messages.is_empty() {
                found.insert(conversation.id.to_string(), messages);
            }
        }
    }
    found
}

/// The conversations of leads of whom something was spam at some time: then some of their messages have no event.
fn once_spam(view: &dyn View) -> BTreeSet<String> {
    let chats = [false, true].map(|is_spam| view.chats(is_spam, None, 1_000).expect("read"));
    let is_verdict = |what: &Event| matches!(what, Event::LeadMessage { is_spam: true } | Event::SpamDetected);
    let of_spam = chats.into_iter().flatten().filter(|chat| {
        let facts = view.chat_facts(chat.lead).expect("read");
        facts.iter().any(|fact| is_verdict(&fact.what))
    });
    let conversations = of_spam.flat_map(|chat| view.conversations_of_lead(chat.lead).expect("read"));
    conversations.map(|conversation| conversation.id.to_string()).collect()
}

/// The decisions about all leads, also those marked as spam, which are in no list.
fn all_decisions(view: &dyn View) -> Vec<Decided> {
    let chats = [false, true].map(|is_spam| view.chats(is_spam, None, 1_000).expect("read"));
    chats.into_iter().flatten().flat_map(|chat| view.decisions_of(chat.lead).expect("read")).collect()
}

fn sent_messages(story: &Story) -> Messages {
    let mut sent = Messages::new();
    for data in events_of(story, EventType::MessageCreated) {
        let text = |name: &str| data[name].as_str().expect("text").to_owned();
        let seq = data["seq"].as_u64().expect("a number");
        sent.entry(text("conversation")).or_default().push((seq, text("text")));
    }
    sent
}

fn read<T>(story: &Story, work: impl Fn(&dyn View) -> T) -> T {
    let mut found = None;
    let read = story.store().read(&mut |view| {
        found = Some(work(view));
        Ok(())
    });
    read.expect("it reads");
    found.expect("it was read")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn each_message_contact_and_assignment_has_one_event(steps in steps(4, 60)) {
        let mut story = subscribed(EventType::ALL);
        steps.iter().for_each(|step| story.step(*step));
        story.fire();
        let (mut sent, mut stored) = (sent_messages(&story), read(&story, stored_messages));
        for conversation in read(&story, once_spam) {
            let (sent, stored) = (sent.remove(&conversation), stored.remove(&conversation).unwrap_or_default());
            prop_assert!(sent.unwrap_or_default().iter().all(|message| stored.contains(message)), "none that is not there");
        }
        prop_assert_eq!(sent, stored);

        let created = events_of(&story, EventType::ContactCreated);
        let ids: BTreeSet<String> = created.iter().map(|data| data["contact"]["id"].to_string()).collect();
        prop_assert_eq!(ids.len(), created.len(), "each once");
        for lead in read(&story, |view| view.leads(&LeadFilter::named(), None, 1_000).expect("read")) {
            prop_assert!(ids.contains(&json!(lead.id).to_string()), "{}", lead.id);
        }

        let decided = read(&story, all_decisions);
        let assigned = decided.iter().filter(|decided| decided.decision.assignee.is_some()).count();
        prop_assert_eq!(events_of(&story, EventType::ChatAssigned).len(), assigned);
    }
}

#[test]
fn two_contacts_by_one_form_have_a_decision_each() {
    let mut story = subscribed(&[EventType::ChatAssigned]);
    for (kind, email) in [(3, 2), (1, 0), (3, 0)] {
        story.step(Step::Signals { visitor: 2, kind, category: 0, age: 0, email });
    }
    let decided = read(&story, |view| view.decisions(None, 10).expect("read"));
    let leads: BTreeSet<String> = decided.iter().map(|decided| decided.lead.to_string()).collect();
    assert_eq!((leads.len(), decided.len()), (2, 2));
    assert_eq!(events_of(&story, EventType::ChatAssigned).len(), 2);
}

#[test]
fn events_of_a_first_chat_follow_their_causes() {
    let mut story = subscribed(EventType::ALL);
    story.step(Step::Open { visitor: 1 });
    assert_eq!(types(&story), ["contact.created", "link.clicked", "message.created", "chat.status_changed"]);
    story.step(Step::Write { visitor: 1, text: 1 });
    let then = ["message.created", "message.created", "contact.type_changed", "chat.status_changed", "chat.assigned"];
    assert_eq!(types(&story)[4..][..5], then, "{:?}", types(&story));

    let messages = events_of(&story, EventType::MessageCreated);
    let written: Vec<(&Value, &Value)> = messages.iter().map(|data| (&data["author"], &data["seq"])).collect();
    assert_eq!(written[..2], [(&json!("ai_agent"), &json!(1)), (&json!("lead"), &json!(2))]);
    assert_eq!(messages[1]["text"], "we need a quote");
    let changed = &events_of(&story, EventType::ContactTypeChanged)[0];
    assert_eq!((&changed["previous"], &changed["intent_type"]), (&json!("Unknown"), &json!("Buying")));
    let assigned = &events_of(&story, EventType::ChatAssigned)[0];
    assert_eq!((&assigned["previous"], &assigned["rule_id"]), (&Value::Null, &json!("default_chat")));
    assert_eq!(assigned["conversation"], json!(story.conversations[&1]));
}

#[test]
fn a_reply_names_its_rep_and_a_message_that_comes_again_has_no_second_event() {
    let mut story = subscribed(&[EventType::MessageCreated]);
    story.step(Step::Open { visitor: 1 });
    story.step(Step::Answer { visitor: 1 });
    let messages = events_of(&story, EventType::MessageCreated);
    let last = messages.last().expect("a reply");
    assert_eq!((&last["author"], &last["rep"]), (&json!("rep"), &json!("rep@us.example")));
    let count = messages.len();
    let conversation = story.conversations[&1];
    let again = read(&story, |view| view.messages_after(conversation, 0).expect("read")).pop().expect("a message");
    story.commit(knock_engine::commands::RepMessage {
        conversation,
        id: again.id,
        rep: knock_model::RepId::new([7; 16]),
        text: again.text,
        seen: None,
        file: None,
        card: None,
        mail_after: None,
        now: story.now,
    });
    assert_eq!(events_of(&story, EventType::MessageCreated).len(), count);
}

#[test]
fn a_type_that_a_rep_sets_has_an_event_and_setting_it_again_has_none() {
    let mut story = subscribed(&[EventType::ContactTypeChanged]);
    story.step(Step::Open { visitor: 1 });
    let conversation = story.conversations[&1];
    for random in [1, 2] {
        let id = SignalId::new(story.now, &[random; 10]);
        assert!(story.change(SetType { conversation, id, kind: IntentType::Partnership, now: story.now }));
    }
    let changed = events_of(&story, EventType::ContactTypeChanged);
    assert_eq!(changed.len(), 1);
    assert_eq!((&changed[0]["intent_type"], &changed[0]["why"]), (&json!("Partnership"), &json!("set_by_rep")));
}

#[test]
fn the_type_of_a_nameless_chat_is_of_the_contact_it_turns_out_to_be() {
    let mut story = Story::begin();
    story.step(Step::Signals { visitor: 0, kind: 3, category: 0, age: 0, email: 1 });
    let known =
        read(&story, |view| view.leads(&LeadFilter::named(), None, 10).expect("read")).pop().expect("a contact").id;
    let to = Destination::webhook(WebhookId::from_bytes([9; 16]));
    assert!(story.change(SaveEndpoint { endpoint: hook(to, EventType::ALL) }));
    story.step(Step::Open { visitor: 1 });
    story.step(Step::Write { visitor: 1, text: 1 });
    // The address of the known person: both are one person now.
    story.step(Step::Write { visitor: 1, text: 2 });
    let created = events_of(&story, EventType::ContactCreated);
    assert_eq!(created.len(), 1, "only the nameless one was new");
    assert_ne!(created[0]["contact"]["id"], json!(known));
    let changed = events_of(&story, EventType::ContactTypeChanged);
    let last = changed.last().expect("sent");
    assert_eq!((&last["contact"]["id"], &last["previous"]), (&json!(known), &json!("Unknown")));
    assert_eq!((&last["intent_type"], &last["contact"]["email"]), (&json!("Buying"), &json!("bob@first.example")));
}
