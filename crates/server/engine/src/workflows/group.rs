//! What happened to one lead in one command.

use super::event::Unnumbered;
use knock_model::{LeadId, Millis, SessionId, SiteId, VisitorId};
use knock_routing::Value;
use knock_workflow::{Origin, RunKey};
use std::collections::BTreeMap;

/// The visit of a browser that the signals of a command are of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Visit {
    pub(super) site: SiteId,
    pub(super) visitor: VisitorId,
    pub(super) session: SessionId,
}

/// What happened to one lead.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) lead: LeadId,
    /// The latest instant.
    pub(super) now: Millis,
    /// In the order in which they happened.
    pub(super) events: Vec<Unnumbered>,
    /// The values of fields before, where the command knows them.
    pub(super) before: BTreeMap<String, Option<Value>>,
    /// Whether the lead got a record: no field had a value before.
    pub(super) is_new: bool,
    /// Whether another lead was merged into this one: what is stored is of both.
    pub(super) is_merged: bool,
    /// The cause of changed fields, if any may have changed.
    pub(super) compares: Option<Origin>,
    /// Whether a timer is due.
    pub(super) is_due: bool,
    /// Runs that go on in the newest version.
    pub(super) moves: Vec<RunKey>,
    pub(super) visit: Option<Visit>,
}

impl Group {
    const fn new(lead: LeadId, now: Millis) -> Group {
        Group {
            lead,
            now,
            events: Vec::new(),
            before: BTreeMap::new(),
            is_new: false,
            is_merged: false,
            compares: None,
            is_due: false,
            moves: Vec::new(),
            visit: None,
        }
    }

    /// Notes that fields may have changed. What derives anew without a new fact, or what a workflow does, fires no trigger.
    pub(super) fn compare(&mut self, origin: Origin) {
        let is_quiet = origin == Origin::Workflow || self.compares == Some(Origin::Workflow);
        self.compares = Some(if is_quiet { Origin::Workflow } else { Origin::Outside });
    }

    /// Notes the value of a field before; the first one counts.
    pub(super) fn had(&mut self, field: impl Into<String>, value: Option<Value>) {
        self.before.entry(field.into()).or_insert(value);
    }

    /// Whether nothing but signals happened.
    pub(super) fn is_of_signals(&self) -> bool {
        let is_more = self.compares.is_some() || self.is_due || !self.moves.is_empty();
        !is_more && self.events.iter().all(Unnumbered::is_of_signal)
    }
}

/// The groups of a command, in the order in which their leads were named first.
#[derive(Debug, Default)]
pub(super) struct Groups(Vec<Group>);

impl Groups {
    /// The group of a lead at an instant.
    pub(super) fn of(&mut self, lead: LeadId, now: Millis) -> &mut Group {
        let place = self.0.iter().rposition(|group| group.lead == lead).unwrap_or_else(|| {
            self.0.push(Group::new(lead, now));
            self.0.len() - 1
        });
        let group = &mut self.0[place];
        group.now = group.now.max(now);
        group
    }
}

impl IntoIterator for Groups {
    type Item = Group;
    type IntoIter = std::vec::IntoIter<Group>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
