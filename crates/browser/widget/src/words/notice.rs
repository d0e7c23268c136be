//! How the connection does.

use crate::chat::Connection;

/// Why there is no chat on a page whose origin its site does not list. The page's owner reads more in the console.
pub(crate) const NOT_ON_THIS_PAGE: &str = "Chat is not available on this page yet.";

/// Something to say above the composer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    /// For the style sheet.
    pub(crate) class: &'static str,
    /// In words.
    pub(crate) words: String,
    /// Whether it can be tried again.
    pub(crate) can_retry: bool,
}

/// What to say of a connection, and of a chat that was refused for a reason; nothing while all is well.
pub(crate) fn notice(connection: Connection, refusal: Option<&str>) -> Option<Notice> {
    if let Some(reason) = refusal {
        let words = match reason {
            NOT_ON_THIS_PAGE => format!("{reason} "),
            _ => format!("This chat is not available. {reason} "),
        };
        return Some(Notice { class: "notice notice-refused", words, can_retry: true });
    }
    let (class, words) = match connection {
        Connection::Idle | Connection::Live => return None,
        Connection::Connecting => ("notice notice-soon", "Connecting\u{2026}"),
        Connection::Reconnecting => ("notice notice-soon", "Reconnecting\u{2026}"),
        Connection::Offline => {
            ("notice notice-offline", "You\u{2019}re offline. What you write will be sent when you\u{2019}re back.")
        }
    };
    Some(Notice { class, words: words.to_owned(), can_retry: false })
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_refusal_outweighs_the_connection_and_good_news_are_none() {
        assert_eq!(notice(Connection::Live, None), None);
        let words = |connection, refusal| notice(connection, refusal).map(|notice| notice.words).unwrap_or_default();
        assert!(words(Connection::Offline, None).contains("will be sent"));
        assert_eq!(words(Connection::Offline, Some("Gone.")), "This chat is not available. Gone. ");
        assert_eq!(words(Connection::Idle, Some(NOT_ON_THIS_PAGE)), "Chat is not available on this page yet. ");
    }
}
