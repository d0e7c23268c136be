//! What a newer server may write: words and fields that this version does not know.

use crate::golden::{folder, same};
use knock_wire::{
    ConversationRecord, DecisionShown, Delivery, LinkShown, Mail, Message, SessionState, StatusChange, TypeChange,
    Webhook, Word,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Written by hand: one shape a key, with a word that no version knows wherever a vocabulary may grow.
const NEWER: &str = "newer/words";
const WORD: &str = "from_the_future";

/// Reads and writes the shape of this key.
type Reread = fn(&str);

fn newer() -> Map<String, Value> {
    let text = std::fs::read_to_string(folder().join(format!("{NEWER}.json"))).expect("the file");
    serde_json::from_str(&text).expect("JSON")
}

/// Reads a shape of a newer server; it must write it again as it came.
fn read<T: Serialize + DeserializeOwned>(shape: &str) -> T {
    let json = newer()[shape].to_string();
    let read: T = serde_json::from_str(&json).expect("it is read");
    let again = serde_json::to_string(&read).expect("it has JSON");
    same(&format!("{NEWER} {shape}"), &json, &again).unwrap_or_else(|report| panic!("{report}"));
    read
}

#[test]
fn a_word_of_a_newer_server_is_kept_and_written_as_it_came() {
    let shapes: [(&str, Reread); 10] = [
        ("conversation_record", |shape| drop(read::<ConversationRecord>(shape))),
        ("decision", |shape| drop(read::<DecisionShown>(shape))),
        ("delivery", |shape| drop(read::<Delivery>(shape))),
        ("link", |shape| drop(read::<LinkShown>(shape))),
        ("mail", |shape| drop(read::<Mail>(shape))),
        ("message", |shape| drop(read::<Message>(shape))),
        ("session", |shape| drop(read::<SessionState>(shape))),
        ("status_change", |shape| drop(read::<StatusChange>(shape))),
        ("type_change", |shape| drop(read::<TypeChange>(shape))),
        ("webhook", |shape| drop(read::<Webhook>(shape))),
    ];
    shapes.iter().for_each(|(shape, read)| read(shape));
    assert_eq!(newer().len(), shapes.len(), "every shape of the file is read");
}

#[test]
fn an_unknown_word_is_shown_as_it_is() {
    let state = read::<ConversationRecord>("conversation_record").conversation.state;
    assert_eq!((state.status.known(), state.status.to_string().as_str()), (None, WORD));
    assert_eq!(state.flags[1], Word::Unknown(WORD.to_owned()), "beside one that is known: {}", state.flags[0]);
}

#[test]
fn a_field_of_a_newer_server_is_no_error() {
    let mut link = newer()["link"].clone();
    link["since"] = 7.into();
    let read: LinkShown = serde_json::from_value(link).expect("it is read");
    assert_eq!(read.slug, "chat");
}
