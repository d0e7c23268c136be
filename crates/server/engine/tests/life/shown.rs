//! The data that clients see of one story, compared with the golden files in `tests/wire/shown`.

#[path = "../../../../../tests/wire/golden.rs"]
mod golden;

use crate::outbox::{deliveries, subscribed, subscribed_to_changes};
use crate::story::{Step, Story};
use golden::{Golden, expect_none};
use knock_engine::Presenter;
use knock_model::{Category, EventType, Millis, RepId};
use knock_ports::{AccountFilter, LeadFilter, OutboxEntry};
use knock_routing::Rule;
use knock_wire::{DecisionPage, LiveEvent, WhatIfAsk};
use serde_json::{Value, json};

/// A buyer with a late reply and a rejection, a spammer, and an anonymous job seeker.
fn story() -> Story {
    lived(subscribed_to_changes())
}

fn lived(mut story: Story) -> Story {
    let wait = |ms| Step::Wait { ms, is_fired: true };
    let signals = |visitor, kind, category: Category| Step::Signals {
        visitor,
        kind,
        category: category.index(),
        age: Millis::MINUTE.0,
        email: usize::from(visitor),
    };
    let steps = [
        signals(0, 0, Category::Pricing),
        signals(0, 1, Category::Demo),
        signals(0, 3, Category::Home),
        Step::Open { visitor: 0 },
        wait(1_000),
        Step::Write { visitor: 0, text: 1 },
        wait(200_000),
        Step::Answer { visitor: 0 },
        wait(13 * 3_600_000),
        Step::Act { visitor: 0, action: 0 },
        signals(1, 3, Category::Pricing),
        Step::Open { visitor: 1 },
        Step::Write { visitor: 1, text: 0 },
        Step::Act { visitor: 1, action: 2 },
        Step::Act { visitor: 1, action: 4 },
        Step::Act { visitor: 1, action: 5 },
        Step::Open { visitor: 2 },
        Step::Write { visitor: 2, text: 3 },
        wait(13 * Millis::DAY.0),
    ];
    steps.into_iter().for_each(|step| story.step(step));
    story
}

/// Returns every page of the story's records, by the name of its golden file.
fn pages(story: &Story) -> Vec<Golden> {
    let mut pages = Vec::new();
    let read = story.store().read(&mut |view| {
        let presenter = Presenter::new(view, story.now)?;
        pages.clear();
        for (visitor, id) in &story.conversations {
            let Some(record) = presenter.conversation_record(*id)? else { continue };
            pages.push(Golden::of(
                format!("shown/live_conversation_{visitor}"),
                &LiveEvent::Conversation(Box::new(record.conversation.clone())),
            ));
            pages.push(Golden::of(format!("shown/conversation_record_{visitor}"), &record));
        }
        for (place, lead) in by_id(view.leads(&LeadFilter::named(), None, 100)?, |lead| lead.id).iter().enumerate() {
            pages.push(Golden::of(format!("shown/contact_record_{place}"), &presenter.contact_record(lead)?));
        }
        for (place, account) in
            by_id(view.accounts(&AccountFilter::default(), 100)?, |account| account.id).iter().enumerate()
        {
            pages.push(Golden::of(format!("shown/account_record_{place}"), &presenter.account_record(account)?));
        }
        let decisions = presenter.decisions(None, 100)?.into_iter().map(|(_, row)| row).collect();
        pages.push(Golden::of("shown/decision_page", &DecisionPage { decisions, next: None }));
        for rule in view.rules()? {
            pages.push(Golden::of(format!("shown/rule_{}", rule.id), &rule));
        }
        let ask = WhatIfAsk { rule: draft(), days: 30, links: Vec::new() };
        pages.push(Golden::of("shown/what_if", &presenter.what_if(&ask)?));
        Ok(())
    });
    read.expect("it reads");
    pages
}

/// A draft that assigns buyers to the AI agent.
fn draft() -> Rule {
    let rule = json!({
        "id": "default_chat", "name": "Draft", "funnel": "chat",
        "segments": [{"id": "buyers", "name": "Buyers", "when": {"field": "intent.type", "op": "eq", "value": "Buying"},
            "assign": {"ai_agent": "auto"}}],
        "fallback": {"assign": {"rep": RepId::new([7; 16])}},
    });
    serde_json::from_value(rule).expect("a rule")
}

/// Returns the events sent to the webhook, in order.
fn events(story: &Story) -> Vec<Value> {
    let read = |entry: OutboxEntry| {
        let data: Value = serde_json::from_str(&entry.effect.data).expect("JSON");
        json!({"type": entry.effect.kind.as_str(), "at": entry.effect.at, "data": data})
    };
    deliveries(story).into_iter().map(read).collect()
}

fn by_id<T, Id: Ord>(mut records: Vec<T>, id: fn(&T) -> Id) -> Vec<T> {
    records.sort_by_key(id);
    records
}

#[test]
fn what_is_shown_of_a_story_is_in_the_golden_files() {
    let story = story();
    let mut pages = pages(&story);
    pages.push(Golden::of("shown/events", &json!({"events": events(&story)})));
    expect_none(pages.iter().filter_map(|page| page.check().err()).collect());
}

#[test]
fn all_events_of_a_story_are_in_the_golden_file() {
    let story = lived(subscribed(EventType::ALL));
    let page = Golden::of("shown/events_of_all_types", &json!({"events": events(&story)}));
    expect_none(page.check().err().into_iter().collect());
}
