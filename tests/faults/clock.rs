//! A clock that jumps: what is due happens once, in order, at its own instant.

use crate::seed::plan;
use crate::server::{Server, place_in, start};
use crate::traffic::{Traffic, batch, timeline};
use knock_store::Scratch;
use knock_testing::{Answer, Heard, Receiver, eventually, id, identify, signal};
use serde_json::{Value, json};

const DAY: i64 = 86_400_000;
const YEAR: i64 = 365 * DAY;

/// Everything that ever changed: of each conversation its status, of each contact its bucket.
fn histories(server: &Server, key: &str) -> Vec<Vec<(i64, String)>> {
    let list = |path: &str, field: &str| {
        let page = server.get(path, key).body;
        page[field].as_array().unwrap_or_else(|| panic!("{page}")).clone()
    };
    let of = |path: String, field: &str, word: &str| -> Vec<(i64, String)> {
        let record = server.get(&path, key).body;
        let steps = record[field].as_array().unwrap_or_else(|| panic!("{record}")).clone();
        let text = |step: &Value| step[word].as_str().unwrap_or_else(|| panic!("{step}")).to_owned();
        steps.iter().map(|step| (step["at"].as_i64().expect("an instant"), text(step))).collect()
    };
    let id = |it: &Value| it["id"].as_str().unwrap_or_else(|| panic!("{it}")).to_owned();
    let chats = list("/api/v1/conversations?limit=100", "conversations");
    let chats = chats.iter().map(|chat| of(format!("/api/v1/conversations/{}", id(chat)), "history", "status"));
    let contacts = list("/api/v1/contacts?limit=100", "contacts");
    let contacts = contacts.iter().map(|contact| of(format!("/api/v1/contacts/{}", id(contact)), "changes", "to"));
    chats.chain(contacts).collect()
}

fn check_order(histories: &[Vec<(i64, String)>]) {
    for history in histories {
        assert!(history.is_sorted_by_key(|(at, _)| *at), "{history:?}");
        assert!(history.windows(2).all(|pair| pair[0].1 != pair[1].1), "a step that was taken twice: {history:?}");
    }
}

#[test]
fn a_clock_that_jumps_a_year_fires_what_is_due_once_and_in_order() {
    let mut chance = plan("clock", 1).chance;
    let home = Scratch::new();
    let place = place_in(&home);
    // What is kept for ever is there when a year has passed.
    let kept = [("KNOCK_RETENTION_SIGNALS_DAYS", "0")];
    let server = start(&place, &kept);
    let traffic = Traffic::begin(&server);
    for visitor in (1..=6).cycle().take(40) {
        assert!(traffic.send_new(&server, visitor, &mut chance));
    }
    let before = histories(&server, &traffic.key);

    server.advance(YEAR);
    let after = histories(&server, &traffic.key);
    check_order(&after);
    assert!(after.iter().flatten().count() > before.iter().flatten().count(), "something fell due: {after:?}");

    // Back, with a restart there, and forward again: nothing happens a second time.
    server.advance(-YEAR);
    check_order(&histories(&server, &traffic.key));
    drop(server);
    let server = start(&place, &kept);
    check_order(&histories(&server, &traffic.key));
    server.advance(YEAR + DAY);
    assert_eq!(histories(&server, &traffic.key), after);

    // And on: what is new while the clock is behind is kept, in its order.
    server.advance(-(YEAR + DAY));
    for visitor in 1..=6 {
        assert!(traffic.send_new(&server, visitor, &mut chance));
    }
    traffic.check(&server);
    server.advance(YEAR + DAY);
    check_order(&histories(&server, &traffic.key));
    crate::replay::rebuilds_to_the_same(&server);
}

/// The chat and the score of a lead in lists; the number of timers is compared by `knock rebuild`.
fn listed(server: &Server, key: &str) -> (Value, Value) {
    let chat = server.get("/api/v1/conversations", key).body["conversations"][0]["state"]["status"].clone();
    (chat, server.get("/api/v1/contacts?named=true", key).body["contacts"][0]["intent"]["bucket"].clone())
}

