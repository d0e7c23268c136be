//! The history of a lead as a workflow would have met it: what was known at the first instant, and the events since.

use super::fields::{self, Course};
use super::reader::Reader;
use knock_model::{LeadId, Millis, SignalType};
use knock_ports::{LeadCandidate, MessageAuthor, PastSignal, StoreError, WEBSITE};
use knock_routing::{Field, Value};
use knock_status::chat::ChatStatus;
use knock_workflow::{Author, Event, EventKind, Lead, Mailable, Origin, Outcome, Run, Signal, Standing, State};
use std::collections::BTreeMap;

/// The most signals of a lead that are looked at, the newest ones: what has more is a program.
const MOST_SIGNALS: usize = 10_000;

/// What was known of a lead at first, and what happened since.
pub(super) struct Past {
    pub(super) state: State,
    /// Oldest first.
    pub(super) moments: Vec<Moment>,
}

/// What happened at one instant. As in a command, what changed of the lead counts for every event of it.
#[derive(Default)]
pub(super) struct Moment {
    pub(super) at: Millis,
    /// In the order in which they take effect, their numbers not given yet.
    pub(super) events: Vec<Event>,
    /// The new values of fields.
    pub(super) fields: BTreeMap<String, Option<Value>>,
    pub(super) standing: Option<Standing>,
    pub(super) mailable: Option<Mailable>,
}

/// Moments by their instant.
#[derive(Default)]
pub(super) struct Timeline(BTreeMap<Millis, Moment>);

impl Timeline {
    fn at(&mut self, at: Millis) -> &mut Moment {
        self.0.entry(at).or_insert_with(|| Moment { at, ..Moment::default() })
    }

    /// Adds an event; of those at one instant the first that was added comes first.
    fn add(&mut self, id: String, (at, received_at): (Millis, Millis), kind: EventKind) {
        let origin = match kind {
            EventKind::Form { .. } | EventKind::Link { .. } => Origin::Outside.beside_signal(at, received_at),
            _ => Origin::Outside,
        };
        let event = Event { id, number: 0, at, received_at, origin, kind };
        self.at(received_at).events.push(event);
    }

    /// Adds a signal, and the form or the Knock Link that it is of.
    fn add_signal(&mut self, signal: &PastSignal) {
        let PastSignal { id, at, received_at, kind, category, name } = signal;
        let when = (*at, *received_at);
        self.add(format!("signal:{id}"), when, EventKind::Signal { signal: *kind, category: *category });
        let name = Some(name.clone()).filter(|name| !name.is_empty());
        match kind {
            SignalType::FormSubmit => self.add(format!("form:{id}"), when, EventKind::Form { form: name }),
            SignalType::LinkClick if name.as_deref().is_some_and(|name| name != WEBSITE) => {
                self.add(format!("link:{id}"), when, EventKind::Link { link: name });
            }
            _ => {}
        }
    }

    pub(super) fn into_moments(self) -> Vec<Moment> {
        self.0.into_values().collect()
    }
}

impl Reader<'_> {
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
        let moments = timeline.into_moments();
        Ok((!moments.is_empty()).then_some(Past { state: State { lead, runs: Vec::new() }, moments }))
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
                    timeline.add(id, (message.at, message.at), EventKind::Message { by });
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
                    timeline.add(id, (entry.at, entry.at), EventKind::Sent);
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
        // Who ended all mail gets none of these either.
        let (view, id) = (self.presenter.view, candidate.lead.id);
        let stopped = [view.workflow_mail_stopped_at(id)?, view.mail_stopped_at(id)?];
        match stopped.into_iter().flatten().min() {
            Some(at) if at >= self.from => timeline.at(at).mailable = Some(Mailable::Unsubscribed),
            Some(_) => lead.mailable = Mailable::Unsubscribed,
            None => {}
        }
        Ok(())
    }

    /// The last value before the first instant is known; later changes are events.
    fn follow(&self, course: Course, lead: &mut Lead, timeline: &mut Timeline) {
        let Ok(field) = Field::parse(&course.field) else { return };
        let is_status = course.field == "chat.status";
        lead.fields.replace(&field, None);
        for (at, value) in course.values {
            let is_rejected = value.as_ref().and_then(Value::as_text) == Some(ChatStatus::Rejected.as_str());
            let standing = if is_rejected { Standing::Rejected } else { Standing::Normal };
            if at < self.from {
                lead.fields.replace(&field, value);
                lead.standing = if is_status { standing } else { lead.standing };
            } else {
                let moment = timeline.at(at);
                moment.standing = if is_status { Some(standing) } else { moment.standing };
                moment.fields.insert(course.field.clone(), value);
            }
        }
    }
}
