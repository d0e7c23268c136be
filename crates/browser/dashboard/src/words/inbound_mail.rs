//! Answers by mail in words: what becomes of them, and what is wrong with the mailbox.

use knock_wire::{InboundMailSettings, InboundWay};

use super::network::plain_part;

/// What becomes of an answer to a mail now.
pub(crate) fn way_words(settings: &InboundMailSettings) -> String {
    let address = &settings.address;
    match settings.way {
        InboundWay::None => "An answer to a mail goes to the rep who wrote it, not into the conversation.".to_owned(),
        InboundWay::Imap => {
            format!("Answers go to {address} and into their conversations. The mailbox is read every 20 seconds.")
        }
        InboundWay::Hook => {
            format!("Answers go to {address} and into their conversations. Your mail provider posts them.")
        }
    }
}

/// Why the mailbox cannot be read, since when, and what helps.
pub(crate) fn problem_words(problem: &str, since: Option<String>) -> String {
    if problem.is_empty() {
        return String::new();
    }
    let since = since.map_or_else(String::new, |since| format!(" since {since}"));
    let problem = plain_part(problem);
    format!(
        "The mailbox cannot be read{since}. {problem}. Mails wait there and are taken once it can. Change the settings, \
         or look again."
    )
}

/// What follows from ending it.
pub(crate) fn leaving_words(address: &str) -> String {
    format!(
        "Replies name the rep for answers from the next mail on. Answers to earlier mails stay in {address} and reach no \
         conversation. What was taken stays."
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn what_becomes_of_an_answer_is_said() {
        let of = |way| {
            let address = "replies@acme.test".to_owned();
            way_words(&InboundMailSettings { way, address, ..InboundMailSettings::default() })
        };
        assert!(of(InboundWay::None).contains("goes to the rep"));
        assert!(of(InboundWay::Imap).starts_with("Answers go to replies@acme.test"));
        assert!(of(InboundWay::Hook).ends_with("Your mail provider posts them."));
    }

    #[wasm_bindgen_test]
    fn a_problem_is_said_with_its_remedy() {
        assert_eq!(problem_words("", None), "");
        let words = problem_words("The password is wrong.", Some("Monday".to_owned()));
        assert!(
            words.starts_with("The mailbox cannot be read since Monday. The password is wrong. Mails wait"),
            "{words}"
        );
    }
}
