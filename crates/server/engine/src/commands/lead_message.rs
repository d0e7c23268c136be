//! Messages of leads: stored, read for the intent type, routed, and answered by the agent.

use super::append_signals::AppendSignals;
use super::chat::{
    ChatFlow, ChatToRoute, Learned, Numbered, ReadMessage, RoutingBasis, Thread, Unnumbered, answer, is_orphan,
};
use super::enrichment::keep_enrichment;
use super::identify::FreshIds;
use super::invitations::answered;
use super::meetings::Wanted;
use super::message_text::MessageText;
use super::new_file::NewFile;
use crate::changes::Changes;
use crate::contact_details::Said;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_agent::{Act, MeetingChance};
use knock_intent::{message_category, strength};
use knock_model::{
    Category, ConversationId, DetailSource, Email, MessageChannel, MessageId, Millis, SignalId, SignalType, Trust,
};
use knock_ports::{
    Consulted, Conversation, Detail, Enrichment, Ledger, MessageAuthor, NewSignal, PrefetchHint, StoreError, View,
};
use knock_status::chat::{Event, RepOwner};

#[derive(Clone, Debug)]
pub struct LeadMessage {
    pub conversation: ConversationId,
    /// Its id, made by the browser.
    pub id: MessageId,
    pub text: MessageText,
    /// The address by which the page identified the visitor, as its chat says.
    pub identified: Option<Email>,
    /// The files; their contents are stored already.
    pub files: Vec<NewFile>,
    /// The channel by which it came.
    pub channel: MessageChannel,
    pub received_at: Millis,
    /// Ids for its consequences: the assignment and the agent's messages.
    pub follow_ups: [SignalId; 4],
    /// An id for an `identify` by an address in the message.
    pub identify: SignalId,
    /// Ids for a person and a company not known yet.
    pub fresh: FreshIds,
    /// What the knowledge of the site says.
    pub consulted: Consulted,
    /// The usual time to a first answer of the team; none while there are too few.
    pub usual_wait: Option<Millis>,
    /// The latest result of an enrichment provider, with the address of the request.
    pub enriched: Option<(Email, Enrichment)>,
}

impl Command for LeadMessage {
    /// The message's number, and whether it is new; none when there is no such conversation.
    type Outcome = Option<Numbered>;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<Option<Numbered>, StoreError> {
        let Some(conversation) = ledger.conversation(self.conversation)? else { return Ok(None) };
        let mut thread = Thread::load(ledger, &conversation)?;
        let files: Vec<_> = self.files.iter().map(NewFile::shown).collect();
        let message = Unnumbered::text(self.id, MessageAuthor::Lead, &self.text.text, self.received_at);
        let numbered = thread.append(Unnumbered { files: &files, channel: self.channel, ..message });
        if let Numbered::Known(_) = numbered {
            return Ok(Some(numbered));
        }
        let before = ledger.lead(conversation.lead)?.and_then(|lead| lead.email);
        let conversation = self.keep_context(ledger, conversation, changes)?;
        let MessageText { text, reading, choice, understood, wants_human, email } = &self.text;
        let wants_meeting = understood.has(Act::AsksMeeting);
        let is_email_new = email.is_some() && before != *email;
        let mut flow = ChatFlow::load(ledger, conversation.lead, self.received_at)?;
        // A lead who asks for a person or a meeting is not asked for a purpose.
        let may_ask = !*wants_human && !wants_meeting && ledger.settings()?.asks_to_clarify;
        let learned = flow.learn(self.signal_id(), reading, *choice, may_ask);
        flow.add(self.signal_id(), Event::LeadMessage { is_spam: reading.is_spam });
        let is_orphan = is_orphan(ledger, &mut flow)?;
        let invitation = answered(ledger, conversation.id, &thread, &flow)?;
        let writer = invitation.as_ref().and_then(|invitation| invitation.writer);
        let to_route = writer.is_some() || is_orphan || to_route(&mut flow, &learned, *wants_human);
        let basis = to_route.then(|| RoutingBasis::load(ledger, &conversation, self.received_at)).transpose()?;
        self.signal_of(&conversation).run(ledger, changes)?;
        flow.refresh(ledger)?;
        if !flow.settle().is_spam {
            match (basis, writer) {
                (Some(basis), Some(writer)) => flow.route_to_writer(&basis, writer, self.follow_ups[0])?,
                (Some(basis), None) => {
                    let needs_human = *wants_human || has_asked_for_human(&thread);
                    self.route(&mut flow, &basis, needs_human || is_orphan, is_orphan)?;
                }
                (None, _) => {}
            }
            let asked = ReadMessage {
                conversation: &conversation,
                text,
                learned,
                is_choice: choice.is_some(),
                says_nothing: reading.says_nothing,
                understood,
                wants_human: *wants_human,
                is_email_new,
                found: self.consulted.found.first(),
                usual_wait: self.usual_wait,
                offers_meeting: self.offers_meeting(ledger, &flow, &thread, &conversation, wants_meeting)?,
                ids: &self.follow_ups[1..],
            };
            answer(ledger, &mut flow, &mut thread, &asked)?;
            flow.settle();
        }
        // The message is stored before its consequences.
        thread.apply(ledger, conversation.lead, changes)?;
        flow.apply(ledger, changes)?;
        changes.push(Notice::Message(conversation.id));
        changes.extend(invitation.map(|invitation| Notice::Invitation(invitation.visitor)));
        Ok(Some(numbered))
    }

