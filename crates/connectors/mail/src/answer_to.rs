//! Where an answer to a mail to a lead goes.

use crate::links::Links;
use knock_model::ConversationId;

/// Where an answer to the mail goes.
pub(crate) struct AnswerTo {
    /// The key of the sentence about it.
    pub(crate) key: &'static str,
    pub(crate) email: Option<String>,
    /// The address of the conversation itself, at a mailbox that takes such addresses.
    pub(crate) bounces_to: Option<String>,
    pub(crate) tag: Option<String>,
}

impl AnswerTo {
    /// Into the conversation by the mailbox for answers, which may take addresses with a tag; without one, to the rep.
    pub(crate) fn of(
        conversation: Option<ConversationId>,
        (mailbox, has_tags): (&str, bool),
        rep_email: &str,
        links: &dyn Links,
    ) -> AnswerTo {
        let Some(conversation) = conversation.filter(|_| !mailbox.is_empty()) else {
            let email = Some(rep_email.to_owned()).filter(|email| !email.is_empty());
            let key = if email.is_some() { "answer.rep" } else { "answer.none" };
            return AnswerTo { key, email, bounces_to: None, tag: None };
        };
        let tag = links.reply_tag(conversation);
        let tagged = if has_tags { tagged(mailbox, &tag) } else { None };
        let email = tagged.clone().unwrap_or_else(|| mailbox.to_owned());
        AnswerTo { key: "answer.chat", email: Some(email), bounces_to: tagged, tag: Some(tag) }
    }
}

/// An address with a tag, as in `replies+TAG@acme.example`.
fn tagged(address: &str, tag: &str) -> Option<String> {
    let (local, domain) = address.rsplit_once('@')?;
    Some(format!("{local}+{tag}@{domain}"))
}
