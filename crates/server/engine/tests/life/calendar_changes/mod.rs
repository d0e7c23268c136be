//! What reps do to the events of meetings in their own calendars: it becomes a change of the meeting, or waits for an answer.

mod answers;
mod follow;
mod written;

use crate::meetings::Office;
use crate::story::rep;
use knock_engine::Change;
use knock_engine::commands::{
    BusyTimes, CalendarSaved, ClaimDeliveries, CompleteAttempt, EntryNoted, NoteEntry, NoteMailSetup, NoteWritten,
    SaveCalendar, SaveMeetingSettings,
};
use knock_model::{CalendarAccountId, CalendarChanges, CalendarProvider, Destination, MeetingId, Millis, RepId};
use knock_ports::{
    Actor, AuditFilter, BusyPolicy, CalendarDetails, DeliveryOutcome, EntryChange, EntryFound, EntryThere, Meeting,
    MeetingMail, StoredAudit, WrittenEntry,
};
use knock_wire::MeetingSettings;

const HOUR: Millis = Millis(60 * Millis::MINUTE.0);
/// The account of the rep who owns the meeting.
const MINE: CalendarAccountId = CalendarAccountId::from_bytes([7, 7, 7, 7, 7, 7, 0x47, 7, 0x87, 7, 7, 7, 7, 7, 7, 7]);
/// The account of a colleague.
const THEIRS: CalendarAccountId = CalendarAccountId::from_bytes([8, 8, 8, 8, 8, 8, 0x48, 8, 0x88, 8, 8, 8, 8, 8, 8, 8]);
const CALENDAR: &str = "primary";

/// A booked meeting, mailed to its lead and written into the calendar of its owner.
struct Scene {
    office: Office,
    id: MeetingId,
}

impl Scene {
    fn open() -> Scene {
        let mut office = Office::open();
        office.story.commit(NoteMailSetup { sends_mail: true });
        connects(&office, MINE, rep(), CALENDAR);
        office.books(1, 0, 4);
        let id = office.meetings().first().expect("booked").id;
        let mut scene = Scene { office, id };
        scene.deliver();
        scene.writes(MINE, rep());
        scene.passes(Millis::MINUTE);
        scene
    }

    /// The same with a setting.
    fn set(calendar_changes: CalendarChanges) -> Scene {
        let scene = Scene::open();
        scene.sets(calendar_changes);
        scene
    }

    fn sets(&self, calendar_changes: CalendarChanges) {
        let settings = MeetingSettings { calendar_changes, ..MeetingSettings::default() };
        self.office.story.change(SaveMeetingSettings { settings, now: self.office.story.now });
    }

    fn passes(&mut self, time: Millis) {
        self.office.story.now = self.office.story.now + time;
    }

    fn meeting(&self) -> Meeting {
        self.office.read(|view| view.meeting(self.id).expect("read").expect("there"))
    }

    /// The event in an account, as it is known.
    fn entry(&self, account: CalendarAccountId) -> Option<WrittenEntry> {
        self.meeting().details.entries.into_iter().find(|entry| entry.account == account)
    }

    /// The change of the owner that waits.
    fn waiting(&self) -> Option<EntryChange> {
        self.entry(MINE).and_then(|entry| entry.change)
    }

    /// The current version is written into an account.
    fn writes(&self, account: CalendarAccountId, member: RepId) {
        let (meeting, now) = (self.meeting(), self.office.story.now);
        let written = Some((CALENDAR.to_owned(), meeting.sequence));
        self.office.story.commit(NoteWritten { account, meeting: self.id, member, written, now });
    }

    /// What the owner's calendar says of the current version.
    fn said(&mut self, found: EntryFound) -> NoteEntry {
        let (id, sequence) = (self.office.story.signal_id(), self.meeting().sequence);
        let (gone, now) = (usize::from(found == EntryFound::Gone), self.office.story.now);
        NoteEntry { account: MINE, meeting: self.id, sequence, found, gone, busy: BusyTimes::new(), id, now }
    }

    fn notes(&self, said: &NoteEntry) -> EntryNoted {
        let actor = Actor::Member { id: rep(), email: "rep@us.example".to_owned() };
        self.office.story.commit(said.clone().by(actor, self.office.story.now))
    }

    /// The owner moves the event so far.
    fn moves(&mut self, by: Millis) -> EntryNoted {
        let meeting = self.meeting();
        let said = self.said(there(meeting.start + by, meeting.end + by));
        self.notes(&said)
    }

    /// The owner deletes the event.
    fn deletes(&mut self) -> EntryNoted {
        let said = self.said(EntryFound::Gone);
        self.notes(&said)
    }

    /// Delivers all that is due; the mails to the lead.
    fn deliver(&self) -> Vec<MeetingMail> {
        let (mut mails, now) = (Vec::new(), self.office.story.now);
        loop {
            let claimed = self.office.story.commit(ClaimDeliveries { now, limit: 100, running: Vec::new() });
            if claimed.is_empty() {
                return mails;
            }
            for delivery in claimed {
                let entry = delivery.entry;
                if entry.effect.kind == MeetingMail::KIND {
                    let mail: MeetingMail = serde_json::from_str(&entry.effect.data).expect("a mail");
                    mails.extend(Some(mail).filter(|mail| mail.is_to_lead));
                }
                let outcome = DeliveryOutcome::Done("250".into());
                self.office.story.commit(CompleteAttempt { entry, outcome, wait: Millis(0), now });
            }
        }
    }

    /// The number of writes into an account so far.
    fn written(&self, account: CalendarAccountId) -> usize {
        let to = Destination::calendar(account);
        self.office.read(|view| view.deliveries(to, i64::MAX, 100).expect("read").len())
    }

    /// The newest entry of the audit log about the meeting.
    fn logged(&self) -> Option<StoredAudit> {
        let (search, actor, action) = (String::new(), String::new(), "meeting.changed".to_owned());
        let filter = AuditFilter { search, action, actor, from: Millis(0), to: Millis(i64::MAX) };
        self.office.read(|view| view.audit(&filter, i64::MAX, 1).expect("read")).pop()
    }

    /// The members for whom there is news of the meeting of this instant.
    fn notified(&self) -> Vec<RepId> {
        let (id, now) = (self.id, self.office.story.now);
        let news = self.office.read(|view| view.news_of_meeting(id).expect("read"));
        news.into_iter().filter(|(_, at)| *at == now).map(|(member, _)| member).collect()
    }
}

/// A member connects an account, and has meetings written into a calendar of it.
fn connects(office: &Office, id: CalendarAccountId, member: RepId, events_in: &str) {
    let email = format!("{id}@calendars.example");
    let details = CalendarDetails {
        provider: CalendarProvider::Google,
        account: [("email".to_owned(), email)].into(),
        secret: String::new(),
        grant: "consent".to_owned(),
        found: Vec::new(),
        reads: Vec::new(),
        events_in: events_in.to_owned(),
        written: Vec::new(),
        policy: BusyPolicy::default(),
        has_conferences: false,
    };
    let saved = office.story.change(SaveCalendar { id, member, details, tokens: None, now: office.story.now });
    assert_eq!(saved, CalendarSaved::Saved);
}

fn there(start: Millis, end: Millis) -> EntryFound {
    EntryFound::There(EntryThere { start, end, ..EntryThere::default() })
}
