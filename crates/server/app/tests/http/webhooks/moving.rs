//! Pending deliveries move with their workspace from SQLite to PostgreSQL. Skipped without a PostgreSQL.

use super::{SETTINGS, Sender};
use crate::support::Knock;
use knock_store::Scratch;
use knock_testing::{Answer, Binary, Receiver};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

#[test]
fn waiting_deliveries_are_sent_after_the_move_and_numbers_go_on() {
    let home = Scratch::new();
    let to = home.database().to_owned();
    if to.is_empty() {
        return;
    }
    let is_well = Arc::new(AtomicBool::new(false));
    let well = Arc::clone(&is_well);
    let receiver = Receiver::start(move |_, before| {
        Answer::Code(if before == 0 || well.load(Ordering::SeqCst) { 200 } else { 503 })
    });
    let sender = Sender::by(Knock::start_in(home, &[SETTINGS[0], ("KNOCK_DATABASE", "")]));
    let id = sender.add(&receiver.url("/"), &["webhook.test"])["id"].clone();
    sender.test(&id);
    sender.until(&id, |all| all[0]["state"] == "delivered");
    sender.test(&id);
    sender.until(&id, |all| all[1]["state"] == "waiting" && all[1]["attempts"] == 1);
    let from = format!("sqlite:{}", sender.knock.data().display());
    sender.knock.ask_to_stop();
    let Sender { knock, key } = sender;
    let (_, home) = knock.stopped();
    let moved = Binary::built().command(&["migrate", "--from", &from, "--to", &to]).output();
    assert!(moved.as_ref().is_ok_and(|moved| moved.status.success()), "{moved:?}");
    is_well.store(true, Ordering::SeqCst);
    let sender = Sender { knock: Knock::start_in(home, &SETTINGS[..1]), key };
    sender.test(&id);
    sender.advance(60_000);
    let ended = sender.until(&id, |all| all.len() == 3 && all.iter().all(|one| one["state"] == "delivered"));
    assert_eq!(ended.iter().map(|one| one["number"].as_i64()).collect::<Vec<_>>(), [Some(1), Some(2), Some(3)]);
    let heard = receiver.all();
    assert_eq!(heard[1].header("webhook-id"), heard[2].header("webhook-id"), "it was tried before the move");
}
