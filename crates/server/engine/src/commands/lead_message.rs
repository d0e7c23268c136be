//! Messages of leads: stored, read for the intent type, routed, and answered by the agent.

mod context;

use super::chat::{
    ChatFlow, ChatToRoute, Heard, Learned, Numbered, ReadMessage, RoutingBasis, Thread, Unnumbered, Words, answer,
    confirmed, consulted, is_orphan, keep_choice,
};
use super::identify::FreshIds;
use super::invitations::answered;
use super::meetings::Wanted;
use super::message_text::MessageText;
use super::new_file::NewFile;
use super::pardon::is_pardoned;
use crate::changes::Changes;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_agent::{Abuse, Act, MeetingChance};
use knock_model::{ConversationId, Email, MessageChannel, MessageId, Millis, RepId, SignalId};
use knock_ports::{Consulted, Conversation, Enrichment, Ledger, MessageAuthor, PrefetchHint, StoreError, View};
use knock_status::chat::{Event, Rejecter, RepOwner};

/// The reason of a rejection by the agent after abuse.
const ABUSE: &str = "abuse";

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
    /// Ids for its consequences: the assignment or the rejection, and the agent's messages.
    pub follow_ups: [SignalId; 6],
    /// An id for an `identify` by an address in the message.
    pub identify: SignalId,
    /// Ids for a person and a company not known yet.
    pub fresh: FreshIds,
    /// What the knowledge of the site says.
    pub consulted: Consulted,
    /// The usual time to a first answer of the team; none while there are too few.
    pub usual_wait: Option<Millis>,
    /// The page on which the lead moves or cancels the meeting to come that they booked in this chat.
    pub meeting_page: Option<String>,
    /// The latest result of an enrichment provider, with the address of the request.
    pub enriched: Option<(Email, Enrichment)>,
}

