//! Where a reply to a lead goes, in words.

use super::form::is_by_form;
use knock_wire::ConversationRecord;

/// Where a reply to a lead goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Into the chat, and by mail to this address if the lead has left.
    Chat(Option<String>),
    /// By mail to this address: a lead by form has no chat to read it in.
    Mail(String),
    /// Nowhere: a lead by form with this address, which gets no mail from here.
    Unreachable(String),
    /// Nowhere: a lead by form whose address returned a mail.
    Returned(String),
    /// Nowhere: a lead by form who is marked as spam.
    Spam,
}

impl Reach {
    /// The way to the lead of a conversation.
    pub(crate) fn of(record: &ConversationRecord) -> Reach {
        let row = &record.conversation;
        match record.mail_to.clone() {
            mail_to if !is_by_form(&row.state) => Reach::Chat(mail_to),
            Some(email) => Reach::Mail(email),
            None if row.state.is_spam => Reach::Spam,
            None if record.bounce.as_ref().is_some_and(|bounce| bounce.is_dead) => {
                Reach::Returned(record.bounce.as_ref().map(|bounce| bounce.email.clone()).unwrap_or_default())
            }
            None => Reach::Unreachable(row.contact.as_ref().map(|contact| contact.email.clone()).unwrap_or_default()),
        }
    }

    /// Whether a reply arrives anywhere.
    pub(crate) const fn is_open(&self) -> bool {
        matches!(self, Reach::Chat(_) | Reach::Mail(_))
    }

    /// The hint below the field. That of [`Reach::Unreachable`] goes on with the address to write to, if it is known.
    pub(crate) fn words(&self) -> String {
        match self {
            Reach::Chat(Some(email)) => format!("If they have left, it is mailed to {email}. "),
            Reach::Chat(None) => "It is shown in the chat only. ".to_owned(),
            Reach::Mail(email) => format!("Your message is mailed to {email}, with a link to answer here. "),
            // The server does not say which of both it is.
            Reach::Unreachable(_) => "Mail is not set up, or this lead has unsubscribed, so they cannot be reached \
                                      from here. "
                .to_owned(),
            Reach::Returned(email) => format!("Mail to {email} was returned, so nothing is mailed there. "),
            Reach::Spam => "Nothing is mailed to a lead who is marked as spam. ".to_owned(),
        }
    }

    /// The placeholder of the field.
    pub(crate) const fn placeholder(&self) -> &'static str {
        match self {
            Reach::Chat(_) => "Write to the lead",
            Reach::Mail(_) | Reach::Unreachable(_) | Reach::Returned(_) | Reach::Spam => "Write a mail to the lead",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{sample, sample_form};
    use wasm_bindgen_test::wasm_bindgen_test;

    fn check(record: &ConversationRecord, expected: &Reach, words: &str) {
        let reach = Reach::of(record);
        assert_eq!(&reach, expected);
        assert!(reach.words().starts_with(words), "{}", reach.words());
    }

    #[wasm_bindgen_test]
    fn a_reply_goes_into_the_chat_where_there_is_one() {
        let mut record = sample::record();
        check(&record, &Reach::Chat(None), "It is shown in the chat only.");
        record.mail_to = Some("ann@acme.test".to_owned());
        check(&record, &Reach::Chat(record.mail_to.clone()), "If they have left, it is mailed to ann@acme.test.");
    }

    #[wasm_bindgen_test]
    fn a_reply_to_a_lead_by_form_is_mailed_or_not_possible() {
        let mut record = sample_form::record();
        let mail = Reach::Mail("ann@globex.test".to_owned());
        check(&record, &mail, "Your message is mailed to ann@globex.test, with a link to answer here.");
        record.mail_to = None;
        let unreachable = Reach::Unreachable("ann@globex.test".to_owned());
        check(&record, &unreachable, "Mail is not set up, or this lead has unsubscribed");
        record.bounce = Some(Box::new(sample::bounce()));
        let returned = Reach::Returned("ann@globex.test".to_owned());
        check(&record, &returned, "Mail to ann@globex.test was returned, so nothing is mailed there.");
        record.conversation.state.is_spam = true;
        check(&record, &Reach::Spam, "Nothing is mailed");
        assert!(mail.is_open() && !unreachable.is_open() && !returned.is_open() && !Reach::Spam.is_open());
    }
}
