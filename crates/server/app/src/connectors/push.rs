//! The connector to push services, and the server's key for its signatures there.

use crate::context::AppContext;
use knock_context::ServerKey;
use knock_outbound::Outbound;
use knock_push::{PushConnector, Vapid};
use std::sync::Arc;

/// The contact for push services where there is neither an https address nor a mail sender.
const NO_CONTACT: &str = "mailto:admin@localhost";

/// The connector that posts by this client; `sender` is the mail sender of this server.
pub(super) fn connector(outbound: &Outbound, sender: &str, core: &AppContext) -> PushConnector {
    let subject = subject(&core.address.url, sender);
    let vapid = vapid(&core.key, &subject);
    PushConnector { outbound: outbound.clone(), vapid, clock: Arc::clone(&core.clock) }
}

/// The key of this server, derived, so that it is in the backup of `secret.key` and in no copy of the database.
pub(crate) fn vapid(key: &ServerKey, subject: &str) -> Vapid {
    let keys = (0u8..=u8::MAX).map(|attempt| key.derive("web-push", &[attempt]));
    let mut vapids = keys.filter_map(|key| Vapid::new(&key, subject.to_owned()));
    vapids.next().expect("that 256 of them are no keys has no chance")
}

/// The address of this server, else of its mail sender: push services refuse any other.
fn subject(url: &str, from: &str) -> String {
    if url.starts_with("https://") {
        return url.to_owned();
    }
    let address = from.rsplit_once('<').map_or(from, |(_, rest)| rest.trim_end_matches('>')).trim();
    if address.contains('@') { format!("mailto:{address}") } else { NO_CONTACT.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subject_is_one_that_push_services_take() {
        assert_eq!(subject("https://chat.acme.example", ""), "https://chat.acme.example");
        assert_eq!(subject("http://localhost:3000", "Acme <hello@acme.example>"), "mailto:hello@acme.example");
        assert_eq!(subject("http://localhost:3000", "hello@acme.example"), "mailto:hello@acme.example");
        assert_eq!(subject("http://localhost:3000", ""), NO_CONTACT);
    }
}
