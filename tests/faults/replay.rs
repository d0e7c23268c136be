//! All that is derived, computed again from what is stored: by the server's own rebuild, and in an empty workspace.

use crate::mailing::is_of_mailing;
use crate::server::{Server, place_in, start};
use crate::traffic::{Traffic, batch, timeline};
use knock_store::Scratch;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

/// The shown data of persons, by address.
type Shown = BTreeMap<String, Value>;

/// `knock rebuild` finds nothing that it would not have computed itself.
pub(crate) fn rebuilds_to_the_same(server: &Server) {
    let output = server.command(&["rebuild"]);
    let said = String::from_utf8(output.stdout).expect("text");
    assert!(output.status.success() && said.lines().count() > 0, "{said}");
    for line in said.lines() {
        assert!(line.ends_with(" 0 changed"), "{said}");
    }
}

/// The stored signals of all who do not chat, sent to an empty workspace in another order, make the same persons,
/// timelines and scores. What a chat makes of them depends on when a server answered, so those are left to the rebuild.
pub(crate) fn replays_to_the_same(server: &Server, traffic: &Traffic) {
    let home = Scratch::new();
    let place = place_in(&home);
    let other = start(&place, &[]);
    let key = other.admin_key();
    let site = other.site();
    other.advance(traffic.offset.load(Ordering::SeqCst));
    let mut stored = timeline(server, &traffic.key, "");
    stored.retain(|entry| entry["type"] != "link_click" && entry["type"] != "chat_message" && !is_of_mailing(entry));
    fastrand::Rng::with_seed(stored.len() as u64).shuffle(&mut stored);
    stored.iter().for_each(|signal| send_again(&other, &site, signal));
    let at = other.advance(60_000) - 30_000;
    server.advance(60_000);
    let (was, is) = (shown(server, &traffic.key, at), shown(&other, &key, at));
    assert!(!was.is_empty(), "somebody said who they are");
    assert_eq!(was, is);
}

/// Without an instant of sending, a signal happened when it says.
fn send_again(other: &Server, site: &str, signal: &Value) {
    let mut again = json!({"id": signal["id"], "at": signal["at"], "type": signal["type"], "url": signal["url"]});
    if signal["type"] == "identify" {
        again["props"] = json!({"email": signal["contact"]["email"]});
    }
    let mut batch = batch(site, 1, &[again]);
    batch["visitor"] = signal["visitor"].clone();
    batch["session"] = signal["session"].clone();
    let reply = other.post_signals(&batch);
    assert_eq!((reply.code, &reply.body["accepted"]), (202, &json!(1)), "{} {signal}", reply.body);
}

fn shown(server: &Server, key: &str, at: i64) -> Shown {
    let contacts = server.get(&format!("/api/v1/contacts?named=true&limit=200&at={at}"), key).body;
    let contacts = contacts["contacts"].as_array().unwrap_or_else(|| panic!("{contacts}")).clone();
    let of = |contact: &Value| {
        let id = contact["id"].as_str().expect("an id");
        let record = server.get(&format!("/api/v1/contacts/{id}?at={at}"), key).body;
        let entries = timeline(server, key, &format!("&contact={id}&at={at}"));
        let entries: Vec<_> = entries
            .iter()
            .map(|entry| json!([entry["id"], entry["at"], entry["type"], entry["category"], entry["points"]]))
            .collect();
        let email = contact["email"].as_str().expect("an address").to_owned();
        (email, json!({"intent": record["contact"]["intent"], "timeline": entries}))
    };
    contacts.iter().filter(|contact| !is_of_mailing(contact)).map(of).collect()
}