impl Command for LeadMessage {
    /// The message's number, and whether it is new; none when there is no such conversation.
    type Outcome = Option<Numbered>;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<Option<Numbered>, StoreError> {
        let Some(conversation) = ledger.conversation(self.conversation)? else { return Ok(None) };
        if self.text.reading.is_spam && self.is_pardoned(ledger, &conversation)? {
            return LeadMessage { text: self.text.clone().pardoned(), ..self.clone() }.run(ledger, changes);
        }
        if let Some(email) = self.typed_again(ledger)? {
            return LeadMessage { text: self.text.clone().meaning(email), ..self.clone() }.run(ledger, changes);
        }
        let mut thread = Thread::load(ledger, &conversation)?;
        let files: Vec<_> = self.files.iter().map(NewFile::shown).collect();
        let message = Unnumbered::text(self.id, MessageAuthor::Lead, &self.text.text, self.received_at);
        let numbered = thread.append(Unnumbered { files: &files, channel: self.channel, ..message });
        if let Numbered::Known(_) = numbered {
            return Ok(Some(numbered));
        }
        let email = match &self.text.email {
            Some(email) => Some(email.clone()),
            None => confirmed(ledger, &thread, &conversation, &self.text.understood)?,
        };
        let before = ledger.lead(conversation.lead)?.and_then(|lead| lead.email);
        let is_email_new = email.is_some() && before != email;
        let conversation = self.keep_context(ledger, conversation, email.as_ref(), changes)?;
        let mut flow = ChatFlow::load(ledger, conversation.lead, self.received_at)?;
        let consulted = consulted(&self.consulted, &self.text, flow.is_teams());
        let mut heard = Heard::load(ledger, &mut flow, &thread, &conversation, self.words(&consulted))?;
        let MessageText { reading, choice, .. } = &self.text;
        let learned = flow.learn(self.signal_id(), reading, *choice, heard.may_ask());
        flow.add(self.signal_id(), Event::LeadMessage { is_spam: reading.is_spam });
        let is_orphan = is_orphan(ledger, &mut flow)?;
        let invitation = answered(ledger, conversation.id, &thread, &flow)?;
        let writer = invitation.as_ref().and_then(|invitation| invitation.writer);
        let is_teams = writer.is_some() || is_orphan;
        let rejection = if is_teams || heard.abuse != Abuse::None { None } else { flow.rejection(ledger)? };
        let turn = if is_teams { Turn::Teams } else { turn(&mut flow, &learned, &heard) };
        let is_weighed = turn != Turn::Stays || rejection.is_some();
        let basis = is_weighed.then(|| RoutingBasis::load(ledger, &conversation, self.received_at)).transpose()?;
        self.signal_of(&conversation).run(ledger, changes)?;
        flow.refresh(ledger)?;
        if !flow.settle().is_spam && !flow.is_ended_by_agent() {
            if let Some(basis) = &basis {
                heard.rejection = rejection.filter(|rejection| flow.is_rejected_by(rejection, basis));
                let given = Given { turn, writer, is_orphan };
                self.give(&mut flow, &thread, basis, &heard, given)?;
            }
            let message = ReadMessage {
                conversation: &conversation,
                learned,
                is_email_new,
                usual_wait: self.usual_wait,
                meeting_page: self.meeting_page.as_deref(),
                offers_meeting: self.offers_meeting(ledger, &flow, &thread, &conversation, &heard)?,
                ids: &self.follow_ups[1..],
            };
            answer(ledger, &mut flow, &mut thread, &mut heard, &message)?;
            self.end(&mut flow, &heard);
            flow.settle();
        }
        keep_choice(ledger, &heard, &thread, &conversation, self.received_at, changes)?;
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

/// Who gets the chat at a message.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// It stays where it is.
    Stays,
    /// It is left to the agent, as no member is needed yet.
    Agents,
    /// It is routed.
    Teams,
}

/// To whom a chat goes.
struct Given {
    turn: Turn,
    /// The member who wrote first.
    writer: Option<RepId>,
    /// Whether its rep has left.
    is_orphan: bool,
}

/// Who gets the chat now: at the first message without a question of the agent in return, and again before a human reply
/// if the type changed, if the lead of an agent's chat asks for a person (RF-03, RF-04), or if the agent that answered
/// alone so far needs the team. Spam is not routed, nor is who is or was rejected for abuse. An assignment by a member
/// stays, unless the lead asks for a person after the chat was handed back to the agent. A lead whom no one could take is
/// routed at each message.
fn turn(flow: &mut ChatFlow, learned: &Learned, heard: &Heard<'_>) -> Turn {
    let (has_human_now, is_by_member) = (flow.has_human(), flow.is_assigned_by_member());
    let (is_left, is_over) = (flow.is_left_to_agent(), flow.is_ended_by_agent() || heard.abuse == Abuse::Rejected);
    // A form is for the team, and so is what its sender writes.
    let is_due = heard.is_due(flow.is_ready()) || flow.has_form();
    let derived = flow.derived();
    if derived.is_spam || is_over {
        return Turn::Stays;
    }
    let (owner, is_queued) = (&derived.fields.rep_owner, derived.is_queued);
    // Who has mailed a lead by form has answered before there was a chat.
    let has_human = derived.fields.responding_rep.is_some() || has_human_now;
    // The answer to the agent's question decides the routing; a timer ends the wait.
    let is_first = owner.is_none() && !learned.asks;
    let is_agents = matches!(owner, Some(RepOwner::AiAgent));
    let is_again = learned.has_changed && owner.is_some() && !has_human && !is_by_member && !is_left;
    let is_asked_for = heard.words.text.wants_human && is_agents && !has_human_now;
    // Who was asked what they want and says nothing of it is routed once that wait ends.
    let is_awaited = !heard.is_answered() && flow.routing_due().is_some();
    match (is_first, is_left) {
        (true, _) if !is_due && is_awaited => Turn::Stays,
        (true, _) if !is_due && !is_queued => Turn::Agents,
        (true, _) => Turn::Teams,
        (_, true) if is_due => Turn::Teams,
        _ if is_again || is_asked_for || is_queued => Turn::Teams,
        _ => Turn::Stays,
    }
}

/// Whether the lead asked for a person before. Every earlier message is read for it.
fn has_asked_for_human(thread: &Thread) -> bool {
    thread.earlier_of_lead().any(|message| knock_agent::wants_human(&message.text))
}

impl LeadMessage {
    /// Whether a member said that this lead is no spam: then no text of theirs is.
    fn is_pardoned(&self, view: &dyn View, conversation: &Conversation) -> Result<bool, StoreError> {
        let mut leads = vec![conversation.lead];
        if let Some(email) = &self.text.email {
            leads.extend(view.lead_by_email(email)?.map(|lead| lead.id));
        }
        is_pardoned(view, leads)
    }

