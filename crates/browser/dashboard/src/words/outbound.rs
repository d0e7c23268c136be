//! What waits to be sent from a copy of a workspace.

use knock_model::CrmSystem;
use knock_wire::WaitingDeliveries;

use super::number::counted;

/// A line for each kind.
pub(crate) fn waiting_words(waiting: &[WaitingDeliveries]) -> Vec<String> {
    waiting.iter().map(line).collect()
}

fn line(WaitingDeliveries { destination, deliveries }: &WaitingDeliveries) -> String {
    let of = |noun: &str| counted(i64::try_from(*deliveries).unwrap_or(i64::MAX), noun);
    match &**destination {
        "webhook" => format!("{} for webhooks", of("event")),
        "mail" => of("mail"),
        "push" => format!("{} in browsers of members", of("notification")),
        "calendar" => format!("{} in calendars of members", of("change")),
        "slack" => format!("{} in Slack", of("post")),
        other => match CrmSystem::parse(other) {
            Some(system) => format!("{} in {}", of("update"), system.label()),
            None => format!("{}: {other}", of("delivery")),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::DestinationKind;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn each_kind_is_counted_in_words() {
        let of = |destination: &str, deliveries| WaitingDeliveries { destination: destination.into(), deliveries };
        let waiting = [of("slack", 1_200), of("mail", 1), of("hubspot", 2)];
        assert_eq!(waiting_words(&waiting), ["1,200 posts in Slack", "1 mail", "2 updates in HubSpot"]);
        for kind in DestinationKind::ALL {
            let words = waiting_words(&[of(kind.as_str(), 1)]);
            assert!(!words[0].contains(':'), "{words:?}");
        }
    }
}
