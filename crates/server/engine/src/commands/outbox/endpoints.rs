//! The destinations configured by the team.

use crate::audited::{Change, Note, of_destination};
use crate::changes::Changes;
use crate::notice::Notice;
use knock_model::{AuditAction, Destination, Millis};
use knock_ports::{Endpoint, Ledger, StoreError};
use serde_json::{Value, json};

/// The maximum number of destinations of one kind.
const MOST: usize = 20;
/// The maximum number of deliveries sent again by one command, so that others need not wait long.
const SENT_AGAIN: usize = 500;

/// Creates or changes a destination.
#[derive(Clone, Debug)]
pub struct SaveEndpoint {
    /// The new state of the destination.
    pub endpoint: Endpoint,
}

impl Change for SaveEndpoint {
    /// False when there are too many of its kind.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let Destination { kind, .. } = self.endpoint.destination;
        let mut known = ledger.endpoints(None)?;
        known.retain(|known| known.destination.kind == kind);
        if known.len() >= MOST && !known.iter().any(|known| known.destination == self.endpoint.destination) {
            return Ok((false, None));
        }
        let before = known.iter().find(|known| known.destination == self.endpoint.destination);
        ledger.save_endpoint(&self.endpoint)?;
        changes.push(Notice::Outbox);
        Ok((true, note(before, Some(&self.endpoint))))
    }
}

/// Deletes a destination with its waiting deliveries.
#[derive(Clone, Copy, Debug)]
pub struct DropEndpoint {
    pub destination: Destination,
}

impl Change for DropEndpoint {
    /// False when there is none.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let known = ledger.endpoints(Some(self.destination.kind))?;
        let before = known.iter().find(|known| known.destination == self.destination);
        let is_dropped = ledger.drop_endpoint(self.destination)?;
        Ok((is_dropped, note(before, None).filter(|_| is_dropped)))
    }
}

/// Sends parked deliveries again.
#[derive(Clone, Copy, Debug)]
pub struct SendAgain {
    pub to: Destination,
    /// The number of the delivery; none is all of them.
    pub number: Option<i64>,
    pub now: Millis,
}

impl Change for SendAgain {
    /// The number of deliveries that are sent again.
    type Outcome = u64;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(u64, Option<Note>), StoreError> {
        let sent = ledger.requeue(self.to, self.number, self.now, SENT_AGAIN)?;
        changes.push(Notice::Outbox);
        let known = ledger.endpoints(Some(self.to.kind))?;
        let settings = known.iter().find(|known| known.destination == self.to).map(|known| known.settings.as_str());
        let of = of_destination(self.to, settings.unwrap_or_default());
        let note = Note::new(AuditAction::DeliverySentAgain, of).with(json!({"deliveries": sent}));
        Ok((sent, (sent > 0).then_some(note)))
    }
}

/// The change of a destination for the audit log; none without a change.
fn note(before: Option<&Endpoint>, after: Option<&Endpoint>) -> Option<Note> {
    let of = after.or(before)?;
    let action = match (before, after) {
        (None, _) => AuditAction::DestinationCreated,
        (Some(_), Some(_)) => AuditAction::DestinationChanged,
        (Some(_), None) => AuditAction::DestinationDeleted,
    };
    let note = Note::new(action, of_destination(of.destination, &of.settings));
    let [was, is] = [before, after].map(|endpoint| endpoint.map(shown).unwrap_or_default());
    let has_other_settings = before.zip(after).is_some_and(|(was, is)| was.settings != is.settings);
    let is_same = was == is && !has_other_settings;
    let mut is = is;
    if has_other_settings {
        is["settings"] = json!("changed");
    }
    (!is_same).then(|| note.changed(was, is))
}

/// The shown part of a destination: addresses and other settings may be secrets, so only the fact that they changed.
fn shown(endpoint: &Endpoint) -> Value {
    let host = of_destination(endpoint.destination, &endpoint.settings).name;
    let sites: Vec<i64> = endpoint.sites.iter().map(|site| site.0).collect();
    let mut shown = json!({"host": host, "events": endpoint.events, "is_active": endpoint.is_active});
    if !sites.is_empty() {
        shown["sites"] = json!(sites);
    }
    shown
}
