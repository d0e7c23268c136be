//! Connectors by the words for what they connect: a test that has none of them cannot tell whether one changed.
//!
//! A whole run does not rely on this; it spares a warm one most tests after a change in one connector.

/// The packages, and the words of which one is in each test that is about them. A connector that is not listed counts
/// for every test of the server.
const CONNECTORS: [(&str, &[&str]); 19] = [
    ("knock-caldav", &["caldav", "calendar"]),
    ("knock-enrich", &["enrich"]),
    ("knock-google", &["google", "calendar"]),
    ("knock-hubspot", &["hubspot", "crm"]),
    ("knock-mail", &["mail", "smtp"]),
    ("knock-imap", &["inbound", "imap", "mail"]),
    ("knock-inbound-mail", &["inbound", "imap", "mail"]),
    ("knock-microsoft", &["microsoft", "calendar"]),
    ("knock-mime", &["inbound", "imap", "mail"]),
    ("knock-pages", &["knowledge", "crawl", "learn"]),
    ("knock-push", &["push", "notif"]),
    ("knock-slack", &["slack"]),
    ("knock-calendar-sync", &["caldav", "calendar"]),
    ("knock-slack-workspace", &["slack"]),
    ("knock-warehouse", &["export", "warehouse"]),
    ("contract-google", &["google", "calendar"]),
    ("contract-hubspot", &["hubspot", "crm"]),
    ("contract-microsoft", &["microsoft", "calendar"]),
    ("contract-slack", &["slack"]),
];

/// The connectors that a test with this text does not touch.
pub(super) fn untouched(text: &str) -> Vec<&'static str> {
    let text = text.to_lowercase();
    let is_named = |words: &[&str]| words.iter().any(|word| text.contains(word));
    CONNECTORS.iter().filter(|(_, words)| !is_named(words)).map(|(package, _)| *package).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::Workspace;

    #[test]
    fn a_test_depends_on_the_connectors_that_it_names() {
        let others = untouched("the rep answers from a Slack thread, the lead gets an e-mail");
        assert!(!others.contains(&"knock-slack") && !others.contains(&"knock-mail"));
        assert!(others.contains(&"knock-hubspot") && others.contains(&"knock-caldav"));
    }

    #[test]
    fn every_listed_package_exists() {
        let workspace = Workspace::load().expect("the workspace");
        for (listed, _) in CONNECTORS {
            assert!(workspace.packages.iter().any(|package| package.name == listed), "{listed}");
        }
    }
}
