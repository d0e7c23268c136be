//! The history of a lead as a workflow would have met it: what was known at the first instant, and the events since.

use super::fields::{self, Course};
use super::needs::{Needs, steps_to_lead};
use crate::present::Presenter;
use knock_model::{LeadId, Millis, SignalType, WorkflowId};
use knock_ports::{LeadCandidate, MessageAuthor, PastSignal, StoreError};
use knock_routing::{Field, Link};
use knock_status::chat::ChatStatus;
use knock_workflow::{
    Author, Event, EventKind, Lead, Mailable, Origin, Outcome, Run, Signal, Standing, State, Workflow,
};
use std::collections::{BTreeMap, BTreeSet};

/// The most signals of a lead that are looked at, the newest ones: what has more is a program.
const MOST_SIGNALS: usize = 10_000;

/// Reads histories for one draft.
pub(super) struct Reader<'r> {
    pub(super) presenter: &'r Presenter<'r>,
    pub(super) workflow: &'r Workflow,
    pub(super) needs: Needs,
    /// The first instant at which it enrols.
    pub(super) from: Millis,
    pub(super) links: BTreeMap<String, Link>,
    /// The workflow that it is a draft of: its own actions would not have been done.
    own: Option<WorkflowId>,
    /// The steps of other workflows that reach the lead, by workflow and version.
    others: BTreeMap<(String, u32), BTreeSet<String>>,
}

/// What was known of a lead at first, and what happened since.
pub(super) struct Past {
    pub(super) state: State,
    pub(super) events: Vec<Event>,
}

/// Events in the order in which they take effect, before they are numbered.
#[derive(Default)]
pub(super) struct Timeline(Vec<(Millis, u8, Event)>);

impl Timeline {
    /// Adds an event; of those at one instant the lower rank comes first, else the one that was added first.
    pub(super) fn add(&mut self, rank: u8, id: String, (at, received_at): (Millis, Millis), kind: EventKind) {
        let event = Event { id, number: 0, at, received_at, origin: Origin::Outside, kind };
        self.0.push((received_at, rank, event));
    }

    /// Adds a signal, and the form or the link that it is of.
    pub(super) fn add_signal(&mut self, signal: &PastSignal) {
        let PastSignal { id, at, received_at, kind, category, name } = signal;
        let when = (*at, *received_at);
        self.add(0, format!("signal:{id}"), when, EventKind::Signal { signal: *kind, category: *category });
        let name = || Some(name.clone()).filter(|name| !name.is_empty());
        match kind {
            SignalType::FormSubmit => self.add(1, format!("form:{id}"), when, EventKind::Form { form: name() }),
            SignalType::LinkClick => self.add(1, format!("link:{id}"), when, EventKind::Link { link: name() }),
            _ => {}
        }
    }

    /// The events from an instant on, numbered behind `last`.
    pub(super) fn numbered(mut self, last: u64) -> Vec<Event> {
        self.0.sort_by_key(|(at, rank, _)| (*at, *rank));
        let numbered = (last + 1..).zip(self.0).map(|(number, (.., event))| Event { number, ..event });
        numbered.collect()
    }
}

