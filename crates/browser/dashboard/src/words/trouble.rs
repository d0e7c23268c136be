//! What this server does not deliver at the moment.

use knock_model::{CrmSystem, Millis};
use knock_wire::DeliveryTrouble;

use super::span::ago;

/// What is not delivered, and what an admin can do.
pub(crate) fn trouble_words(of: &DeliveryTrouble, now: Millis) -> String {
    let what = match &*of.destination {
        "webhook" => "Events for a webhook".to_owned(),
        "mail" => "Mails".to_owned(),
        "push" => "Notifications in browsers".to_owned(),
        "calendar" => "Meetings in a calendar".to_owned(),
        "slack" => "Posts in Slack".to_owned(),
        other => {
            CrmSystem::parse(other).map_or_else(|| other.to_owned(), |system| format!("Updates in {}", system.label()))
        }
    };
    let late = of.late_since.map(|at| format!("{what} are late: the oldest was due {}.", ago(at, now)));
    let panicked = "It tries again for a day. The server's log says where: report it to the developers of Knock.";
    let panicked = of.has_panicked.then(|| format!("{what}: the server failed while it was sending one. {panicked}"));
    late.into_iter().chain(panicked).collect::<Vec<_>>().join(" ")
}

/// The page about a kind of destination and its name; none if each member has an own one.
pub(crate) fn trouble_page(destination: &str) -> Option<(&'static str, &'static str)> {
    match destination {
        "webhook" => Some(("/app/settings/webhooks", "Settings > Webhooks")),
        "mail" => Some(("/app/settings/mail", "Settings > Mail")),
        "slack" => Some(("/app/settings/slack", "Settings > Slack")),
        other => CrmSystem::parse(other).map(|_| ("/app/settings/crm", "Settings > CRM Sync")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_trouble_says_what_is_late_and_what_to_do() {
        let now = Millis(1_795_163_907_123);
        let of = |late_since, has_panicked| DeliveryTrouble { destination: "mail".into(), late_since, has_panicked };
        let late = "Mails are late: the oldest was due 20 min ago.";
        assert_eq!(trouble_words(&of(Some(now - Millis(20 * 60_000)), false), now), late);
        let panicked = "Mails: the server failed while it was sending one. It tries again for a day. The server's log \
                        says where: report it to the developers of Knock.";
        assert_eq!(trouble_words(&of(None, true), now), panicked);
        assert_eq!(trouble_words(&of(Some(now - Millis(20 * 60_000)), true), now), format!("{late} {panicked}"));
    }

    #[wasm_bindgen_test]
    fn each_crm_is_named_and_mended_on_its_page() {
        for system in CrmSystem::ALL {
            let of = DeliveryTrouble {
                destination: system.as_str().into(),
                late_since: Some(Millis(0)),
                has_panicked: false,
            };
            let words = trouble_words(&of, Millis(60_000));
            assert!(words.starts_with(&format!("Updates in {} are late", system.label())), "{words}");
            assert_eq!(trouble_page(system.as_str()), Some(("/app/settings/crm", "Settings > CRM Sync")));
        }
        assert_eq!(trouble_page("calendar"), None);
    }
}
