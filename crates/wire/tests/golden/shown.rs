//! What the engine shows of a story (`crates/server/engine/tests/life/shown.rs`) is read as today's types.

use crate::golden::{expect_none, folder, same};
use knock_routing::Rule;
use knock_wire::{
    AccountChanged, AccountRecord, ChatAssigned, ChatStatusChanged, ContactCreated, ContactRecord, ContactScoreChanged,
    ContactTypeChanged, ConversationRecord, DecisionPage, FormSubmitted, LinkClicked, LiveEvent, MeetingBooked,
    MeetingStatusChanged, MessageCreated, WhatIf,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Result, Value};

type Reread = fn(&str) -> Result<String>;

/// The types, by how the names of their files begin.
const TYPES: [(&str, Reread); 8] = [
    ("account_record", reread::<AccountRecord>),
    ("contact_record", reread::<ContactRecord>),
    ("conversation_record", reread::<ConversationRecord>),
    ("decision_page", reread::<DecisionPage>),
    ("events", reread_events),
    ("live", reread::<LiveEvent>),
    ("rule", reread::<Rule>),
    ("what_if", reread::<WhatIf>),
];

fn reread<T: Serialize + DeserializeOwned>(text: &str) -> Result<String> {
    serde_json::to_string(&serde_json::from_str::<T>(text)?)
}

/// Events of a webhook, each by its type.
fn reread_events(text: &str) -> Result<String> {
    let mut sent: Value = serde_json::from_str(text)?;
    for event in sent["events"].as_array_mut().into_iter().flatten() {
        let data = event["data"].to_string();
        let again = match event["type"].as_str() {
            Some("chat.assigned") => reread::<ChatAssigned>(&data)?,
            Some("chat.status_changed") => reread::<ChatStatusChanged>(&data)?,
            Some("contact.created") => reread::<ContactCreated>(&data)?,
            Some("contact.type_changed") => reread::<ContactTypeChanged>(&data)?,
            Some("message.created") => reread::<MessageCreated>(&data)?,
            Some("contact.score_changed") => reread::<ContactScoreChanged>(&data)?,
            Some("account.changed") => reread::<AccountChanged>(&data)?,
            Some("form.submitted") => reread::<FormSubmitted>(&data)?,
            Some("link.clicked") => reread::<LinkClicked>(&data)?,
            Some("meeting.booked") => reread::<MeetingBooked>(&data)?,
            _ => reread::<MeetingStatusChanged>(&data)?,
        };
        event["data"] = serde_json::from_str(&again)?;
    }
    serde_json::to_string(&sent)
}

#[test]
fn what_is_shown_of_a_story_is_read_and_written_again_as_it_is() {
    let mut failures = Vec::new();
    let mut files = 0;
    for file in std::fs::read_dir(folder().join("shown")).expect("a folder") {
        let path = file.expect("a file").path();
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name");
        let (_, reread) = TYPES.iter().find(|(start, _)| name.starts_with(start)).expect("a type");
        let text = std::fs::read_to_string(&path).expect("text");
        let again = reread(&text).map_err(|error| format!("{name}: {error}"));
        failures.extend(again.and_then(|again| same(&format!("shown/{name}"), &text, &again)).err());
        files += 1;
    }
    assert!(files > TYPES.len(), "{files} files");
    expect_none(failures);
}
