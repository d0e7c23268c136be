//! Calendars that are connected by a consent at their provider, in words.

use knock_model::CalendarProvider;
use knock_wire::{CalendarApp, CalendarProviderWord};

/// The services whose calendars a provider connects; empty for one that this version does not know.
pub(crate) fn provider_hint(provider: &CalendarProviderWord) -> &'static str {
    match provider.known() {
        Some(CalendarProvider::Caldav) => "iCloud, Nextcloud, Fastmail and others",
        Some(CalendarProvider::Google) => "Gmail and Google Workspace",
        Some(CalendarProvider::Microsoft) => "Outlook.com and Microsoft 365",
        None => "",
    }
}

/// The sentence before the button that leads to the provider.
pub(crate) const CONSENT_HINT: &str = "You sign in there, and come back here. Knock never sees your password.";

/// The sentence in place of that button while no app is entered; the name is that of the provider.
pub(crate) fn not_ready_words(name: &str, enters_apps: bool) -> String {
    match enters_apps {
        true => format!("{name} can be connected once its app is entered."),
        false => format!("{name} can be connected once an admin has entered its app."),
    }
}

/// The company that asks for the consent.
const fn vendor(provider: CalendarProvider) -> &'static str {
    match provider {
        CalendarProvider::Caldav => "the server",
        CalendarProvider::Google => "Google",
        CalendarProvider::Microsoft => "Microsoft",
    }
}

/// The sentence for the outcome word in the server's redirect and for the reason of a refusal, and whether it is an
/// error; none without an outcome, or of an unknown provider.
pub(crate) fn consent_words(calendar: &str, install: &str, why: &str) -> Option<(bool, String)> {
    let provider = CalendarProvider::parse(calendar)?;
    let (name, vendor) = (provider.label(), vendor(provider));
    let words = match install {
        "" => return None,
        "done" => {
            return Some((false, format!("{name} is connected. Choose which of its calendars block times.")));
        }
        "signed-out" => format!("You were signed out meanwhile. Connect {name} again."),
        "not-permitted" => "Your role cannot connect calendars.".to_owned(),
        "denied" => format!("The consent was cancelled at {vendor}. Nothing was changed."),
        "expired" => format!("The consent took longer than ten minutes. Connect {name} again."),
        "foreign" => {
            format!(
                "The consent was begun in another browser or session. Finish it there, or connect {name} again here."
            )
        }
        "unknown" => format!("This consent was used already, or not begun here. Connect {name} again."),
        "unreachable" => format!("{vendor} did not answer. Connect {name} again in a minute."),
        "refused" => refused_words(provider, why),
        _ => format!("{name} could not be stored. Connect it again."),
    };
    Some((true, words))
}

fn refused_words(provider: CalendarProvider, why: &str) -> String {
    let (name, vendor) = (provider.label(), vendor(provider));
    match (why, provider) {
        ("missing_scopes", CalendarProvider::Google) => {
            "Tick all boxes on Google\u{2019}s page: without them, busy times cannot be read or meetings written. Connect Google Calendar again.".to_owned()
        }
        ("missing_scopes", _) => format!(
            "{vendor} did not grant everything that is asked for: without it, busy times cannot be read or meetings written. Connect {name} again, or ask an admin of your organisation there to allow it."
        ),
        ("other_account", _) => format!(
            "That is another account than the one to sign in to again. Nothing was changed. Choose the same account on {vendor}\u{2019}s page, or connect the other one as a new account."
        ),
        ("is_connected", _) => "This account is connected already.".to_owned(),
        ("too_many", _) => "You cannot connect any more accounts. Disconnect one first.".to_owned(),
        ("no_calendars", _) => format!("The account has no calendars at {vendor}. Nothing was connected."),
        ("account_unread", _) => format!("{vendor} did not name the account. Connect {name} again."),
        ("no_app", _) => format!("The app of {name} was removed meanwhile. An admin has to enter it again."),
        ("", _) => format!(
            "{vendor} did not accept the consent. Connect {name} again. If that goes on, an admin has to check the client secret of the app: it may have expired."
        ),
        (why, _) => format!("{vendor} refused the consent: {why}. Connect {name} again."),
    }
}

