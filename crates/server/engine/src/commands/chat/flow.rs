//! The chat flow of a lead: the facts so far, and the changes of a command. Nothing here writes, and only `load` and
//! `refresh` read.

use crate::happened::LastSent;
use knock_agent::Choice;
use knock_intent::{
    Evidence, Question, Reading, Standing, TypeDecision, decide_choice, decide_type, prior, provisional_type, score,
};
use knock_model::{AccountId, Bucket, ConversationId, IntentType, LeadId, Millis, RepId, SignalId};
use knock_ports::{ChatFact, ChatSummary, Decided, Lead, StoreError, TypeDecided, View, Wait};
use knock_report::ChatRecord;
use knock_routing::Reason;
use knock_status::chat::{Assignee, ChatStatus, Derived, Event, Fields, Folder, Rejecter, RepOwner, derive};
use knock_status::{Fact, Source};

/// The chat of a lead within a command. Decisions wait in `writes` until they are applied.
pub(in crate::commands) struct ChatFlow {
    pub(super) lead: LeadId,
    pub(super) now: Millis,
    /// The record of the person when last read; none if there is none.
    pub(super) record: Option<Lead>,
    /// The facts, in order of delivery.
    pub(super) facts: Vec<ChatFact>,
    /// The number of facts stored before.
    pub(super) known: usize,
    pub(super) types: Vec<TypeDecided>,
    /// The last routing decision about the lead.
    pub(super) decided: Option<Decided>,
    /// The content of the last events.
    pub(super) last_sent: LastSent,
    /// Whether it was snoozed when it was last stored.
    pub(super) was_snoozed: bool,
    pub(super) writes: Vec<Write>,
    /// The state derived from all facts.
    derived: Option<Derived>,
    /// The state before the new facts, if it was derived.
    before: Option<Derived>,
}

/// The facts about its author that a message revealed.
#[derive(Clone, Copy, Debug)]
pub(in crate::commands) struct Learned {
    /// Whether the type of the lead changed.
    pub(in crate::commands) has_changed: bool,
    /// Whether the agent asks for the purpose.
    pub(in crate::commands) asks: bool,
}

/// A record to be stored or a change to be sent.
pub(super) enum Write {
    Fact(ChatFact),
    Type(TypeDecided),
    Decision(Box<Routed>),
    /// The state derived now, and `previous`, the state in the last events.
    Status {
        previous: LastSent,
        derived: Box<Derived>,
    },
}

pub(super) struct Routed {
    pub(super) decided: Decided,
    /// The routed conversation.
    pub(super) conversation: Option<ConversationId>,
    /// The new owner of the chat, if any.
    pub(super) to: Option<RepOwner>,
    pub(super) previous: Option<RepOwner>,
}

impl ChatFlow {
    /// Reads all inputs of the decisions about a lead's chat once.
    pub(in crate::commands) fn load(view: &dyn View, lead: LeadId, now: Millis) -> Result<ChatFlow, StoreError> {
        let (facts, summary) = (view.chat_facts(lead)?, view.chat_summary(lead)?);
        Ok(ChatFlow {
            lead,
            now,
            record: view.lead(lead)?,
            known: facts.len(),
            facts,
            types: view.type_decisions(lead)?,
            decided: view.last_decision(lead)?,
            was_snoozed: summary.as_ref().is_some_and(|summary| summary.folder == Folder::Snoozed),
            last_sent: LastSent::of(summary),
            writes: Vec::new(),
            derived: None,
            before: None,
        })
    }

    /// Reads the person again: the signal of a message may have changed the record.
    pub(in crate::commands) fn refresh(&mut self, view: &dyn View) -> Result<(), StoreError> {
        self.record = view.lead(self.lead)?;
        Ok(())
    }

    /// Adds an event of now. An id that is stored already adds nothing.
    pub(in crate::commands) fn add(&mut self, id: SignalId, what: Event) {
        if self.has(id) {
            return;
        }
        if self.facts.len() == self.known {
            self.before.clone_from(&self.derived);
        }
        let fact = Fact { id, at: self.now, received_at: self.now, source: Source::Server, what };
        // A message of the agent only stands last among the messages, unless facts of later were recorded already.
        let is_last = fact.what == Event::AiMessage && self.facts.iter().all(|known| known.received_at <= self.now);
        self.derived = self.derived.take().filter(|_| is_last);
        if let Some(derived) = &mut self.derived {
            derived.course.agent_wrote(self.now);
        }
        self.facts.push(fact.clone());
        self.writes.push(Write::Fact(fact));
    }

