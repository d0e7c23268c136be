//! What a message says of its lead: its signal, the address, the details.

use super::LeadMessage;
use crate::changes::Changes;
use crate::commands::append_signals::AppendSignals;
use crate::commands::enrichment::keep_enrichment;
use crate::commands::message_text::MessageText;
use crate::contact_details::Said;
use crate::writer::Command;
use knock_agent::Understood;
use knock_intent::{message_category, strength};
use knock_model::{Category, DetailSource, Email, SignalId, SignalType, Trust};
use knock_ports::{Conversation, Detail, Ledger, MessageAuthor, NewSignal, StoreError, View};

impl LeadMessage {
    /// Returns the signal of the message (IC-09). Spam is on the timeline with strength 0.
    pub(super) fn signal_of(&self, conversation: &Conversation) -> AppendSignals {
        let MessageText { text, reading, .. } = &self.text;
        let said = (!reading.says_nothing && !reading.is_spam).then(|| reading.best().0);
        // Without a text, a file is shown by its name.
        let text = self.files.first().filter(|_| text.is_empty()).map_or(text, |file| &file.name);
        let text = text.chars().take(200).collect();
        let detail = Detail { rule: "chat_text".into(), text, ..Detail::default() };
        let (kind, category) = (SignalType::ChatMessage, message_category(said));
        let mut signal = self.signal(conversation, self.signal_id(), kind, category, detail);
        if reading.is_spam {
            signal.signals.iter_mut().for_each(|signal| signal.strength = 0.0);
        }
        signal
    }

    /// Keeps who the lead is by the page and by the text, the telephone number and the name in it, the result of an
    /// enrichment, and the files. `email` is the address that the lead gives with this message.
    pub(super) fn keep_context(
        &self,
        ledger: &mut dyn Ledger,
        mut conversation: Conversation,
        email: Option<&Email>,
        changes: &mut Changes,
    ) -> Result<Conversation, StoreError> {
        if let Some(email) = self.identified.as_ref().filter(|email| conversation.identified.as_ref() != Some(*email)) {
            ledger.set_identified(conversation.id, email)?;
            conversation.identified = Some(email.clone());
        }
        // What the agent asked back stands in no message of theirs, and is given in this chat all the same.
        if let Some(email) = email.filter(|email| Email::find(&self.text.text).as_ref() != Some(*email)) {
            ledger.set_identified(conversation.id, email)?;
            conversation.identified = Some(email.clone());
        }
        let conversation = self.introduce(ledger, conversation, email, changes)?;
        let of = (self.signal_id(), conversation.lead, self.received_at);
        let Understood { phone, name, .. } = &self.text.understood;
        let name = name.as_deref().filter(|_| !self.text.reading.is_spam);
        let is_named = name.is_some() && ledger.lead(conversation.lead)?.is_some_and(|lead| !lead.name.is_empty());
        Said::in_message(phone.as_ref(), name.filter(|_| !is_named)).learn(
            ledger,
            of,
            DetailSource::Message,
            changes,
        )?;
        if let Some((email, said)) = &self.enriched {
            keep_enrichment(ledger, email, said, changes)?;
        }
        for file in &self.files {
            file.append(ledger, &conversation, self.received_at)?;
        }
        Ok(conversation)
    }

    /// The address in the message that looks mistyped, if the lead has typed it before: then it is right.
    pub(super) fn typed_again(&self, view: &dyn View) -> Result<Option<Email>, StoreError> {
        let looks_wrong = self.text.understood.email.as_ref().is_some_and(|email| !email.is_as_typed);
        let Some(typed) = Email::find(&self.text.text).filter(|_| looks_wrong) else { return Ok(None) };
        let said = view.messages_after(self.conversation, 0)?;
        let mut of_lead = said.iter().filter(|message| message.author == MessageAuthor::Lead && message.id != self.id);
        Ok(of_lead.any(|message| Email::find(&message.text).as_ref() == Some(&typed)).then_some(typed))
    }

    /// Identifies the lead by the address that they give; the conversation may then belong to a known person.
    fn introduce(
        &self,
        ledger: &mut dyn Ledger,
        conversation: Conversation,
        email: Option<&Email>,
        changes: &mut Changes,
    ) -> Result<Conversation, StoreError> {
        let Some(email) = email else { return Ok(conversation) };
        // An address in a chat is accepted as claimed, whatever proof the site requires of its pages.
        let (rule, trust) = ("chat_text".into(), Some(Trust::Claimed));
        let detail = Detail { rule, email: email.to_text(), trust, ..Detail::default() };
        self.signal(&conversation, self.identify, SignalType::Identify, Category::Home, detail).run(ledger, changes)?;
        Ok(ledger.conversation(conversation.id)?.unwrap_or(conversation))
    }

    fn signal(
        &self,
        conversation: &Conversation,
        id: SignalId,
        kind: SignalType,
        category: Category,
        detail: Detail,
    ) -> AppendSignals {
        let signal = NewSignal {
            id,
            session: conversation.session,
            kind,
            at: self.received_at,
            received_at: self.received_at,
            clamped: false,
            category,
            strength: strength(kind),
            seq: None,
            view: None,
            detail: detail.into(),
        };
        AppendSignals {
            site: conversation.site,
            visitor: conversation.visitor,
            received_at: self.received_at,
            signals: vec![signal],
            fresh: vec![self.fresh],
        }
    }
}
