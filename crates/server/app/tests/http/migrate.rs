//! A workspace moves from SQLite to PostgreSQL and is the same there. Skipped without a PostgreSQL.

use crate::chat::open_as;
use crate::stored_files::{contents, file_id, store_file};
use crate::support::{Knock, batch, identify, signal};
use base64::prelude::{BASE64_STANDARD, Engine};
use knock_ports::Files;
use knock_store::{Scratch, SqliteStore};
use knock_testing::Binary;
use serde_json::Value;
use std::process::Output;

/// Collects the identifying texts of a JSON document (ids, addresses, texts, states), in order.
fn names(document: &Value, found: &mut Vec<String>) {
    match document {
        Value::Array(members) => members.iter().for_each(|member| names(member, found)),
        Value::Object(members) => {
            for (key, member) in members {
                if let (
                    "id" | "email" | "domain" | "key" | "slug" | "text" | "status" | "bucket",
                    Value::String(name),
                ) = (key.as_str(), member)
                {
                    found.push(name.clone());
                }
                names(member, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The identifying texts of all lists of the team.
fn shown(knock: &Knock, key: &str, conversation: &str) -> Vec<String> {
    let mut found = Vec::new();
    for list in
        ["contacts", "accounts", "timeline", "conversations", conversation, "sites", "rules", "links", "decisions"]
    {
        let reply = knock.get(&format!("/api/v1/{list}"), key);
        assert_eq!(reply.code, 200, "{list}");
        names(&reply.body, &mut found);
    }
    found
}

fn migrate(from: &str, to: &str) -> Output {
    Binary::built().command(&["migrate", "--from", from, "--to", to]).output().expect("the binary runs")
}

#[test]
fn a_workspace_is_the_same_after_its_move_and_goes_on() {
    let home = Scratch::bare();
    let to = home.database().to_owned();
    if to.is_empty() {
        return;
    }
    let knock = Knock::start_in(home, &[("KNOCK_DATABASE", "")]);
    let (site, key, now) = (knock.site(), knock.admin_key(), knock.now());
    let sent = batch(&site, 1, now, &[signal(now, 1, "page_view", "/pricing"), identify(now, 2, "a@b.example")]);
    assert_eq!(knock.post_signals(&sent).body["accepted"], 2);
    let chat = open_as(&knock, &site, 1);
    assert_eq!(chat.write(&knock, 1, "What does it cost?").code, 201);
    let from = format!("sqlite:{}", knock.data().display());
    assert_eq!(migrate(&from, &to).status.code(), Some(2), "a running server still writes");
    let conversation = chat.path().replace("/v1/chat/", "conversations/");
    let before = shown(&knock, &key, &conversation);
    knock.ask_to_stop();
    let (_, home) = knock.stopped();
    let [stored, lost] = [1, 2].map(|n| file_id(now, n));
    let store = SqliteStore::open(&home.dir().join("knock.db")).expect("it opens");
    [stored, lost].into_iter().for_each(|id| store_file(&store, home.dir(), id, "a@b.example", "Forty jars"));
    drop(store);
    contents(home.dir()).remove(lost).expect("removed");
    let moved = migrate(&from, &to);
    assert!(moved.status.success(), "{moved:?}");
    let errors = String::from_utf8_lossy(&moved.stderr);
    assert!(errors.contains(&format!("damage: the content of file {lost} is missing")), "{errors}");
    assert!(!errors.contains(&stored.to_string()), "{errors}");
    assert!(String::from_utf8_lossy(&moved.stdout).contains("1 contents"), "{moved:?}");
    contents(home.dir()).remove(stored).expect("it is in the database now");
    let again = migrate(&from, &to);
    assert!(String::from_utf8_lossy(&again.stderr).contains("not empty"), "{again:?}");
    let knock = Knock::start_in(home, &[]);
    assert_eq!(shown(&knock, &key, &conversation), before);
    let exported = knock.command(&["export", "--person", "a@b.example"]);
    let exported: Value = serde_json::from_slice(&exported.stdout).expect("JSON");
    let content = |place: usize| exported["files"][place]["content"].clone();
    assert_eq!((content(0), content(1)), (BASE64_STANDARD.encode("Forty jars").into(), Value::Null));
    assert_eq!(chat.write(&knock, 2, "And a year?").code, 201);
    assert_eq!(knock.post_signals(&sent).body["duplicate"], 2);
    let another = batch(&site, 2, now, &[signal(now, 3, "page_view", "/docs")]);
    assert_eq!(knock.post_signals(&another).body["accepted"], 1);
}
