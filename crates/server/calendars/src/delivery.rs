//! The connector to the calendars of members: writes the current state of a meeting into a calendar, or deletes it.

use crate::entry::entry;
use crate::reader::CalendarReader;
use knock_context::{Core, PublicAddress, read};
use knock_model::{CalendarAccountId, DestinationKind, MeetingState};
use knock_ports::{
    ATTEMPT_TIMEOUT, CalendarEvent, CalendarFailure, ConnectedCalendar, Connector, Delivery, DeliveryFuture,
    DeliveryOutcome, Meeting, OutboxEntry, Store,
};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

const TIMEOUT: Duration = Duration::from_millis(ATTEMPT_TIMEOUT.0.unsigned_abs());

/// Writes meetings into calendars.
#[derive(Clone)]
pub struct CalendarConnector {
    store: Arc<dyn Store>,
    reader: CalendarReader,
    address: Arc<PublicAddress>,
}

impl CalendarConnector {
    /// The connector with the accounts of this reader.
    pub fn new(core: &Core, reader: &CalendarReader) -> CalendarConnector {
        CalendarConnector { store: Arc::clone(&core.store), reader: reader.clone(), address: Arc::clone(&core.address) }
    }
}

impl Connector for CalendarConnector {
    fn kind(&self) -> DestinationKind {
        DestinationKind::Calendar
    }

    fn deliver(&self, delivery: &Delivery) -> DeliveryFuture {
        let (connector, entry) = (self.clone(), delivery.entry.clone());
        Box::pin(async move {
            match timeout(TIMEOUT, connector.reconcile(&entry)).await {
                Ok(outcome) => outcome,
                Err(_) => DeliveryOutcome::Retry("no answer within ten seconds".to_owned(), None),
            }
        })
    }
}

impl CalendarConnector {
    async fn reconcile(&self, entry: &OutboxEntry) -> DeliveryOutcome {
        let account = CalendarAccountId::from_bytes(entry.to.id);
        let effect = (entry.effect.kind == CalendarEvent::KIND).then(|| serde_json::from_str(&entry.effect.data));
        let Some(Ok(CalendarEvent { meeting: id })) = effect else {
            return DeliveryOutcome::Rejected("this version knows no such effect at a calendar".to_owned());
        };
        let found = read(Arc::clone(&self.store), move |view| Ok((view.calendar(account)?, view.meeting(id)?))).await;
        let (calendar, meeting) = match found {
            Ok((Some(calendar), meeting)) => (calendar, meeting),
            Ok((None, _)) => return DeliveryOutcome::Rejected("the calendar was disconnected".to_owned()),
            Err(error) => return DeliveryOutcome::Retry(error.to_string(), None),
        };
        let outcome = self.put_in_place(&calendar, &format!("{id}@knock"), meeting.as_ref()).await;
        self.reader.forget(account);
        outcome
    }

    /// Ensures that the event is in the one calendar where it belongs, if any, and in no other.
    async fn put_in_place(
        &self,
        calendar: &ConnectedCalendar,
        uid: &str,
        meeting: Option<&Meeting>,
    ) -> DeliveryOutcome {
        let ConnectedCalendar { id, member, details, .. } = calendar;
        let account = match self.reader.accounts.open(*id, details).await {
            Ok(account) => account,
            Err(reason) => return DeliveryOutcome::Rejected(reason),
        };
        let is_on =
            |meeting: &&Meeting| meeting.state != MeetingState::Cancelled && meeting.details.reps.contains(member);
        let meeting = meeting.filter(is_on).filter(|_| !details.events_in.is_empty());
        if let Some(meeting) = meeting
            && let Err(failure) = account.put(&details.events_in, &entry(meeting, &self.address)).await
        {
            return outcome(failure);
        }
        for other in details.written.iter().filter(|id| meeting.is_none() || **id != details.events_in) {
            match account.remove(other, uid).await {
                // The calendar does not exist any more.
                Ok(()) | Err(CalendarFailure::Gone(_)) => {}
                Err(failure) => return outcome(failure),
            }
        }
        DeliveryOutcome::Done(
            if meeting.is_some() { "it is in the calendar" } else { "it is not in the calendar" }.to_owned(),
        )
    }
}

fn outcome(failure: CalendarFailure) -> DeliveryOutcome {
    match failure {
        CalendarFailure::Later { words, after } => DeliveryOutcome::Retry(words, after),
        failure => DeliveryOutcome::Rejected(failure.to_string()),
    }
}
