//! Failures in words, with advice.

use super::network::{network_words, vendor_words};
use super::reason::sentences;
use super::site::field_errors;
use crate::api::Failure;
use knock_wire::Problem;

/// Vendors whose addresses are not typed by anyone here.
const VENDORS: [&str; 3] = ["HubSpot", "Slack", "Salesforce"];

/// A heading and a sentence of advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FailureWords {
    pub(crate) title: String,
    /// The sentence of advice.
    pub(crate) advice: String,
    /// The text of the network or of TLS behind it; empty for none.
    pub(crate) detail: String,
}

pub(crate) fn failure_words(failure: &Failure) -> FailureWords {
    if let Failure::Refused(problem) = failure
        && problem.status_code != 429
    {
        return refused_words(problem);
    }
    let (title, advice) = match failure {
        Failure::Unreachable => (
            "The server cannot be reached",
            "Check your network. This page tries again by itself as soon as the server answers.",
        ),
        Failure::SignedOut => ("You are signed out", "Sign in again to go on."),
        Failure::NotFound => ("Not found", "It may have been erased, or the link is incomplete."),
        Failure::Unreadable => {
            ("The server's answer was not understood", "It may have been updated: reload this page.")
        }
        // The details of a rate limit are for programs that retry by themselves.
        Failure::Refused(problem) => (&*problem.title, "Try again later."),
    };
    FailureWords { title: title.to_owned(), advice: advice.to_owned(), detail: String::new() }
}

/// The words of a problem document: its errors by the labels of their fields, a failed connection with its raw text.
fn refused_words(problem: &Problem) -> FailureWords {
    let detail = &problem.detail;
    let errors = sentences(problem);
    let vendor = VENDORS.iter().find(|vendor| problem.title.contains(**vendor) || detail.contains(**vendor));
    let advice = match (network_words(detail), vendor) {
        (Some(_), Some(vendor)) => vendor_words(vendor, detail),
        (Some(words), None) => words.to_owned(),
        // A detail of the server's own says more than its fields.
        _ if problem.errors.iter().any(|error| detail.is_empty() || detail.ends_with(&error.reason)) => errors,
        _ if detail.is_empty() => "Try again in a moment.".to_owned(),
        _ => detail.clone(),
    };
    let detail = network_words(detail).map_or_else(String::new, |_| detail.clone());
    FailureWords { title: problem.title.clone(), advice, detail }
}

/// The state of a message that met an outage: the failure and the next step.
pub(crate) fn unsent_words(failure: &Failure) -> String {
    format!("Not sent yet: {}. It is sent automatically.", failure_words(failure).title)
}

/// The server's errors of a field, by its name in the request.
pub(crate) fn errors_at(failure: Option<&Failure>, field: &str) -> Vec<String> {
    match failure {
        Some(Failure::Refused(problem)) => field_errors(problem, field),
        _ => Vec::new(),
    }
}

/// A failure, unless one of these fields shows it.
pub(crate) fn unplaced(failure: Option<Failure>, fields: &[&str]) -> Option<Failure> {
    failure.filter(|failure| fields.iter().all(|field| errors_at(Some(failure), field).is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_wire::FieldError;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_rate_limit_asks_to_try_later() {
        let detail = "more than this address may send".to_owned();
        let problem = Problem { title: "Too much at once".to_owned(), status_code: 429, detail, ..Problem::default() };
        assert_eq!(failure_words(&Failure::Refused(problem)).advice, "Try again later.");
    }

    #[wasm_bindgen_test]
    fn an_unsent_message_says_why() {
        let words = unsent_words(&Failure::Unreachable);
        assert_eq!(words, "Not sent yet: The server cannot be reached. It is sent automatically.");
    }

    #[wasm_bindgen_test]
    fn a_problem_speaks_for_itself() {
        let title = "Too many requests".to_owned();
        let words = failure_words(&Failure::Refused(Problem { title: title.clone(), ..Problem::default() }));
        let (advice, detail) = ("Try again in a moment.".to_owned(), String::new());
        assert_eq!(words, FailureWords { title, advice, detail });
    }

    #[wasm_bindgen_test]
    fn no_pointer_and_no_text_of_tls_is_the_advice() {
        let of = |detail: &str, errors| {
            failure_words(&Failure::Refused(Problem { detail: detail.to_owned(), errors, ..Problem::default() }))
        };
        let error = FieldError { pointer: "/start_at".into(), reason: "is not in the future".into() };
        let words = of("/start_at: is not in the future", vec![error]);
        assert_eq!((&*words.advice, &*words.detail), ("\u{201c}Starts\u{201d} is not in the future.", ""));
        let words = of("invalid peer certificate: UnknownIssuer", Vec::new());
        assert!(words.advice.starts_with("The certificate there is not trusted."));
        assert_eq!(words.detail, "invalid peer certificate: UnknownIssuer");
        assert_eq!(of("The disk is full.", Vec::new()).advice, "The disk is full.");
    }
}