    /// Returns the id of the message's signal: that of the message itself.
    fn signal_id(&self) -> SignalId {
        SignalId::from_bytes(*self.id.as_bytes())
    }

    /// Rejects a lead who went on after a warning, or matches the conditions, in the name of the agent (7.7).
    fn end(&self, flow: &mut ChatFlow, heard: &Heard<'_>) {
        let reason = match &heard.rejection {
            Some(rejection) => rejection.reason.clone(),
            None if heard.abuse == Abuse::Rejected => ABUSE.to_owned(),
            None => return,
        };
        // Nothing was routed, so that this id is free.
        flow.add(self.follow_ups[0], Event::Rejected { by: Rejecter::Ai, reason: Some(reason), member: None });
    }

    /// The message with all that was looked up for it.
    fn words<'a>(&'a self, consulted: &'a Consulted) -> Words<'a> {
        Words {
            text: &self.text,
            consulted,
            has_files: !self.files.is_empty(),
            has_meeting_page: self.meeting_page.is_some(),
        }
    }

    /// Gives the chat to who wrote first, leaves it to the agent, or routes it; not where the lead is rejected.
    fn give(
        &self,
        flow: &mut ChatFlow,
        thread: &Thread,
        basis: &RoutingBasis,
        heard: &Heard<'_>,
        Given { turn, writer, is_orphan }: Given,
    ) -> Result<(), StoreError> {
        if turn == Turn::Stays || heard.rejection.is_some() {
            return Ok(());
        }
        match writer {
            Some(writer) => flow.route_to_writer(basis, writer, self.follow_ups[0]),
            None if turn == Turn::Agents => flow.leave_to_agent(basis, self.follow_ups[0]),
            None => {
                let needs_human = self.text.wants_human || has_asked_for_human(thread);
                self.route(flow, basis, needs_human || is_orphan, is_orphan)
            }
        }
    }

    /// Whether the answer offers a meeting: it is due, and a slot is free. None is offered to who abuses the agent.
    fn offers_meeting(
        &self,
        view: &dyn View,
        flow: &ChatFlow,
        thread: &Thread,
        conversation: &Conversation,
        heard: &Heard<'_>,
    ) -> Result<bool, StoreError> {
        if heard.abuse != Abuse::None || heard.rejection.is_some() {
            return Ok(false);
        }
        let chance = MeetingChance {
            is_asked_for: self.text.understood.has(Act::AsksMeeting),
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

    /// Decides the owner. A chat whose rep has left goes to another, even by the same segment.
    fn route(
        &self,
        flow: &mut ChatFlow,
        basis: &RoutingBasis,
        needs_human: bool,
        is_orphan: bool,
    ) -> Result<(), StoreError> {
        let (is_decided, is_by_member) = (flow.is_decided() && !flow.is_left_to_agent(), flow.is_assigned_by_member());
        let fields = &flow.derived().fields;
        let (has_replied, standing) = (fields.responding_rep.is_some(), fields.standing_rep().map(str::to_owned));
        let has_human = has_replied || flow.has_human();
        let is_again = (is_decided && !has_human && !is_by_member && !is_orphan) || flow.is_queued();
        let standing = standing.as_deref().filter(|_| !is_again);
        flow.route(basis, &ChatToRoute { standing, is_again, needs_human, id: self.follow_ups[0] })
    }
}