/// The state of a provider's app.
pub(crate) fn app_words(app: &CalendarApp) -> String {
    let accounts = match app.accounts {
        0 => "No account is connected.".to_owned(),
        1 => "1 account is connected.".to_owned(),
        many => format!("{many} accounts are connected."),
    };
    match (app.is_configured, app.is_ready, app.accounts) {
        (true, _, _) => format!("It stands in the configuration of the server and is changed there. {accounts}"),
        (false, true, _) => format!("It is entered: members can connect their calendars. {accounts}"),
        (false, false, 0) => "It is not entered: members cannot connect their calendars.".to_owned(),
        (false, false, many) => format!("It is not entered: {}.", unread_words(many)),
    }
}

/// The consequences of removing an app.
pub(crate) fn removing_words(app: &CalendarApp) -> String {
    let name = &app.name;
    match app.accounts {
        0 => format!("{name} cannot be connected until an app is entered again."),
        many => format!(
            "Until it is entered again, {}. With another app, {name} has to be connected again.",
            unread_words(many)
        ),
    }
}

/// What is wrong with accounts without an app.
fn unread_words(accounts: u64) -> String {
    match accounts {
        1 => "1 account cannot be read, and its member cannot be booked".to_owned(),
        many => format!("{many} accounts cannot be read, and their members cannot be booked"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    const ENDS: [&str; 9] =
        ["signed-out", "not-permitted", "denied", "expired", "foreign", "unknown", "unreachable", "refused", "failed"];

    #[wasm_bindgen_test]
    fn each_end_of_a_consent_has_its_sentence() {
        let said = |install: &str, why: &str| consent_words("google", install, why);
        assert_eq!((said("", ""), consent_words("another", "done", "")), (None, None));
        assert!(said("done", "").is_some_and(|(is_wrong, words)| !is_wrong && words.starts_with("Google Calendar is")));
        let mut all: Vec<_> = ENDS.iter().filter_map(|end| said(end, "")).collect();
        assert!(all.iter().all(|(is_wrong, words)| *is_wrong && words.ends_with('.')));
        all.sort();
        all.dedup();
        assert_eq!(all.len(), ENDS.len());
    }

    #[wasm_bindgen_test]
    fn a_refused_consent_says_what_mends_it() {
        for (calendar, why, part) in [
            ("google", "missing_scopes", "Tick all boxes on Google\u{2019}s page"),
            ("microsoft", "missing_scopes", "Microsoft did not grant everything"),
            ("google", "other_account", "another account than the one"),
            ("microsoft", "", "an admin has to check the client secret"),
            ("microsoft", "is_connected", "is connected already"),
            ("google", "too_many", "Disconnect one first"),
            ("google", "no_calendars", "has no calendars at Google"),
            ("google", "account_unread", "Google did not name the account"),
            ("google", "no_app", "The app of Google Calendar was removed"),
            ("google", "temporarily_unavailable", "Google refused the consent: temporarily_unavailable."),
        ] {
            let (is_wrong, words) = consent_words(calendar, "refused", why).expect("a sentence");
            assert!(is_wrong && words.contains(part), "{words}");
        }
    }

    #[wasm_bindgen_test]
    fn an_app_says_what_it_does_and_what_its_removal_does() {
        for (is_configured, is_ready, accounts, state, removal) in [
            (true, true, 1, "of the server and is changed there. 1 account is", "1 account cannot be read, and its"),
            (false, true, 3, "members can connect their calendars. 3 accounts are", "3 accounts cannot be read, and"),
            (false, false, 0, "members cannot connect their calendars.", "Google Calendar cannot be connected"),
            (false, false, 2, "2 accounts cannot be read, and their members", "2 accounts cannot be read, and their"),
        ] {
            let known = sample::calendar_app(CalendarProvider::Google);
            let app = CalendarApp { is_configured, is_ready, accounts, ..known };
            let (words, removing) = (app_words(&app), removing_words(&app));
            assert!(words.contains(state), "{words}");
            assert!(removing.contains(removal) && removing.contains("entered again"), "{removing}");
        }
    }

    #[wasm_bindgen_test]
    fn a_provider_says_whose_calendars_it_has_and_what_it_needs() {
        for provider in [CalendarProvider::Caldav, CalendarProvider::Google, CalendarProvider::Microsoft] {
            assert!(!provider_hint(&provider.into()).is_empty());
        }
        let unknown: CalendarProviderWord = serde_json::from_value("another".into()).expect("a word");
        assert_eq!(provider_hint(&unknown), "");
        assert!(not_ready_words("Google Calendar", false).contains("an admin has entered"));
        assert!(!not_ready_words("Google Calendar", true).contains("an admin"));
    }
}
