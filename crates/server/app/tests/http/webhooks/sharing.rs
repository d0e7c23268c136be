//! Two servers on one database share the deliveries.

use super::Sender;
use crate::chat::open_as;
use knock_testing::{Answer, Receiver};
use std::collections::BTreeSet;

#[test]
fn two_servers_deliver_everything_once() {
    const CHATS: u64 = 30;
    let sender = Sender::start();
    let Some(other) = sender.knock.start_beside() else { return };
    let receiver = Receiver::start(|_, _| Answer::Code(200));
    let webhooks =
        ["/a", "/b", "/c"].map(|path| sender.add(&receiver.url(path), &["chat.status_changed"])["id"].clone());
    let site = sender.knock.site();
    for visitor in 1..=CHATS {
        // An event of one server may be delivered by the other.
        let server = if visitor % 2 == 0 { &sender.knock } else { &other };
        let chat = open_as(server, &site, visitor);
        assert_eq!(chat.write(server, visitor, "Is anybody here?").code, 201);
    }
    let mut deliveries = 0;
    for id in &webhooks {
        let ended = sender.until(id, |all| all.iter().all(|one| one["state"] == "delivered"));
        assert!(ended.iter().all(|one| one["attempts"] == 1), "{ended:?}");
        deliveries += ended.len();
    }
    assert!(deliveries as u64 >= 3 * 2 * CHATS, "{deliveries}");
    let heard = receiver.all();
    let ids: BTreeSet<&str> = heard.iter().map(|one| one.header("webhook-id")).collect();
    assert_eq!((heard.len(), ids.len()), (deliveries, deliveries), "each once");
    for server in [&sender.knock, &other] {
        assert!(server.metric("knock_delivery_attempts_total{outcome=\"delivered\"}") > 0.0, "each delivered some");
    }
    // The events of each person are in order.
    for path in ["/a", "/b", "/c"] {
        let mut last = std::collections::BTreeMap::new();
        for one in heard.iter().filter(|one| one.path == path) {
            let body = one.body();
            let before = last.insert(body["data"]["lead"]["id"].to_string(), body["data"]["status"].clone());
            assert_eq!(body["data"]["previous"], before.unwrap_or_default());
        }
    }
}