/// The last event of this kind that a receiver got, and its number.
fn last_event(receiver: &Receiver, event: &str, field: &str) -> (Value, i64) {
    let all = receiver.all();
    let of_kind = all.iter().map(Heard::body).filter(|sent| sent["type"] == event);
    let last = of_kind.max_by_key(|sent| sent["sequence"].as_i64()).unwrap_or_default();
    (last["data"][field].clone(), last["sequence"].as_i64().unwrap_or_default())
}

/// The clock is a year ahead for a while and set right, while the server runs or while it is down.
fn check_set_right(is_down: bool) {
    let home = Scratch::new();
    let place = place_in(&home);
    let server = start(&place, &[("KNOCK_RETENTION_SIGNALS_DAYS", "0")]);
    let key = server.admin_key();
    let receiver = Receiver::start(|_, _| Answer::Code(204));
    let hook = json!({"url": receiver.url("/"), "events": ["chat.status_changed", "contact.score_changed"]});
    assert_eq!(server.ask("POST", "/api/v1/webhooks", &key, &hook).code, 201);
    let (ann, now) = (server.demo_site().visitor(1), server.now());
    let forms = (1..6).map(|n| signal(now, n, "form_submit", "/contact-sales"));
    let said: Vec<Value> = forms.chain([identify(now, 9, "ann@hollis.example")]).collect();
    assert_eq!(ann.sends(&server, &said).code, 202);
    assert_eq!(ann.opens_chat(&server).write(&server, 1, "What does it cost?").code, 201);
    let right = listed(&server, &key);

    server.advance(YEAR);
    assert_ne!(listed(&server, &key), right);
    eventually("the event arrives", || last_event(&receiver, "chat.status_changed", "status").0 == "Closed");
    let sent = last_event(&receiver, "chat.status_changed", "status").1;
    let server = if is_down {
        server.stop();
        std::fs::write(place.dir().join("test-clock"), "0").expect("written");
        start(&place, &[("KNOCK_RETENTION_SIGNALS_DAYS", "0")])
    } else {
        server.advance(-YEAR);
        server
    };
    eventually("the lists are right", || listed(&server, &key) == right);
    eventually("subscribers know", || {
        let (status, score) = (
            last_event(&receiver, "chat.status_changed", "status"),
            last_event(&receiver, "contact.score_changed", "score"),
        );
        (status.0, score.0) == right && status.1 > sent
    });
    crate::replay::rebuilds_to_the_same(&server);
}

#[test]
fn a_clock_that_was_ahead_and_is_set_right_leaves_nothing_behind() {
    check_set_right(false);
}

#[test]
fn a_clock_that_is_set_right_while_the_server_is_down_leaves_nothing_behind() {
    check_set_right(true);
}

#[test]
fn a_signal_happened_when_its_sender_says_corrected_by_the_sending() {
    let home = Scratch::new();
    let place = place_in(&home);
    let server = start(&place, &[]);
    let (key, now) = (server.admin_key(), server.now());
    let site = server.site();
    // How wrong the sender's clock is, how long before sending, and how long before its arrival that shows.
    let cases = [
        (0, 5_000, 5_000, false),
        (YEAR, 5_000, 5_000, false),
        (-YEAR, 5_000, 5_000, false),
        (0, 40 * DAY, 30 * DAY, true),
    ];
    for (number, (wrong, before, ago, clamped)) in (1..).zip(cases) {
        let at = now + wrong - before;
        let signal = json!({"id": id(at, number), "at": at, "type": "page_view", "url": "http://127.0.0.1:4000/demo/"});
        let mut batch = batch(&site, number, &[signal]);
        batch["sent_at"] = json!(now + wrong);
        let reply = server.post_signals(&batch);
        assert_eq!(reply.body["accepted"], 1, "{}", reply.body);
        let entry = &timeline(&server, &key, "").into_iter().find(|entry| entry["id"] == id(at, number)).expect("kept");
        let shown = entry["received_at"].as_i64().expect("an instant") - entry["at"].as_i64().expect("an instant");
        assert_eq!((shown, entry["clamped"].as_bool()), (ago, Some(clamped)), "{entry}");
    }
}
