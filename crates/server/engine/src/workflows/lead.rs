//! What happened to a lead, through the engine of their workflows.

use super::apply::{Decided, apply};
use super::event::Unnumbered;
use super::fields::fields_of;
use super::group::Group;
use super::number::next_number;
use super::signals::{counted, signals_before};
use super::watched::Watched;
use crate::changes::Changes;
use crate::workflow_index::Index;
use crate::workflow_runs::{LoadedState, load_state, record as record_change, set_timer, withdraw_nudges_of};
use knock_model::{LeadId, Millis};
use knock_ports::{ChatSummary, Lead, Ledger, StoreError};
use knock_routing::LeadFields;
use knock_status::chat::{ChatStatus, Event};
use knock_workflow::{
    Author, Change, Engine, EventKind, Mailable, NudgeCount, Origin, RefusalReason, Signal, Standing, State, Versions,
};

/// How long actions to a lead are known: no cap counts longer ago.
pub const WORKFLOW_SENT_KEPT: Millis = Millis(366 * Millis::DAY.0);

/// Lets the workflows of a lead react to what happened to them.
pub(super) fn take(ledger: &mut dyn Ledger, group: &Group, changes: &mut Changes) -> Result<(), StoreError> {
    // An erased or merged lead has no record.
    let Some(record) = ledger.lead(group.lead)? else { return Ok(()) };
    let is_written = |event: &Unnumbered| matches!(event.kind, EventKind::Message { by: Author::Lead });
    if group.events.iter().any(is_written) {
        withdraw_nudges_of(ledger, record.id, group.now, changes)?;
    }
    let index = changes.workflows(ledger)?;
    if group.is_of_signals() && !is_inside(ledger, &index, group)? {
        let fired = fired(ledger, &index, group)?;
        if fired.iter().all(is_refused_by_itself) {
            return fired
                .iter()
                .try_for_each(|change| record_change(ledger, record.id, &[], change, group.now, changes));
        }
    } else if !group.is_of_signals() && !is_concerned(ledger, &index, group)? {
        return Ok(());
    }
    let signals = signals_before(ledger, (record.id, record.signals), &index, &group.events, group.now)?;
    decide(ledger, &record, group, signals, changes)
}

/// Whether signals can do something to a run of the lead.
fn is_inside(ledger: &dyn Ledger, index: &Index, group: &Group) -> Result<bool, StoreError> {
    let concerns_runs = group.events.iter().any(|event| index.concerns_runs(&event.kind));
    Ok(concerns_runs && ledger.has_active_run(group.lead)?)
}

/// Whether anything can come of what happened.
fn is_concerned(ledger: &dyn Ledger, index: &Index, group: &Group) -> Result<bool, StoreError> {
    let enrols = |event: &Unnumbered| event.kind == EventKind::Sent || index.enrols_by(&event.kind);
    let changes_fields = group.compares.is_some() && !index.watched().is_empty();
    let is_wanted = group.is_due || !group.moves.is_empty() || changes_fields || group.events.iter().any(enrols);
    Ok(is_wanted || ledger.has_active_run(group.lead)?)
}

/// The enrolments that signals of a lead outside would make, whatever is known of the lead: most fire nothing, since they
/// do not reach a count.
fn fired(ledger: &dyn Ledger, index: &Index, group: &Group) -> Result<Vec<Change>, StoreError> {
    let is_counted = group.events.iter().any(|event| index.counted_with(&event.kind).is_some());
    let spans = if is_counted { ledger.spans_of_lead(group.lead)? } else { Vec::new() };
    let mut state = State::default();
    state.lead.signals = counted(ledger, index, &spans, &group.events)?;
    let versions = Versions { former: Vec::new(), ..index.versions() };
    let mut engine = Engine::new(versions, NudgeCount::Shown, state);
    let mut fired = Vec::new();
    for event in &group.events {
        let number = next_number(&engine.state().lead, event.received_at);
        fired.extend(engine.receive(&event.clone().numbered(number)));
    }
    Ok(fired)
}

/// Whether an enrolment is refused for a reason that no other knowledge changes: they come first.
fn is_refused_by_itself(change: &Change) -> bool {
    matches!(change, Change::Refused(refusal) if matches!(refusal.reason, RefusalReason::Disabled | RefusalReason::Stale))
}