    /// Returns the status and the fields as of now.
    pub(in crate::commands) fn derived(&mut self) -> &Derived {
        // A command that waited in the queue must not ignore facts recorded in the meantime.
        let now = self.facts.iter().map(|fact| fact.received_at).fold(self.now, Ord::max);
        self.derived.get_or_insert_with(|| derive(&self.facts, now))
    }

    /// Queues the status and the type as of now for storing, with the events about them.
    pub(in crate::commands) fn settle(&mut self) -> &Derived {
        let derived = self.derived().clone();
        if derived.folder.is_some() {
            let status = derived.status.map(|status| status.as_str().to_owned());
            let sent = LastSent { status, intent_type: self.intent_type() };
            let previous = std::mem::replace(&mut self.last_sent, sent);
            self.writes.push(Write::Status { previous, derived: Box::new(derived) });
        }
        self.derived()
    }

    /// Whether a fact is known.
    pub(in crate::commands) fn has(&self, id: SignalId) -> bool {
        self.facts.iter().any(|known| known.id == id)
    }

    /// Returns the type for routing and the CRM: of a lead by form who has not chatted that of the mix of their actions
    /// (7.4).
    pub(in crate::commands) fn type_or_mix(&mut self) -> IntentType {
        let is_by_form = self.derived().folder.is_some() && self.derived().status.is_none();
        let evidence = self.record.as_ref().map(|lead| &lead.history.evidence);
        match (self.intent_type(), evidence.filter(|_| is_by_form)) {
            (IntentType::Unknown, Some(evidence)) => provisional_type(evidence, self.now),
            (kind, _) => kind,
        }
    }

    /// Returns the last decided type (IF-03).
    pub(in crate::commands) fn intent_type(&self) -> IntentType {
        self.types.last().map_or(IntentType::Unknown, |decided| decided.kind)
    }

    /// Whether the chat was routed at an earlier message. A decision about a form before the chat does not count.
    pub(in crate::commands) fn is_decided(&self) -> bool {
        let messages = self.facts.iter().filter(|fact| matches!(fact.what, Event::LeadMessage { .. }));
        let first = messages.map(Fact::effective_at).min().filter(|_| self.lead_messages() > 1);
        self.decided.as_ref().is_some_and(|decided| first.is_some_and(|first| decided.at >= first))
    }

    /// Returns the bucket of the lead's score as of now; none without a record.
    pub(in crate::commands) fn bucket(&self) -> Option<Bucket> {
        self.record.as_ref().map(|lead| score(&lead.history.evidence, self.now).bucket)
    }

    /// Whether the lead came to the chat by a Knock Link, the launcher or a message: a form does not connect (IU-08).
    pub(in crate::commands) fn came_by_chat(&self) -> bool {
        let is_in_chat =
            |what: &Event| matches!(what, Event::LinkClicked | Event::ChatActivity | Event::LeadMessage { .. });
        self.facts.iter().any(|fact| is_in_chat(&fact.what))
    }

    /// Whether the lead has sent a form.
    pub(in crate::commands) fn has_form(&self) -> bool {
        self.facts.iter().any(|fact| matches!(fact.what, Event::FormSent { .. }))
    }

    /// Whether the lead is ready to buy: by the type and a high score.
    pub(in crate::commands) fn is_ready(&self) -> bool {
        self.intent_type() == IntentType::Buying && self.bucket() == Some(Bucket::High)
    }

    /// Returns the company of the lead: its type follows that of its contacts.
    pub(super) fn account(&self) -> Option<AccountId> {
        self.record.as_ref().and_then(|lead| lead.account)
    }

    /// Whether the chat was routed after an instant; without an instant, whether it was ever routed.
    pub(in crate::commands) fn decided_after(&self, before: Option<Millis>) -> bool {
        self.decided.as_ref().is_some_and(|decided| before.is_none_or(|before| decided.at > before))
    }

