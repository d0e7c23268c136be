//! Mails about a rep's replies to a lead with an address, if these do not reach the lead's browser in time.

use crate::changes::Changes;
use crate::effects::Letter;
use crate::language::language_of_chat;
use crate::notice::Notice;
use crate::recipient::{is_dead, recipient};
use knock_model::{ConversationId, Label, LeadId, MemberState, Millis};
use knock_ports::{
    ChatPlace, Conversation, Ledger, Member, Message, MessageAuthor, Reading, ReplyMail, StoreError, Subject,
};
use knock_status::chat::Event;

/// The longest delay of a reply mail: a later one was scheduled by a clock that was ahead.
const LONGEST: Millis = Millis::days(1);
/// The maximum number of page views of a session read for the last one.
const VIEWS: u32 = 1_000;
/// The maximum number of messages of the lead that a mail quotes.
const QUOTED: usize = 3;
/// The maximum length of a quoted message, in characters.
const LONGEST_QUOTE: usize = 600;

/// Schedules the mail about a reply that does not reach the lead's browser within `after`; later replies defer it, so that
/// all of them come in one mail.
pub(super) fn schedule_reply(
    ledger: &mut dyn Ledger,
    conversation: &Conversation,
    after: Option<Millis>,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let Some(after) = after else { return Ok(()) };
    ledger.set_reply_due(conversation.id, Some(now + after))?;
    set_timer(ledger, conversation.lead, changes)
}

/// Sets the timer of a lead by the due reply mails of the lead's conversations.
pub(super) fn set_timer(ledger: &mut dyn Ledger, lead: LeadId, changes: &mut Changes) -> Result<(), StoreError> {
    let next = ledger.replies_due(lead)?.first().map(|(_, due_at)| *due_at);
    changes.push(Notice::Timer);
    ledger.set_timer(Subject::ReplyMail(lead), next)
}

/// Makes reply mails due now that were scheduled by a clock which was ahead.
pub(super) fn bring_forward(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let due = ledger.replies_due(lead)?;
    for (conversation, _) in due.iter().filter(|(_, due_at)| *due_at > now + LONGEST) {
        ledger.set_reply_due(*conversation, Some(now))?;
    }
    set_timer(ledger, lead, changes)
}

/// Mails the unseen messages of the due conversations of a lead.
pub(crate) fn fire_replies(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    for (conversation, due_at) in ledger.replies_due(lead)? {
        if due_at <= now {
            ledger.set_reply_due(conversation, None)?;
            mail(ledger, conversation, now, changes)?;
        }
    }
    set_timer(ledger, lead, changes)
}

/// Mails the unseen messages of a conversation, if the lead can be mailed.
fn mail(ledger: &mut dyn Ledger, id: ConversationId, now: Millis, changes: &mut Changes) -> Result<(), StoreError> {
    let (Some(conversation), Some(reading)) = (ledger.conversation(id)?, ledger.reading(id)?) else { return Ok(()) };
    let messages = ledger.messages_after(id, 0)?;
    let unseen = unseen(&messages, reading);
    let Some((last, author)) = unseen.last().map(|last| (last.seq, last.author)) else { return Ok(()) };
    let Some(lead) = ledger.lead(conversation.lead)?.filter(|lead| !lead.is_spam) else { return Ok(()) };
    let Some(email) = recipient(ledger, &conversation, &messages, &lead)? else { return Ok(()) };
    if ledger.mail_stopped_at(lead.id)?.is_some() || is_dead(ledger, lead.id, &email)? {
        return Ok(());
    }
    let site = ledger.site(conversation.site)?;
    // What an integration wrote comes from the team of the site.
    let writer = if let MessageAuthor::Rep(rep) = author { ledger.member(rep)? } else { None };
    let is_here = |member: &Member| member.state != MemberState::Removed;
    let question = question(&messages, unseen[0].seq);
    let inbound = ledger.inbound_mail()?;
    let form = form_page(ledger, lead.id, &messages)?;
    let data = &ReplyMail {
        lead: lead.id,
        to: email.to_text(),
        name: lead.name.clone(),
        conversation: id,
        rep: writer.as_ref().map_or("", |member| member.public_name()).into(),
        rep_email: writer.filter(is_here).map(|member| member.email).unwrap_or_default(),
        has_tags: inbound.as_ref().is_some_and(|inbound| inbound.has_tags),
        answers_to: inbound.map(|inbound| inbound.address).unwrap_or_default(),
        site: site.as_ref().map(|site| Label::parse(site.title())).unwrap_or_default(),
        site_key: site.map_or_else(String::new, |site| site.key),
        language: language_of_chat(&messages, conversation.language),
        is_to_form: form.is_some(),
        place: place(ledger, &conversation, form, now)?,
        question,
        messages: unseen.iter().map(|message| message.in_words()).collect(),
    };
    let (kind, ordering_key) = (ReplyMail::KIND, *lead.id.as_bytes());
    Letter { kind, data, lead: Some(lead.id), ordering_key, now }.enqueue(ledger, changes)?;
    ledger.note_mailed(id, last)
}

