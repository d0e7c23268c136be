//! The connector to the calendars of members: writes the current state of a meeting into a calendar, or deletes it.

use crate::entry::{entry, has_conference};
use crate::reader::CalendarReader;
use knock_context::{Core, PublicAddress, read};
use knock_engine::CommitError;
use knock_engine::commands::{NoteConference, NoteWritten};
use knock_model::{CalendarAccountId, DestinationKind, MeetingId, MeetingState, Millis};
use knock_ports::{
    ATTEMPT_TIMEOUT, CalendarAccount, CalendarEvent, CalendarFailure, Conference, ConnectedCalendar, Connector,
    Delivery, DeliveryFuture, DeliveryOutcome, EntryFound, Meeting, OutboxEntry, Store,
};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

const TIMEOUT: Duration = Duration::from_millis(ATTEMPT_TIMEOUT.0.unsigned_abs());

/// How long a conference that a provider is making is asked for.
const CONFERENCE_MADE: Millis = Millis(5 * Millis::MINUTE.0);
/// The pause before it is asked for again.
const CONFERENCE_LATER: Millis = Millis(2_000);

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
        let outcome = self.put_in_place(&calendar, id, meeting.as_ref()).await;
        self.reader.forget(account);
        outcome
    }

    /// Ensures that the event is in the one calendar where it belongs, if any, and in no other.
    async fn put_in_place(
        &self,
        calendar: &ConnectedCalendar,
        meeting_id: MeetingId,
        meeting: Option<&Meeting>,
    ) -> DeliveryOutcome {
        let uid = &format!("{meeting_id}@knock");
        let ConnectedCalendar { id, member, details, .. } = calendar;
        let account = match self.reader.accounts.open(*id, details).await {
            Ok(account) => account,
            Err(reason) => return DeliveryOutcome::Rejected(reason),
        };
        let is_on =
            |meeting: &&Meeting| meeting.state != MeetingState::Cancelled && meeting.details.reps.contains(member);
        let meeting = meeting.filter(is_on).filter(|_| !details.events_in.is_empty());
        if let Some(meeting) = meeting
            && let Err(failure) = account.put(&details.events_in, &entry(meeting, calendar, &self.address)).await
        {
            return outcome(failure);
        }
        // Before any is removed: an event that is gone is not its owner's doing then.
        let written = meeting.map(|meeting| (details.events_in.clone(), meeting.sequence));
        if let Err(error) = self.note(calendar, meeting_id, written).await {
            return DeliveryOutcome::Retry(error.to_string(), None);
        }
        for other in details.written.iter().filter(|id| meeting.is_none() || **id != details.events_in) {
            match account.remove(other, uid).await {
                // The calendar does not exist any more.
                Ok(()) | Err(CalendarFailure::Gone(_)) => {}
                Err(failure) => return outcome(failure),
            }
        }
        if let Some(meeting) = meeting.filter(|meeting| has_conference(meeting, calendar))
            && let Some(later) = self.take_conference(&*account, (calendar, uid), meeting).await
        {
            return later;
        }
        DeliveryOutcome::Done(
            if meeting.is_some() { "it is in the calendar" } else { "it is not in the calendar" }.to_owned(),
        )
    }

    /// Stores the conference that the provider made for a meeting. One that is still being made is asked for again: mails
    /// wait for it.
    async fn take_conference(
        &self,
        account: &dyn CalendarAccount,
        (calendar, uid): (&ConnectedCalendar, &str),
        meeting: &Meeting,
    ) -> Option<DeliveryOutcome> {
        let now = self.reader.clock.now();
        let found = match account.entry(&calendar.details.events_in, uid).await {
            Ok(EntryFound::There(there)) => there.conference,
            Ok(EntryFound::Unclear | EntryFound::Gone) => return None,
            Err(failure) => return Some(outcome(failure)),
        };
        match found {
            Conference::At(address) if meeting.details.conference.as_str() != address => {
                let (id, sequence, conference) = (meeting.id, meeting.sequence, address.into());
                let note = NoteConference { meeting: id, sequence, conference, now };
                let noted = self.reader.writer.commit(note).await;
                noted.err().map(|error| DeliveryOutcome::Retry(error.to_string(), None))
            }
            Conference::Pending if now < meeting.updated_at + CONFERENCE_MADE => {
                Some(DeliveryOutcome::Retry("its conference is being made".to_owned(), Some(CONFERENCE_LATER)))
            }
            Conference::At(_) | Conference::Pending | Conference::None => None,
        }
    }

    /// Stores which version of a meeting is in which calendar of the account; none: it is in none.
    async fn note(
        &self,
        calendar: &ConnectedCalendar,
        meeting: MeetingId,
        written: Option<(String, u32)>,
    ) -> Result<(), CommitError> {
        let (account, member, now) = (calendar.id, calendar.member, self.reader.clock.now());
        self.reader.writer.commit(NoteWritten { account, meeting, member, written, now }).await
    }
}

fn outcome(failure: CalendarFailure) -> DeliveryOutcome {
    match failure {
        CalendarFailure::Later { words, after } => DeliveryOutcome::Retry(words, after),
        failure => DeliveryOutcome::Rejected(failure.to_string()),
    }
}
