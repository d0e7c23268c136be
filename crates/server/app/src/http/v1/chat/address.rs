//! The parameters of the address that led a visitor to a chat.

use crate::contact_token::ContactToken;
use crate::resume::Resume;
use knock_context::ServerKey;
use knock_model::{ConversationId, Email, Millis};
use knock_routing::Utm;
use url::form_urlencoded;

/// The longest query that is looked at, in bytes.
const LONGEST_QUERY: usize = 4_096;

/// The result of an address; invalid parts of it are ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Opened {
    /// The conversation of a mailed reply.
    pub(super) resume: Option<ConversationId>,
    /// The contact of a mail merge.
    pub(super) contact: Option<Email>,
    pub(super) utm: Utm,
}

impl Opened {
    /// Reads the token of a mailed reply, or the query of a Knock Link's address, from its `?` on.
    pub(super) fn read(text: &str, key: &ServerKey, now: Millis) -> Opened {
        let Some(query) = text.strip_prefix('?').filter(|query| query.len() <= LONGEST_QUERY) else {
            return Opened { resume: Resume::open(text, key, now), ..Opened::default() };
        };
        let token = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "c");
        let contact = token.and_then(|(_, token)| ContactToken::open(&token, key, now));
        Opened { resume: None, contact, utm: Utm::of_address(text) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemChance;

    const NOW: Millis = Millis(1_780_000_000_000);

    #[test]
    fn a_query_names_campaign_and_contact_and_a_token_its_conversation() {
        let dir = tempfile::tempdir().expect("a directory");
        let key = crate::data::server_key::open(dir.path(), &SystemChance, || Ok(())).expect("it opens");
        let ann = Email::parse("ann@acme.example").expect("an address");
        let conversation = ConversationId::new([7; 16]);
        let contact = ContactToken::new(ann.clone(), NOW).seal(&key, &SystemChance);
        let resume = Resume::new(conversation, NOW).sign(&key);
        let utm = Utm { source: "g2".into(), ..Utm::default() };
        let none = Opened::default;
        for (text, expected) in [
            (
                format!("?utm_source=g2&c={}", contact.reveal()),
                Opened { contact: Some(ann), utm: utm.clone(), ..none() },
            ),
            ("?utm_source=g2&c=x".to_owned(), Opened { utm, ..none() }),
            (resume.reveal().to_owned(), Opened { resume: Some(conversation), ..none() }),
            (format!("?c={}", resume.reveal()), none()),
            (contact.reveal().to_owned(), none()),
            (String::new(), none()),
        ] {
            assert_eq!(Opened::read(&text, &key, NOW), expected, "{text}");
        }
    }
}
