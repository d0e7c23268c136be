//! The result of an installation, in words.

/// The sentence for the outcome word in the server's redirect and for the vendor's own word, and whether it is an
/// error; none without an outcome.
pub(crate) fn install_words(vendor: &str, install: &str, why: &str) -> Option<(bool, String)> {
    let wrong = |words: String| Some((true, words));
    match (install, why) {
        ("", _) => None,
        ("done", _) => Some((false, format!("{vendor} is connected."))),
        ("signed-out", _) => wrong("You were signed out meanwhile. Install the app again.".to_owned()),
        ("not-permitted", _) => wrong("Only an admin can install the app.".to_owned()),
        ("denied", _) => wrong(format!("The installation was cancelled in {vendor}. Nothing was changed.")),
        ("expired", _) => wrong("The installation took longer than ten minutes. Install the app again.".to_owned()),
        ("foreign", _) => wrong(
            "The installation was begun in another browser or session. Finish it there, or install the app again here."
                .to_owned(),
        ),
        ("unknown", _) => {
            wrong("This installation was used already, or not begun here. Install the app again.".to_owned())
        }
        ("unreachable", _) => wrong(format!("{vendor} did not answer. Install the app again in a minute.")),
        ("refused", "bad_client_secret") => {
            wrong("Slack does not accept the Client Secret. Copy it again under Basic Information.".to_owned())
        }
        ("refused", "bad_redirect_uri") => wrong(
            "The app does not know the address of this server. Make it from the manifest, or add the redirect URL."
                .to_owned(),
        ),
        ("refused", "configured") => wrong("The access stands in the configuration of the server.".to_owned()),
        ("refused", "account_unread") => wrong(format!(
            "{vendor} accepted the app, but not the request for the name of the account. Check the scopes of the app, and install it again."
        )),
        ("refused", "") => wrong(format!(
            "{vendor} did not accept the app. Check its client ID, its client secret and its redirect URL, and install it again."
        )),
        ("refused", why) => wrong(format!("{vendor} refused the installation: {why}. Install the app again.")),
        _ => wrong("The installation could not be stored. Install the app again.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn each_end_has_its_sentence() {
        let said = |install: &str, why: &str| install_words("Slack", install, why);
        assert_eq!(said("", ""), None);
        assert_eq!(said("done", ""), Some((false, "Slack is connected.".to_owned())));
        let ends = [
            "signed-out",
            "not-permitted",
            "denied",
            "expired",
            "foreign",
            "unknown",
            "unreachable",
            "refused",
            "other",
        ];
        let mut all: Vec<_> = ends.iter().filter_map(|end| said(end, "")).collect();
        assert!(all.iter().all(|(is_wrong, _)| *is_wrong));
        all.dedup();
        assert_eq!(all.len(), ends.len());
        let unread = said("refused", "account_unread").expect("a sentence").1;
        assert!(!unread.contains("secret") && !unread.contains("client ID"), "the app is right: {unread}");
        assert!(said("refused", "invalid_code").is_some_and(|(_, words)| words.contains("invalid_code")));
    }
}
