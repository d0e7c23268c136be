//! Failures in words, with advice.

use super::site::field_errors;
use crate::api::Failure;

/// A heading and a sentence of advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FailureWords {
    pub(crate) title: String,
    /// The sentence of advice.
    pub(crate) advice: String,
}

pub(crate) fn failure_words(failure: &Failure) -> FailureWords {
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
        Failure::Refused(problem) if problem.status_code == 429 => (&*problem.title, "Try again later."),
        Failure::Refused(problem) => {
            let detail = if problem.detail.is_empty() { "Try again in a moment." } else { &problem.detail };
            (problem.title.as_str(), detail)
        }
    };
    FailureWords { title: title.to_owned(), advice: advice.to_owned() }
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
    use knock_wire::Problem;
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
        assert_eq!(words, FailureWords { title, advice: "Try again in a moment.".to_owned() });
    }
}