/// Returns the messages of the team since the lead was last present: a lead who writes has seen the messages above.
fn unseen(messages: &[Message], reading: Reading) -> Vec<&Message> {
    let written =
        messages.iter().filter(|message| message.author == MessageAuthor::Lead).map(|message| message.seq).max();
    let seen = reading.read.max(reading.mailed).max(written.unwrap_or_default());
    messages.iter().filter(|message| message.seq > seen && is_of_team(message)).collect()
}

const fn is_of_team(message: &Message) -> bool {
    matches!(message.author, MessageAuthor::Rep(_) | MessageAuthor::Integration(_))
}

/// Returns the last messages that the lead wrote in a row before a reply.
fn question(messages: &[Message], reply: u64) -> Vec<String> {
    let before = messages.iter().rev().filter(|message| message.seq < reply);
    let asked = before.skip_while(|message| message.author != MessageAuthor::Lead);
    let run: Vec<_> = asked.take_while(|message| message.author == MessageAuthor::Lead).take(QUOTED).collect();
    run.into_iter().rev().map(|message| quoted(&message.in_words())).collect()
}

fn quoted(text: &str) -> String {
    match text.char_indices().nth(LONGEST_QUOTE) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// Returns the page of the last form of a lead who has written no message; none if they have, or sent no form.
fn form_page(ledger: &mut dyn Ledger, lead: LeadId, messages: &[Message]) -> Result<Option<String>, StoreError> {
    if messages.iter().any(|message| message.author == MessageAuthor::Lead) {
        return Ok(None);
    }
    let facts = ledger.chat_facts(lead)?;
    let forms = facts.into_iter().filter_map(|fact| match fact.what {
        Event::FormSent { page, .. } => Some((fact.at, page)),
        _ => None,
    });
    Ok(forms.max_by_key(|(at, _)| *at).map(|(_, page)| page))
}

/// Returns the hosted page of the link, the page of the form that is answered, or the last page of the lead.
fn place(
    ledger: &mut dyn Ledger,
    conversation: &Conversation,
    form: Option<String>,
    now: Millis,
) -> Result<ChatPlace, StoreError> {
    if ledger.link(&conversation.link)?.is_some_and(|link| !link.is_launcher() && link.archived_at.is_none()) {
        return Ok(ChatPlace::Link(conversation.link.clone()));
    }
    let Conversation { site, visitor, session, .. } = *conversation;
    let page = match form {
        Some(page) => Some(page),
        None => {
            ledger.views_of_session(site, visitor, session, now, VIEWS)?.into_iter().next_back().map(|view| view.url)
        }
    };
    // Data of browsers is not trusted: only a web page may become a link.
    let page = page.filter(|page| page.starts_with("https://") || page.starts_with("http://"));
    Ok(page.map_or(ChatPlace::Unknown, ChatPlace::Page))
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::{MessageChannel, MessageId, RepId};

    fn message(seq: u64, author: char) -> Message {
        let author = match author {
            'l' => MessageAuthor::Lead,
            'a' => MessageAuthor::AiAgent,
            _ => MessageAuthor::Rep(RepId::new([1; 16])),
        };
        let (id, text, choices) = (MessageId::new(Millis(1), &[0; 10]), String::new(), Vec::new());
        Message {
            seq,
            id,
            author,
            text,
            at: Millis(1),
            choices,
            source: None,
            unanswered: None,
            files: Vec::new(),
            card: None,
            channel: MessageChannel::Chat,
        }
    }

    fn check(authors: &str, reading: Reading, expected: &[u64]) {
        let messages: Vec<_> = (1..).zip(authors.chars()).map(|(seq, author)| message(seq, author)).collect();
        let seqs: Vec<u64> = unseen(&messages, reading).into_iter().map(|message| message.seq).collect();
        assert_eq!(seqs, expected, "{authors} {reading:?}");
    }

    #[test]
    fn the_question_is_what_the_lead_wrote_last_before_the_reply() {
        let asked = |authors: &str, reply: u64| {
            let named = |(seq, author)| Message { text: format!("{author}{seq}"), ..message(seq, author) };
            let messages: Vec<_> = (1..).zip(authors.chars()).map(named).collect();
            question(&messages, reply)
        };
        assert_eq!(asked("allr", 4), ["l2", "l3"]);
        assert_eq!(asked("lalar", 5), ["l3"], "the agent answered meanwhile");
        assert_eq!(asked("lllllr", 6), ["l3", "l4", "l5"]);
        assert_eq!(asked("lrr", 2), ["l1"]);
        assert_eq!(asked("r", 1), [""; 0], "a lead by form wrote nothing");
    }

    #[test]
    fn a_long_question_is_cut_between_characters() {
        let long = "é".repeat(LONGEST_QUOTE + 1);
        assert_eq!(quoted(&long), "é".repeat(LONGEST_QUOTE) + "…");
        assert_eq!(quoted(&long["é".len()..]), long["é".len()..]);
    }

    #[test]
    fn what_reps_wrote_since_the_lead_was_there_is_unseen() {
        let (none, read) = (Reading::default(), |read| Reading { read, ..Reading::default() });
        check("alr", none, &[3]);
        check("alrrar", none, &[3, 4, 6]);
        check("alrlr", none, &[5]);
        check("alrr", read(3), &[4]);
        check("alrr", read(4), &[]);
        check("alrr", Reading { mailed: 3, ..Reading::default() }, &[4]);
        check("ala", none, &[]);
        check("", none, &[]);
    }
}
