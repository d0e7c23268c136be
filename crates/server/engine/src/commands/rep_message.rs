//! Messages of reps to leads.

use super::chat::{ChatFlow, Numbered, Thread, Unnumbered, is_orphan};
use super::meetings::Wanted;
use super::new_file::NewFile;
use crate::changes::Changes;
use crate::happened::Happened;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_agent::meeting_words;
use knock_model::{CardCalendar, ConversationId, MessageId, Millis, RepId, SignalId};
use knock_ports::{Card, Conversation, Ledger, MessageAuthor, PrefetchHint, StoreError, View};
use knock_status::chat::{Assignee, Event};

#[derive(Clone, Debug)]
pub struct RepMessage {
    pub conversation: ConversationId,
    /// Its id, made by the rep's browser.
    pub id: MessageId,
    /// The author.
    pub rep: RepId,
    /// The text; empty if a file is sent.
    pub text: String,
    /// The number of the last message that the rep saw; none skips the check for later replies.
    pub seen: Option<u64>,
    /// The file; its content is stored already.
    pub file: Option<NewFile>,
    /// The card beside the text, which may then be empty.
    pub card: Option<Card>,
    /// The time for it to reach the lead's browser before it is mailed; without it, it is never mailed.
    pub mail_after: Option<Millis>,
    pub now: Millis,
}

/// The outcome of a rep's message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepWrote {
    /// The number of the message; none if there is no such conversation.
    Numbered(Option<Numbered>),
    /// This member replied after the last message that the rep saw.
    AnsweredBy(RepId),
    /// No slot is free for the meeting that the card offers.
    NoTimes,
    /// It would arrive nowhere: the lead sent a form, has not chatted, and is not mailed. Nothing was stored, and they
    /// wait on.
    OutOfReach,
}

impl Command for RepMessage {
    type Outcome = RepWrote;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<RepWrote, StoreError> {
        let Some(conversation) = ledger.conversation(self.conversation)? else { return Ok(RepWrote::Numbered(None)) };
        let mut thread = Thread::load(ledger, &conversation)?;
        let is_new = !thread.has(self.id);
        if let Some(other) = self.seen.and_then(|seen| thread.answered_after(seen, self.rep)).filter(|_| is_new) {
            return Ok(RepWrote::AnsweredBy(other));
        }
        if thread.is_out_of_reach(ledger, &conversation, self.id)? {
            return Ok(RepWrote::OutOfReach);
        }
        if let Some(card) = self.card.filter(|_| is_new)
            && !self.has_times(ledger, &conversation, card)?
        {
            return Ok(RepWrote::NoTimes);
        }
        let files: Vec<_> = self.file.iter().map(NewFile::shown).collect();
        // A reader of the text alone must know the offer.
        let has_words = !(self.card.is_some() && self.text.is_empty());
        let text = if has_words { &self.text } else { meeting_words(thread.language(conversation.language)) };
        let message = Unnumbered::text(self.id, MessageAuthor::Rep(self.rep), text, self.now);
        let numbered = thread.append(Unnumbered { files: &files, card: self.card, ..message });
        if let Numbered::New(seq) = numbered {
            if let Some(file) = &self.file {
                file.append(ledger, &conversation, self.now)?;
            }
            thread.apply(ledger, conversation.lead, changes)?;
            ledger.save_answered(conversation.id, seq)?;
            let mut flow = ChatFlow::load(ledger, conversation.lead, self.now)?;
            flow.add(SignalId::from_bytes(*self.id.as_bytes()), Event::RepMessage { rep: self.rep.to_string() });
            if is_orphan(ledger, &mut flow)? {
                // Whose rep has left the team is theirs who writes.
                let id = flow.next_id();
                flow.add(id, Event::Assigned(Assignee::Rep(self.rep.to_string())));
            }
            flow.settle();
            flow.apply(ledger, changes)?;
            changes.push(Notice::Message(conversation.id));
            let (conversation, mail_after) = (Box::new(conversation), self.mail_after);
            changes.happened(self.now, Happened::RepReplied { conversation, mail_after });
        }
        Ok(RepWrote::Numbered(Some(numbered)))
    }

    fn coming(&self) -> Option<PrefetchHint<'_>> {
        let signal = SignalId::from_bytes(*self.id.as_bytes());
        Some(PrefetchHint::Chat { conversation: self.conversation, signals: [signal; 2], at: self.now })
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

impl RepMessage {
    /// Whether a slot is free in the calendars that the card offers.
    fn has_times(&self, view: &dyn View, of: &Conversation, card: Card) -> Result<bool, StoreError> {
        let calendar_of = (card.calendar == CardCalendar::Mine).then_some(self.rep);
        Wanted { calendar_of, ..Wanted::in_chat(view, of)? }.has_times(view, self.now)
    }
}
