//! The recipient of a conversation's mails.
//!
//! Ids of visitors are not secret: a stranger can send an `identify` with their own address for the visitor of another
//! person. So an address gets mail of a conversation only if the conversation itself gave it: in a message, in a booking
//! made from it, as the answer to a question for the right spelling, or as the address by which its page identified the visitor.

use knock_model::{ConversationId, Email, LeadId, MessageChannel};
use knock_ports::{Conversation, Lead, Message, MessageAuthor, StoreError, View};
use url::Host;

/// Returns the address that a conversation can be mailed to: the lead's, if the conversation gave it, else the last one
/// that it gave.
pub(crate) fn recipient(
    view: &dyn View,
    conversation: &Conversation,
    messages: &[Message],
    lead: &Lead,
) -> Result<Option<Email>, StoreError> {
    let mut given = written(messages);
    let is_known = |given: &[Email]| lead.email.as_ref().is_some_and(|email| given.contains(email));
    if is_known(&given) || lead.email.is_some() && conversation.identified == lead.email {
        return Ok(lead.email.clone());
    }
    if lead.email.is_none() {
        // A lead with a booking has an address: the meetings need not be read. A mistyped address belongs to another
        // person, unless it is typed again.
        let is_meant = |at: &usize| given[*at].meant().is_none() || given[..*at].contains(&given[*at]);
        let last = (0..given.len()).rev().find(is_meant);
        return Ok(last.map(|at| given.swap_remove(at)));
    }
    given.splice(0..0, booked(view, lead, conversation.id)?);
    Ok(if is_known(&given) { lead.email.clone() } else { given.pop() })
}

/// The same as text, if mail is set up and the lead gets mail at all.
pub(crate) fn mail_to(
    view: &dyn View,
    conversation: &Conversation,
    messages: &[Message],
) -> Result<Option<String>, StoreError> {
    let Some(lead) = view.lead(conversation.lead)?.filter(|lead| !lead.is_spam) else { return Ok(None) };
    if !view.settings()?.sends_mail || view.mail_stopped_at(lead.id)?.is_some() {
        return Ok(None);
    }
    let Some(email) = recipient(view, conversation, messages, &lead)? else { return Ok(None) };
    Ok((!is_dead(view, lead.id, &email)?).then(|| email.to_text()))
}

/// Whether a reply arrives nowhere: a lead by form has no chat to read it in, and this one is not mailed either. Who was
/// invited on the site reads it there.
pub(crate) fn is_out_of_reach(
    view: &dyn View,
    conversation: &Conversation,
    messages: &[Message],
) -> Result<bool, StoreError> {
    let is_by_form = view.chat_summary(conversation.lead)?.is_some_and(|chat| chat.status.is_none());
    let may_be_read = !is_by_form || !view.invitations_in(conversation.id)?.is_empty();
    Ok(!may_be_read && mail_to(view, conversation, messages)?.is_none())
}

/// Whether nothing is mailed to an address of a lead any more, since mail was returned from there.
pub(crate) fn is_dead(view: &dyn View, lead: LeadId, email: &Email) -> Result<bool, StoreError> {
    Ok(view.mail_bounces(lead)?.iter().any(|bounce| bounce.is_dead && bounce.email == *email))
}

/// Whether the conversation knows an address as its lead's: from the record, from the page, or because it was given in
/// it.
pub(crate) fn is_known(
    view: &dyn View,
    conversation: &Conversation,
    messages: &[Message],
    (lead, email): (&Lead, &Email),
) -> Result<bool, StoreError> {
    let is_it = |known: &Email| is_same(known.as_str(), email.as_str());
    let is_said = lead.email.iter().chain(&conversation.identified).any(is_it);
    Ok(is_said || written(messages).iter().any(is_it) || booked(view, lead, conversation.id)?.iter().any(is_it))
}

/// Whether two addresses are one: mail servers and many programs write a domain of other scripts in ASCII.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    let in_ascii = |address: &str| {
        let (local, domain) = address.rsplit_once('@')?;
        Some(format!("{local}@{}", Host::parse(domain).ok()?))
    };
    one == other || in_ascii(one).is_some_and(|one| in_ascii(other) == Some(one))
}

/// The addresses in messages of the lead. One in a mail may be that of anybody: signatures name colleagues.
fn written(messages: &[Message]) -> Vec<Email> {
    let of_lead = |message: &&Message| message.author == MessageAuthor::Lead && message.channel == MessageChannel::Chat;
    messages.iter().filter(of_lead).filter_map(|message| Email::find(&message.text)).collect()
}

/// The addresses of bookings that were made from a conversation.
fn booked(view: &dyn View, lead: &Lead, conversation: ConversationId) -> Result<Vec<Email>, StoreError> {
    let meetings = view.meetings_of_lead(lead.id)?.into_iter().map(|meeting| meeting.details);
    let from_here = meetings.filter(|details| details.conversation == Some(conversation));
    Ok(from_here.filter_map(|details| Email::parse(&details.email).ok()).collect())
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn a_domain_is_the_same_in_letters_and_in_ascii() {
        for (one, other, expected) in [
            ("ann@acme.example", "ann@acme.example", true),
            ("ann@müller.example", "ann@xn--mller-kva.example", true),
            ("ann@xn--e1afmkfd.xn--p1ai", "ann@пример.рф", true),
            ("jürgen@müller.example", "jürgen@xn--mller-kva.example", true),
            ("ann@müller.example", "ann@muller.example", false),
            ("ann@acme.example", "bo@acme.example", false),
            ("ann@acme.example", "ann@mail.acme.example", false),
            ("", "", true),
            ("ann", "bo", false),
        ] {
            assert_eq!(is_same(one, other), expected, "{one} {other}");
        }
    }
}