    /// Whether a human replies: one has written, and the chat was not handed back to the agent since.
    pub(in crate::commands) fn has_human(&self) -> bool {
        let written = self.last(is_reps);
        let is_agents = |what: &Event| matches!(what, Event::Assigned(Assignee::AiAgent) | Event::Queued);
        written.is_some() && written > self.last(is_agents)
    }

    /// Whether the agent has the chat only because no member was needed so far.
    pub(in crate::commands) fn is_left_to_agent(&mut self) -> bool {
        let is_agents = matches!(self.derived().fields.rep_owner, Some(RepOwner::AiAgent));
        let is_left = |decided: &Decided| decided.decision.reason == Reason::AnsweredByAgent;
        is_agents && self.decided.as_ref().is_some_and(is_left) && !self.is_assigned_by_member()
    }

    /// Whether the agent has rejected the lead, and the chat is over.
    pub(in crate::commands) fn is_ended_by_agent(&mut self) -> bool {
        let derived = self.derived();
        let is_agents = derived.fields.rejected.as_ref().is_some_and(|rejection| rejection.by == Rejecter::Ai);
        derived.status == Some(ChatStatus::Rejected) && is_agents
    }

    /// The time since the lead began to wait for a member whom they were promised; none if they did not wait before.
    pub(super) fn waited_before(&self) -> Option<Millis> {
        let wait = self.wait_before().0.filter(|wait| wait.rep.is_some() || wait.is_queued);
        wait.map(|wait| self.now - wait.since)
    }

    /// Whether a member assigned the chat to its owner, after the decision of routing.
    pub(in crate::commands) fn is_assigned_by_member(&self) -> bool {
        let is_given = |what: &Event| matches!(what, Event::Assigned(_) | Event::Queued);
        let Some((at, _, place)) = self.last(is_given) else { return false };
        self.decided.as_ref().is_none_or(|decided| at >= decided.at && self.facts[place].id != decided.id)
    }

    /// Whether the chat was given to anybody but a member since an instant.
    pub(in crate::commands) fn is_given_to_another_after(&self, at: Millis, rep: RepId) -> bool {
        let rep = rep.to_string();
        self.facts.iter().filter(|fact| fact.effective_at() > at).any(|fact| match &fact.what {
            Event::Assigned(Assignee::Rep(to)) => *to != rep,
            Event::Assigned(Assignee::AiAgent) | Event::Queued => true,
            _ => false,
        })
    }

    /// Returns the sort key of the last fact of a kind: its effective instant, the instant of its delivery, its place.
    fn last(&self, is_such: fn(&Event) -> bool) -> Option<(Millis, Millis, usize)> {
        let such = self.facts.iter().enumerate().filter(|(_, fact)| is_such(&fact.what));
        such.map(|(place, fact)| (fact.effective_at(), fact.received_at, place)).max()
    }

    /// The start of the chat, by its first fact.
    pub(in crate::commands) fn first_at(&self) -> Option<Millis> {
        self.facts.iter().map(Fact::effective_at).min()
    }

    /// The number of messages of the lead.
    pub(in crate::commands) fn lead_messages(&self) -> usize {
        self.facts.iter().filter(|fact| matches!(fact.what, Event::LeadMessage { .. })).count()
    }

    /// The evidence of a message for the lead's type, with their earlier activity (IF-03, IF-08). `choice` is the
    /// choice among the answers that the agent offered; `may_ask` is whether the agent may ask about the intent now
    /// (IF-09).
    pub(in crate::commands) fn learn(
        &mut self,
        id: SignalId,
        reading: &Reading,
        choice: Option<Choice>,
        may_ask: bool,
    ) -> Learned {
        // A nudge has said what the chat is about: that is neither asked, nor taken from the pages seen before.
        let is_asked = self.asked_type().is_some();
        let nothing = Evidence::default();
        let record = self.record.as_ref().filter(|_| !(is_asked && reading.says_nothing));
        let prior = prior(record.map_or(&nothing, |lead| &lead.history.evidence), self.now);
        let before = self.standing();
        self.keep_type(id, before, learned(before, &prior, reading, (choice, may_ask && !is_asked)))
    }

    /// The state of the type before a message.
    fn standing(&mut self) -> Standing {
        let has_human = self.derived().fields.responding_rep.is_some();
        let last = self.types.last().map(|last| (last.kind, last.why, last.question));
        Standing::after(last, has_human)
    }

