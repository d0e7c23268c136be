//! The state of the connection in words.

use super::{Text, Words};
use crate::chat::Connection;

/// The reason of a refusal by origin: the site does not list it. The page's owner finds more in the console.
pub(crate) const NOT_LISTED: &str = "header/Origin";

/// Reasons of refused files.
pub(crate) const TOO_LARGE: &str = "/file 413";
pub(crate) const NOT_TAKEN: &str = "/file 422";
pub(crate) const NO_ROOM: &str = "/file 507";

/// The reason for which a message was refused, in words.
pub(crate) fn refusal(words: Words, reason: &str) -> &str {
    match reason {
        TOO_LARGE => words.say(Text::TooLarge),
        NOT_TAKEN => words.say(Text::NotTaken),
        NO_ROOM => words.say(Text::NoRoom),
        other => other,
    }
}

/// A notice above the composer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    /// The class in the style sheet.
    pub(crate) class: &'static str,
    pub(crate) words: String,
    pub(crate) can_retry: bool,
}

/// The notice about a connection or a refused chat; none without a problem.
pub(crate) fn notice(words: Words, connection: Connection, refusal: Option<&str>) -> Option<Notice> {
    if let Some(reason) = refusal {
        let words = match reason {
            NOT_LISTED => words.say(Text::NotListed).to_owned(),
            _ => words.fill(Text::Refused, &[("reason", reason)]),
        };
        return Some(Notice { class: "notice notice-refused", words: words + " ", can_retry: true });
    }
    let (class, text) = match connection {
        Connection::Idle | Connection::Live => return None,
        Connection::Connecting => ("notice notice-soon", Text::Connecting),
        Connection::Reconnecting => ("notice notice-soon", Text::Reconnecting),
        Connection::Offline => ("notice notice-offline", Text::Offline),
    };
    Some(Notice { class, words: words.say(text).to_owned(), can_retry: false })
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_refusal_outweighs_the_connection_and_good_news_are_none() {
        let notice = |connection, refusal| notice(Words::of_tag("en"), connection, refusal);
        assert_eq!(notice(Connection::Live, None), None);
        let words = |connection, refusal| notice(connection, refusal).map(|notice| notice.words).unwrap_or_default();
        assert!(words(Connection::Offline, None).contains("will be sent"));
        assert_eq!(words(Connection::Offline, Some("Gone.")), "This chat is not available. Gone. ");
        assert_eq!(words(Connection::Idle, Some(NOT_LISTED)), "Chat is not available on this page yet. ");
    }
}