    fn coming(&self) -> Option<PrefetchHint<'_>> {
        let signals = [self.signal_id(), self.identify];
        Some(PrefetchHint::Chat { conversation: self.conversation, signals, at: self.received_at })
    }

    fn after(&self) -> After {
        After::Conversation(self.conversation)
    }
}

/// Whether the chat is routed now: at the first message without a question of the agent in return, and again before a
/// human reply if the type changed or if the lead of an agent's chat asks for a person (RF-03, RF-04). Spam is not
/// routed. An assignment by a member stays, unless the lead asks for a person after the chat was handed back to the
/// agent. A lead whom no one could take is routed at each message.
fn to_route(flow: &mut ChatFlow, learned: &Learned, wants_human: bool) -> bool {
    let (has_human_now, is_by_member) = (flow.has_human(), flow.is_assigned_by_member());
    let derived = flow.derived();
    let owner = &derived.fields.rep_owner;
    // Who has mailed a lead by form has answered before there was a chat.
    let has_human = derived.fields.responding_rep.is_some() || has_human_now;
    // The answer to the agent's question decides the routing; a timer ends the wait.
    let is_first = owner.is_none() && !learned.asks;
    let is_agents = matches!(owner, Some(RepOwner::AiAgent));
    let is_again = learned.has_changed && owner.is_some() && !has_human && !is_by_member;
    let is_asked_for = wants_human && is_agents && !has_human_now;
    !derived.is_spam && (is_first || is_again || is_asked_for || derived.is_queued)
}

/// Whether the lead asked for a person before. Every earlier message is read for it.
fn has_asked_for_human(thread: &Thread) -> bool {
    thread.earlier_of_lead().any(|message| knock_agent::wants_human(&message.text))
}

impl LeadMessage {
    /// Returns the id of the message's signal: that of the message itself.
    fn signal_id(&self) -> SignalId {
        SignalId::from_bytes(*self.id.as_bytes())
    }

    /// Whether the answer offers a meeting: it is due, and a slot is free.
    fn offers_meeting(
        &self,
        view: &dyn View,
        flow: &ChatFlow,
        thread: &Thread,
        conversation: &Conversation,
        is_asked_for: bool,
    ) -> Result<bool, StoreError> {
        let chance = MeetingChance {
            is_asked_for,
            bucket: flow.bucket(),
            kind: flow.intent_type(),
            was_offered: thread.has_offer(),
            has_meeting: false,
            has_human: flow.has_human(),
        };
        if !chance.is_due() {
            // The common case: the meetings of the lead need not be read.
            return Ok(false);
        }
        let meetings = view.meetings_of_lead(conversation.lead)?;
        let has_meeting = meetings.iter().any(|meeting| meeting.is_upcoming(self.received_at));
        let is_due = MeetingChance { has_meeting, ..chance }.is_due();
        Ok(is_due && Wanted::in_chat(view, conversation)?.has_times(view, self.received_at)?)
    }

    /// Returns the signal of the message (IC-09). Spam is on the timeline with strength 0.
    fn signal_of(&self, conversation: &Conversation) -> AppendSignals {
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

    /// Keeps who the lead is by the page and by the text, the telephone number in it, the result of an enrichment, and the files.
    fn keep_context(
        &self,
        ledger: &mut dyn Ledger,
        mut conversation: Conversation,
        changes: &mut Changes,
    ) -> Result<Conversation, StoreError> {
        if let Some(email) = self.identified.as_ref().filter(|email| conversation.identified.as_ref() != Some(*email)) {
            ledger.set_identified(conversation.id, email)?;
            conversation.identified = Some(email.clone());
        }
        let conversation = self.introduce(ledger, conversation, changes)?;
        let of = (self.signal_id(), conversation.lead, self.received_at);
        Said::in_message(self.text.understood.phone.as_ref()).learn(ledger, of, DetailSource::Message, changes)?;
        if let Some((email, said)) = &self.enriched {
            keep_enrichment(ledger, email, said, changes)?;
        }
        for file in &self.files {
            file.append(ledger, &conversation, self.received_at)?;
        }
        Ok(conversation)
    }

    /// Identifies the lead by an address in the message; the conversation may then belong to a known person.
    fn introduce(
        &self,
        ledger: &mut dyn Ledger,
        conversation: Conversation,
        changes: &mut Changes,
    ) -> Result<Conversation, StoreError> {
        let Some(email) = &self.text.email else { return Ok(conversation) };
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

    /// Decides the owner. A chat whose rep has left goes to another, even by the same segment.
    fn route(
        &self,
        flow: &mut ChatFlow,
        basis: &RoutingBasis,
        needs_human: bool,
        is_orphan: bool,
    ) -> Result<(), StoreError> {
        let (is_decided, is_by_member) = (flow.is_decided(), flow.is_assigned_by_member());
        let fields = &flow.derived().fields;
        let (has_replied, standing) = (fields.responding_rep.is_some(), fields.standing_rep().map(str::to_owned));
        let has_human = has_replied || flow.has_human();
        let is_again = (is_decided && !has_human && !is_by_member && !is_orphan) || flow.is_queued();
        let standing = standing.as_deref().filter(|_| !is_again);
        flow.route(basis, &ChatToRoute { standing, is_again, needs_human, id: self.follow_ups[0] })
    }
}
