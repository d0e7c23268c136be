//! Properties of any text that is parsed as a word of the vocabulary (`cargo xtask fuzz`).

use knock_model::{
    AccountId, Category, ConversationId, Email, IntentType, LeadId, LinkKind, MessageId, RepId, SessionId, SignalId,
    SignalType, Trust, ViewId, VisitorId,
};
use std::fmt::Display;

/// An address reads back as itself, however often: stores and tokens hold what was read.
#[test]
fn email() {
    knock_fuzz::target("email", |bytes| {
        let Ok(text) = std::str::from_utf8(bytes) else { return };
        let Ok(email) = Email::parse(text) else { return };
        let stored = email.as_str();
        assert_eq!(Email::parse(stored).as_ref(), Ok(&email));
        assert_eq!(Email::parse(&format!(" {stored} \n")).as_ref(), Ok(&email));
        assert!(stored.len() <= 254);
        assert!(!stored.contains(|c: char| c.is_whitespace() || c.is_control() || c == '"' || c == '<'));
        assert_eq!(stored.matches('@').count(), 1);
        assert!(stored.ends_with(email.domain()) && email.domain().contains('.'));
    });
}

/// An id is the very text that was sent, but for its case; a word is spelled in one way.
#[test]
fn id() {
    knock_fuzz::target("id", |bytes| {
        let Ok(text) = std::str::from_utf8(bytes) else { return };
        let v7 = [
            written(VisitorId::parse(text)),
            written(SessionId::parse(text)),
            written(SignalId::parse(text)),
            written(ViewId::parse(text)),
            written(MessageId::parse(text)),
        ];
        let v4 = [
            written(ConversationId::parse(text)),
            written(LeadId::parse(text)),
            written(AccountId::parse(text)),
            written(RepId::parse(text)),
        ];
        // The version tells them apart.
        assert!(v7.iter().all(|one| *one == v7[0]) && v4.iter().all(|one| *one == v4[0]));
        assert!(v7[0].is_none() || v4[0].is_none(), "{text}");
        for read in v7.into_iter().chain(v4).flatten() {
            assert!(read.eq_ignore_ascii_case(text), "{read} {text:?}");
        }
        let words = [
            Category::parse(text).map(Category::as_str),
            SignalType::parse(text).map(SignalType::as_str),
            LinkKind::parse(text).map(LinkKind::as_str),
            IntentType::parse(text).map(IntentType::as_str),
            Trust::parse(text).map(Trust::as_str),
        ];
        assert!(words.into_iter().flatten().all(|word| word == text));
    });
}

fn written<I: Display, E: Display>(read: Result<I, E>) -> Option<String> {
    read.map_err(|error| assert!(!error.to_string().is_empty())).ok().map(|id| id.to_string())
}