impl<'r> Reader<'r> {
    pub(super) fn new(
        presenter: &'r Presenter<'r>,
        workflow: &'r Workflow,
        (own, from): (Option<WorkflowId>, Millis),
    ) -> Result<Reader<'r>, StoreError> {
        let view = presenter.view;
        let mut others = BTreeMap::new();
        for id in view.run_counts()?.into_keys().filter(|id| Some(*id) != own) {
            for (version, _) in view.workflow_versions(id)? {
                let steps = steps_to_lead(&version.draft.definition);
                others.insert((id.to_string(), version.number), steps);
            }
        }
        let (needs, links) = (Needs::of(workflow), presenter.channels()?);
        Ok(Reader { presenter, workflow, needs, from, links, own, others })
    }

    /// The instant from which signals are read: windows reach back before the first day.
    pub(super) fn signals_from(&self) -> Millis {
        self.from - self.needs.window
    }

    /// The history of a lead; none where nothing happened since the first instant.
    pub(super) fn past(&self, candidate: &LeadCandidate) -> Result<Option<Past>, StoreError> {
        let id = candidate.lead.id;
        let mut timeline = Timeline::default();
        let mut lead = Lead::default();
        self.signals(&self.presenter.view.past_signals(id, self.signals_from())?, &mut lead, &mut timeline);
        if self.needs.messages {
            self.messages(id, &mut lead, &mut timeline)?;
        }
        self.sent(id, &mut lead, &mut timeline)?;
        self.mailable(candidate, &mut lead, &mut timeline)?;
        let courses = fields::courses(self, candidate)?;
        lead.fields = fields::at_first(self, candidate);
        for course in courses {
            self.follow(course, &mut lead, &mut timeline);
        }
        let events = timeline.numbered(lead.last_event);
        Ok((!events.is_empty()).then_some(Past { state: State { lead, runs: Vec::new() }, events }))
    }

    /// Signals from before the first instant count in windows, later ones are events.
    pub(super) fn signals(&self, signals: &[PastSignal], lead: &mut Lead, timeline: &mut Timeline) {
        let newest = signals.get(signals.len().saturating_sub(MOST_SIGNALS)..).unwrap_or_default();
        for signal in newest {
            if signal.received_at >= self.from {
                timeline.add_signal(signal);
                continue;
            }
            lead.last_event += 1;
            let PastSignal { at, kind, category, .. } = *signal;
            lead.signals.push(Signal { number: lead.last_event, at, signal: kind, category });
        }
    }

    fn messages(&self, id: LeadId, lead: &mut Lead, timeline: &mut Timeline) -> Result<(), StoreError> {
        let view = self.presenter.view;
        for conversation in view.conversations_of_lead(id)? {
            for message in view.messages_after(conversation.id, 0)? {
                let by = match message.author {
                    MessageAuthor::Lead => Author::Lead,
                    MessageAuthor::AiAgent => Author::Agent,
                    MessageAuthor::Rep(_) => Author::Rep,
                    // A program is none of those who can be named.
                    MessageAuthor::Integration(_) => continue,
                };
                if message.at >= self.from {
                    let id = format!("message:{}", message.id);
                    timeline.add(2, id, (message.at, message.at), EventKind::Message { by });
                } else if by == Author::Rep {
                    lead.rep_wrote_at = lead.rep_wrote_at.max(Some(message.at));
                }
            }
        }
        Ok(())
    }

    /// What other workflows sent to the lead counts for caps (WF-A4).
    fn sent(&self, id: LeadId, lead: &mut Lead, timeline: &mut Timeline) -> Result<(), StoreError> {
        if self.others.is_empty() || self.workflow.cap.is_none() {
            return Ok(());
        }
        let own = self.own.map(|own| own.to_string());
        let runs = self.presenter.view.runs_of_lead(id, true)?.into_iter();
        for Run { workflow, version, number, log, .. } in runs.filter(|run| Some(&run.workflow) != own.as_ref()) {
            let steps = self.others.get(&(workflow.clone(), version));
            let is_sent = |step: &String| steps.is_some_and(|steps| steps.contains(step));
            let sent = log.into_iter().filter(|entry| entry.outcome == Outcome::Done && is_sent(&entry.step));
            for (place, entry) in sent.enumerate() {
                if entry.at >= self.from {
                    let id = format!("sent:{workflow}:{number}:{place}");
                    timeline.add(5, id, (entry.at, entry.at), EventKind::Sent);
                } else {
                    lead.sent.push(entry.at);
                }
            }
        }
        Ok(())
    }

    fn mailable(&self, candidate: &LeadCandidate, lead: &mut Lead, timeline: &mut Timeline) -> Result<(), StoreError> {
        if !self.needs.mails {
            return Ok(());
        }
        if candidate.lead.email.is_none() {
            lead.mailable = Mailable::NoAddress;
            return Ok(());
        }
        match self.presenter.view.workflow_mail_stopped_at(candidate.lead.id)? {
            Some(at) if at >= self.from => {
                let kind = EventKind::Mailable(Mailable::Unsubscribed);
                timeline.add(3, "unsubscribed".to_owned(), (at, at), kind);
            }
            Some(_) => lead.mailable = Mailable::Unsubscribed,
            None => {}
        }
        Ok(())
    }

    /// The last value before the first instant is known; later changes are events.
    fn follow(&self, course: Course, lead: &mut Lead, timeline: &mut Timeline) {
        let Ok(field) = Field::parse(&course.field) else { return };
        let is_status = course.field == "chat.status";
        let mut last = None;
        lead.fields.replace(&field, None);
        for (place, (at, value)) in course.values.into_iter().enumerate() {
            let standing = if value.as_ref().and_then(|value| value.as_text()) == Some(ChatStatus::Rejected.as_str()) {
                Standing::Rejected
            } else {
                Standing::Normal
            };
            if at < self.from {
                lead.fields.replace(&field, value.clone());
                lead.standing = if is_status { standing } else { lead.standing };
            } else if last != value {
                if is_status {
                    timeline.add(3, format!("standing:{place}"), (at, at), EventKind::Standing(standing));
                }
                let kind = EventKind::Field { field: field.clone(), value: value.clone() };
                timeline.add(4, format!("field:{}:{place}", course.field), (at, at), kind);
            }
            last = value;
        }
    }
}