/// Feeds all of it to the engine and stores what it decides.
fn decide(
    ledger: &mut dyn Ledger,
    record: &Lead,
    group: &Group,
    signals: Vec<Signal>,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let (id, now) = (record.id, group.now);
    let LoadedState { mut state, seen_at, index } = load_state(ledger, id, now, changes)?;
    let chat = ledger.chat_summary(id)?;
    let fields = fields_of(ledger, record, &index, group.visit, now)?;
    let stored = state.lead.clone();
    let watched = Watched::before(&index, group, (&stored.fields, seen_at), &fields);
    state.lead.signals = signals;
    state.lead.rep_wrote_at = rep_wrote_at(ledger, id, chat.as_ref())?;
    state.lead.mailable = mailable(ledger, record)?;
    state.lead.sent.retain(|at| now - *at < WORKFLOW_SENT_KEPT);
    let becomes_spam = stand(&mut state, record, chat.as_ref());
    let mut feed = Feed { index: &index, state, decided: Vec::new() };
    feed.events(group.clone_events(becomes_spam), group, &watched, &fields);
    let Feed { state, decided, .. } = feed;
    let due_at = Engine::new(index.versions(), NudgeCount::Shown, state.clone()).next_due();
    let known =
        knock_workflow::Lead { fields: watched.values(&fields), signals: Vec::new(), rep_wrote_at: None, ..state.lead };
    let is_same = knock_workflow::Lead { last_event: stored.last_event, ..known.clone() } == stored;
    if !decided.is_empty() || !is_same || watched.is_outdated {
        ledger.save_workflow_lead(id, &known)?;
    }
    apply(ledger, (id, &state.runs), &index, &decided, now, changes)?;
    if group.is_due || !decided.is_empty() {
        set_timer(ledger, id, (&state.runs, due_at), changes)?;
    }
    Ok(())
}

/// Sets the standing of a lead; whether they become spam inside of workflows just now.
fn stand(state: &mut State, record: &Lead, chat: Option<&ChatSummary>) -> bool {
    let is_rejected = chat.is_some_and(|chat| chat.status.as_deref() == Some(ChatStatus::Rejected.as_str()));
    state.lead.standing = match (record.is_spam, is_rejected) {
        (true, _) => Standing::Spam,
        (false, true) => Standing::Rejected,
        (false, false) => Standing::Normal,
    };
    record.is_spam && state.runs.iter().any(knock_workflow::Run::is_active)
}

/// The last message of a human of the team (WF-A2). A chat in which only they have written has no summary.
fn rep_wrote_at(ledger: &dyn Ledger, lead: LeadId, chat: Option<&ChatSummary>) -> Result<Option<Millis>, StoreError> {
    if let Some(chat) = chat {
        return Ok(chat.replied_at);
    }
    let is_reps = |what: &Event| matches!(what, Event::RepMessage { .. } | Event::Invited { .. });
    let facts = ledger.chat_facts(lead)?;
    Ok(facts.iter().filter(|fact| is_reps(&fact.what)).map(|fact| fact.effective_at()).max())
}

fn mailable(ledger: &dyn Ledger, record: &Lead) -> Result<Mailable, StoreError> {
    Ok(match &record.email {
        None => Mailable::NoAddress,
        Some(_) if ledger.workflow_mail_stopped_at(record.id)?.is_some() => Mailable::Unsubscribed,
        // Who ended all mail gets none of these either.
        Some(_) if ledger.mail_stopped_at(record.id)?.is_some() => Mailable::Unsubscribed,
        Some(_) => Mailable::Yes,
    })
}

impl Group {
    /// The events, after the one by which spam leaves all workflows (WF-E5).
    fn clone_events(&self, becomes_spam: bool) -> Vec<Unnumbered> {
        let kind = EventKind::Standing(Standing::Spam);
        let leaves = Unnumbered::now("standing:spam".to_owned(), (self.now, Origin::Outside), kind);
        becomes_spam.then_some(leaves).into_iter().chain(self.events.iter().cloned()).collect()
    }
}

/// The engine, with what it has decided so far.
struct Feed<'i> {
    index: &'i Index,
    state: State,
    decided: Vec<Decided>,
}

impl<'i> Feed<'i> {
    /// The timers that were due before, then the events, then the fields that changed, then the timers due now (WF-O2).
    fn events(&mut self, events: Vec<Unnumbered>, group: &Group, watched: &Watched, now: &LeadFields) {
        let first = events.iter().map(|event| event.received_at).min().unwrap_or(group.now);
        self.with(watched.all_before(group, now), |engine| engine.settle_before(first));
        for run in &group.moves {
            if let Some(version) = self.index.newest(&run.workflow) {
                self.with(now.clone(), |engine| engine.move_to(run, version, group.now));
            }
        }
        for event in events {
            self.receive(now.clone(), event);
        }
        for (fields, event) in watched.changes(group, now) {
            let number = next_number(&self.state.lead, event.received_at);
            let id = format!("{}:{number}", event.id);
            self.receive(fields, Unnumbered { id, ..event });
        }
        if group.is_due {
            self.with(now.clone(), |engine| engine.advance(group.now));
        }
    }

    fn receive(&mut self, fields: LeadFields, event: Unnumbered) {
        let number = next_number(&self.state.lead, event.received_at);
        let event = event.numbered(number);
        self.with(fields, |engine| engine.receive(&event));
    }

    fn with(&mut self, fields: LeadFields, decide: impl FnOnce(&mut Engine<'i>) -> Vec<Change>) {
        let mut state = std::mem::take(&mut self.state);
        state.lead.fields = fields;
        let mut engine = Engine::new(self.index.versions(), NudgeCount::Shown, state);
        let decided = decide(&mut engine);
        self.state = engine.into_state();
        let runs = &self.state.runs;
        self.decided.extend(decided.into_iter().map(|change| Decided::new(change, runs)));
    }
}
