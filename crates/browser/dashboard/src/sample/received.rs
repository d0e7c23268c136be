//! Received and returned mails for the tests.

use knock_model::ReceivedKind;
use knock_wire::{MailBounceShown, MailShown};

use super::AT;

/// A mail of the lead that is the message 1.
pub(crate) fn received_mail() -> MailShown {
    MailShown {
        seq: Some(1),
        kind: ReceivedKind::Message.into(),
        at: AT,
        sender: "ann@globex.test".to_owned(),
        sender_name: String::new(),
        is_other: false,
        subject: "Re: Bo of Acme replied to you".to_owned(),
        text: String::new(),
        quoted: String::new(),
        left_out: Vec::new(),
    }
}

/// A mail to the lead that was returned, from an address that does not exist.
pub(crate) fn bounce() -> MailBounceShown {
    let (email, reason) = ("ann@globex.test".to_owned(), "5.1.1 user unknown".to_owned());
    MailBounceShown { email, at: AT, reason, is_dead: true }
}
