//! The lines of a conversation: messages, notes, forms, mails and acts of the visitor by their instants, then the messages on their way.

use knock_model::{CardCalendar, CardKind, MessageId, Millis};
use knock_wire::{
    Author, ConversationRecord, FormShown, InternalNote, MailShown, Message, MessageCard, VisitorActShown,
};

use super::unsent::Mode;
use super::writing::{Journey, Outgoing};
use crate::kit::rows::Keyed;

/// A message, note, form or mail as shown.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// The message; its number is 0 while it is on its way. Of a form and of a mail, it has no more than instant and author.
    pub(crate) message: Message,
    /// Its progress.
    pub(crate) journey: Journey,
    /// Whether it is an internal note; it has no number.
    pub(crate) is_note: bool,
    /// The names of the members whom a note mentions.
    pub(crate) mentions: Vec<String>,
    /// The form, if it is one; it has no number.
    pub(crate) form: Option<FormShown>,
    /// The mail, if it is one that is no message; it has no number.
    pub(crate) mail: Option<MailShown>,
    /// What the visitor did beside writing, if it is that; it has no number.
    pub(crate) act: Option<VisitorActShown>,
}

impl Keyed for Line {
    type Key = MessageId;
    fn key(&self) -> MessageId {
        self.message.id
    }
}

/// The lines of a record, and the messages on their way.
pub(super) fn lines(record: Option<&ConversationRecord>, outgoing: Vec<Outgoing>) -> Vec<Line> {
    let mut all = record.map(stored_lines).unwrap_or_default();
    let is_new = |message: &Outgoing| all.iter().all(|known: &Line| known.message.id != message.id);
    let new: Vec<Line> = outgoing.into_iter().filter(is_new).map(on_its_way).collect();
    all.extend(new);
    all
}

fn stored_lines(record: &ConversationRecord) -> Vec<Line> {
    let mut beside = beside(record).into_iter().peekable();
    let mut all = Vec::with_capacity(record.messages.len() + beside.len());
    for message in &record.messages {
        while let Some(line) = beside.next_if(|line| line.message.at < message.at) {
            all.push(line);
        }
        all.push(stored(message.clone()));
    }
    all.extend(beside);
    all
}

/// Notes, forms, acts of the visitor, and mails that are no messages, which have no number among the messages, oldest first.
fn beside(record: &ConversationRecord) -> Vec<Line> {
    let notes =
        record.notes.iter().map(|note| Line { is_note: true, mentions: note.mentions.clone(), ..stored(noted(note)) });
    let forms = record.forms.iter().enumerate();
    let forms = forms.map(|(place, form)| Line { form: Some(form.clone()), ..stored(sent(form, place)) });
    let mails = record.mails.iter().enumerate().filter(|(_, mail)| mail.seq.is_none());
    let mails = mails.map(|(place, mail)| Line { mail: Some(mail.clone()), ..stored(received(mail, place)) });
    let acts = record.acts.iter().enumerate();
    let acts = acts.map(|(place, act)| Line { act: Some(act.clone()), ..stored(done(act, place)) });
    let mut beside: Vec<Line> = notes.chain(forms).chain(mails).chain(acts).collect();
    beside.sort_by_key(|line| line.message.at);
    beside
}

fn stored(message: Message) -> Line {
    let (mentions, form, mail, act) = (Vec::new(), None, None, None);
    Line { message, journey: Journey::Stored, is_note: false, mentions, form, mail, act }
}

/// The id of a note among lines.
pub(super) fn id_of(note: &InternalNote) -> MessageId {
    MessageId::from_bytes(*note.id.as_bytes())
}

fn noted(note: &InternalNote) -> Message {
    Message { name: note.name.clone(), ..Message::plain(0, id_of(note), Author::Rep, note.text.clone(), note.at) }
}

/// The place of a form among the lines. Ids of messages are random, so this one is no other's.
fn sent(form: &FormShown, place: usize) -> Message {
    Message::plain(0, id_at(0, form.at, place), Author::Lead, String::new(), form.at)
}

/// The place of a mail among the lines.
fn received(mail: &MailShown, place: usize) -> Message {
    Message::plain(0, id_at(1, mail.at, place), Author::Lead, String::new(), mail.at)
}

/// The place of an act of the visitor among the lines.
fn done(act: &VisitorActShown, place: usize) -> Message {
    Message::plain(0, id_at(2, act.at, place), Author::Lead, String::new(), act.at)
}

fn id_at(kind: u8, at: Millis, place: usize) -> MessageId {
    let [low, high, ..] = place.to_le_bytes();
    MessageId::new(at, &[kind, 0, 0, 0, 0, 0, 0, 0, high, low])
}

fn on_its_way(outgoing: Outgoing) -> Line {
    let Outgoing { to: _, id, text, file: _, card, at, mode, seen: _, journey } = outgoing;
    let card = card.map(|calendar| MessageCard {
        kind: CardKind::Meeting.as_str().to_owned(),
        own: calendar == CardCalendar::Mine,
        meeting: None,
    });
    let message = Message { name: "You".to_owned(), card, ..Message::plain(0, id, Author::Rep, text, at) };
    Line { journey, is_note: mode == Mode::Note, ..stored(message) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{sample, sample_form};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_message_on_its_way_is_shown_once() {
        let record = sample::record();
        let known = record.messages[0].id;
        let outgoing = |id| Outgoing {
            to: record.conversation.id,
            id,
            text: "Hello".to_owned(),
            file: None,
            card: None,
            at: Millis(1),
            mode: Mode::Reply,
            seen: None,
            journey: Journey::Sending,
        };
        let other = MessageId::new(Millis(1), &[9; 10]);
        let shown = lines(Some(&record), vec![outgoing(known), outgoing(other)]);
        let keys: Vec<MessageId> = shown.iter().map(Keyed::key).collect();
        assert_eq!(keys, [known, other]);
        assert_eq!(shown[1].message.name, "You");
    }

    #[wasm_bindgen_test]
    fn notes_forms_and_acts_stand_between_the_messages_by_their_instants() {
        let record = ConversationRecord {
            messages: vec![sample::message(1), sample::message(3)],
            notes: vec![sample::note(2)],
            forms: vec![sample_form::form()],
            acts: vec![VisitorActShown { at: sample::message(2).at, ..sample::act() }],
            ..sample::record()
        };
        let shown = lines(Some(&record), Vec::new());
        let found: Vec<_> = shown.iter().map(|line| (line.message.seq, line.is_note, line.form.is_some())).collect();
        assert_eq!(
            found,
            [(1, false, false), (0, false, true), (0, true, false), (0, false, false), (3, false, false)]
        );
        assert_eq!(shown[2].message.text, record.notes[0].text);
    }

    #[wasm_bindgen_test]
    fn a_mail_stands_among_the_messages_only_if_it_is_none_itself() {
        let mail = |seq| MailShown { seq, ..sample::received_mail() };
        let record = ConversationRecord { mails: vec![mail(Some(1)), mail(None), mail(None)], ..sample::record() };
        let shown = lines(Some(&record), Vec::new());
        assert_eq!(shown.iter().filter(|line| line.mail.is_some()).count(), 2);
        assert_ne!(shown[1].key(), shown[2].key(), "two of one instant");
    }

    #[wasm_bindgen_test]
    fn forms_of_one_instant_are_lines_of_their_own() {
        let record = ConversationRecord { forms: vec![sample_form::form(); 2], ..sample_form::record() };
        let shown = lines(Some(&record), Vec::new());
        assert_eq!(shown.len(), 2);
        assert_ne!(shown[0].key(), shown[1].key());
    }
}
