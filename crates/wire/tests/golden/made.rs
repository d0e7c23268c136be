//! Values that many shapes have in common.

use knock_model::{
    AccountId, Bucket, ConversationId, FileId, IntentType, LeadId, MessageId, Millis, SessionId, VisitorId,
};
use knock_wire::{AccountRef, ContactRef, Intent, RawSecret};

/// The instant at which everything happens.
pub(crate) const AT: Millis = Millis(1_795_163_907_123);

pub(crate) fn lead() -> LeadId {
    LeadId::new([4; 16])
}

pub(crate) fn account() -> AccountId {
    AccountId::new([5; 16])
}

pub(crate) fn conversation() -> ConversationId {
    ConversationId::new([6; 16])
}

pub(crate) fn visitor() -> VisitorId {
    VisitorId::new(AT, &[1; 10])
}

pub(crate) fn session() -> SessionId {
    SessionId::new(AT, &[2; 10])
}

pub(crate) fn file(number: u8) -> FileId {
    FileId::new(AT, &[number; 10])
}

pub(crate) fn message(number: u8) -> MessageId {
    MessageId::new(AT, &[number; 10])
}

pub(crate) fn secret() -> RawSecret {
    RawSecret::from("c2VjcmV0".to_owned())
}

pub(crate) fn contact_ref() -> ContactRef {
    let phone = String::new();
    ContactRef { id: lead(), email: "ann@globex.test".to_owned(), display_name: "ann@globex.test".to_owned(), phone }
}

pub(crate) fn account_ref() -> AccountRef {
    AccountRef { id: account(), domain: "globex.test".to_owned() }
}

pub(crate) fn intent() -> Intent {
    Intent {
        bucket: Bucket::High,
        score: 62.4,
        kind: IntentType::Buying,
        provisional_type: IntentType::Partnership,
        engagement: 40,
        at: AT,
        next_change_at: Some(AT + Millis::DAY),
    }
}