    fn keep_type(&mut self, id: SignalId, before: Standing, decision: TypeDecision) -> Learned {
        let TypeDecision { kind, margin, ask, why, standing } = decision;
        if standing != before {
            let (lead, at, question) = (self.lead, self.now, standing.question);
            self.set_type(TypeDecided { id, lead, at, kind, margin, why, question });
        }
        Learned { has_changed: kind != before.kind, asks: ask }
    }

    /// Whether the type was decided under this id.
    pub(in crate::commands) fn has_type(&self, id: SignalId) -> bool {
        self.types.iter().any(|known| known.id == id)
    }

    /// Sets the type from now on.
    pub(in crate::commands) fn set_type(&mut self, decided: TypeDecided) {
        self.types.push(decided.clone());
        self.writes.push(Write::Type(decided));
    }

    /// The member from whom the lead awaits an answer, if any.
    pub(super) fn wait(&self, derived: &Derived) -> Option<Wait> {
        let rep = derived.fields.standing_rep().and_then(|rep| RepId::parse(rep).ok());
        let is_queued = derived.is_queued;
        derived.waiting_since.map(|since| Wait { lead: self.lead, since, rep, is_queued })
    }

    /// Returns the fields of the chat before the new facts.
    pub(super) fn fields_before(&self) -> Fields {
        self.derived_before().fields
    }

    fn derived_before(&self) -> Derived {
        let known = if self.facts.len() == self.known { &self.derived } else { &self.before };
        known.clone().unwrap_or_else(|| derive(&self.facts[..self.known], self.now))
    }

    /// The wait before, and whether the lead has written or sent a form since.
    pub(super) fn wait_before(&self) -> (Option<Wait>, bool) {
        let is_leads = |what: &Event| matches!(what, Event::LeadMessage { .. } | Event::FormSent { .. });
        let has_written = self.facts[self.known..].iter().any(|fact| is_leads(&fact.what));
        (self.wait(&self.derived_before()), has_written)
    }

    /// The last activity; the end of a snooze is one, so that the chat stands before others again.
    fn active_at(&self, derived: &Derived) -> Millis {
        let last = self.facts.iter().map(Fact::effective_at).max();
        let woken = derived.woken().map(|(at, _)| at);
        last.max(woken).unwrap_or(self.now)
    }

    /// The summary for lists.
    pub(super) fn summary(&self, derived: &Derived) -> Option<ChatSummary> {
        let rejection = derived.fields.rejected.as_ref();
        Some(ChatSummary {
            lead: self.lead,
            status: derived.status.map(|status| status.as_str().to_owned()),
            is_spam: derived.is_spam,
            intent_type: self.intent_type(),
            active_at: self.active_at(derived),
            folder: derived.folder?,
            waiting_since: derived.waiting_since,
            owner: derived.fields.rep_owner.clone(),
            is_queued: derived.is_queued,
            reject_reason: rejection.and_then(|rejection| rejection.reason.clone()).unwrap_or_default(),
            deal_at: derived.deal_opened_at,
            replied_at: derived.rep_wrote_at,
            wrote_at: derived.lead_wrote_at,
            course: ChatRecord::of(derived).pack(),
        })
    }
}

/// Whether an event is a message of a human of the team.
pub(super) const fn is_reps(what: &Event) -> bool {
    matches!(what, Event::RepMessage { .. } | Event::Invited { .. })
}

/// Returns the type after a message: by the chosen option of the agent, else by the text. If the agent may not ask now,
/// it may ask later.
pub(crate) fn learned(
    before: Standing,
    prior: &[f64; 4],
    reading: &Reading,
    (choice, may_ask): (Option<Choice>, bool),
) -> TypeDecision {
    if let Some(Choice::Type(kind)) = choice.filter(|_| !reading.is_spam) {
        return decide_choice(before, kind);
    }
    let is_deferred = !may_ask && before.question == Question::Ready;
    let asked = if is_deferred { Standing { question: Question::Off, ..before } } else { before };
    let mut decision = decide_type(asked, prior, reading);
    if is_deferred {
        decision.standing.question = Question::Ready;
    }
    decision
}
