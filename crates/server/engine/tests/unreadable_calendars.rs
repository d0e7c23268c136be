//! A calendar that cannot be read: its member and the admins are notified once it lasts, and once for each time.

use knock_engine::commands::{CalendarSaved, NoteCalendar, SaveCalendar};
use knock_engine::{Change, Command, Writer};
use knock_model::{
    CalendarAccountId, CalendarProvider, Destination, MemberState, Millis, RepId, Role, UnreachableCalendar,
};
use knock_ports::{
    Actor, BusyPolicy, CalendarDetails, CalendarMail, Device, Ledger, Member, PushAlert, Secret, SecretHash, Setting,
    Store, UnreadEvents, View,
};
use knock_store::Scratch;
use knock_wire::{MeetingSettings, NotificationSettings, QuietHours};
use std::sync::Arc;
use std::thread::JoinHandle;

/// Monday, 1 June 2026, 12:00 UTC.
const NOW: Millis = Millis(1_780_315_200_000);
const ANN: RepId = RepId::from_bytes([1; 16]);
const BEA: RepId = RepId::from_bytes([2; 16]);
const CLEO: RepId = RepId::from_bytes([3; 16]);
const DAN: RepId = RepId::from_bytes([4; 16]);
const EVE: RepId = RepId::from_bytes([5; 16]);

fn account() -> CalendarAccountId {
    CalendarAccountId::new([7; 16])
}

/// A team of a rep, two admins, a manager, and an admin who was removed.
struct Office {
    writer: Option<Writer>,
    thread: Option<JoinHandle<()>>,
    runtime: tokio::runtime::Runtime,
    store: Arc<dyn Store>,
    _scratch: Scratch,
}

impl Drop for Office {
    fn drop(&mut self) {
        drop(self.writer.take());
        drop(self.thread.take().map(JoinHandle::join));
    }
}

impl Office {
    /// A member with this id has connected an account; a server sends mail.
    fn of(owner: RepId) -> Office {
        let scratch = Scratch::new();
        let store = scratch.store();
        let (writer, thread) = Writer::start(Arc::clone(&store)).expect("it starts");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
        let office = Office { writer: Some(writer), thread: Some(thread), runtime, store, _scratch: scratch };
        for (id, name, role) in [
            (ANN, "ann", Role::Rep),
            (BEA, "bea", Role::Admin),
            (CLEO, "cleo", Role::Admin),
            (DAN, "dan", Role::Manager),
            (EVE, "eve", Role::Admin),
        ] {
            let member = Member::new(id, format!("{name}@us.example"), role, MemberState::Active);
            office.write(|ledger| ledger.create_member(&member, NOW).expect("stored"));
        }
        office.write(|ledger| ledger.save_setting(Setting::SendsMail(true)).expect("stored"));
        let (id, member, details) = (account(), owner, details());
        let saved = office.commit(SaveCalendar { id, member, details, tokens: None, now: NOW }.by(Actor::Server, NOW));
        assert_eq!(saved, CalendarSaved::Saved);
        let eve = Member::new(EVE, "eve@us.example".to_owned(), Role::Admin, MemberState::Removed);
        office.write(|ledger| ledger.save_member(&eve).expect("stored"));
        office
    }

    fn write(&self, work: impl Fn(&mut dyn Ledger)) {
        self.store
            .write(&mut |ledger| {
                work(ledger);
                Ok(())
            })
            .expect("stored");
    }

    fn read<T>(&self, work: impl Fn(&dyn View) -> T) -> T {
        let mut found = None;
        self.store
            .read(&mut |view| {
                found = Some(work(view));
                Ok(())
            })
            .expect("read");
        found.expect("it was read")
    }

    fn commit<C: Command>(&self, command: C) -> C::Outcome {
        let writer = self.writer.as_ref().expect("it runs");
        self.runtime.block_on(writer.commit(command)).expect("stored")
    }

    /// A reading so many minutes after the beginning, with this problem.
    fn reads(&self, minute: i64, problem: &str) {
        let details = self.read(|view| view.calendar(account()).expect("read").expect("there").details);
        let unread = problem.is_empty().then(UnreadEvents::default);
        let (id, name, problem) = (account(), "ann at cloud.example".to_owned(), problem.to_owned());
        self.commit(NoteCalendar { id, details, name, problem, unread, now: at(minute) });
    }

    /// Two readings that failed, ten minutes apart.
    fn fails(&self) {
        for minute in [0, 10] {
            self.reads(minute, "it refuses");
        }
    }

    /// The mails that wait, by recipient, each with the instant from which it may be sent.
    fn mails(&self) -> Vec<(Millis, CalendarMail)> {
        let waiting = self.read(|view| view.deliveries(Destination::MAIL, i64::MAX, 100).expect("read"));
        let mail = |data: &str| serde_json::from_str::<CalendarMail>(data).expect("a mail about a calendar");
        let mut mails: Vec<_> = waiting.iter().map(|entry| (entry.due_at, mail(&entry.effect.data))).collect();
        mails.sort_by(|(_, one), (_, other)| one.to.cmp(&other.to));
        mails
    }

    /// The recipients of the mails that wait, with the subjects.
    fn mailed(&self) -> Vec<(String, String)> {
        self.mails().into_iter().map(|(_, mail)| (mail.to, mail.subject.to_string())).collect()
    }

    /// Adds a browser of a member; it has the id of the member.
    fn subscribes(&self, member: RepId) {
        let (id, session) = (*member.as_bytes(), SecretHash([member.as_bytes()[0]; 32]));
        let secret = Secret::Session { member, expires_at: NOW + Millis::DAY };
        let device = Device { id, member, session, name: "Firefox".to_owned(), created_at: NOW };
        self.write(|ledger| {
            ledger.save_secret(session, &secret, NOW).expect("stored");
            ledger.save_device(&device).expect("stored");
        });
    }

    /// The notifications that wait for the browser of a member.
    fn pushed(&self, member: RepId) -> Vec<(Millis, PushAlert)> {
        let to = Destination::push(*member.as_bytes());
        let waiting = self.read(|view| view.deliveries(to, i64::MAX, 100).expect("read"));
        let alert = |data: &str| serde_json::from_str::<PushAlert>(data).expect("a notification");
        waiting.iter().map(|entry| (entry.due_at, alert(&entry.effect.data))).collect()
    }
}

fn at(minute: i64) -> Millis {
    NOW + Millis(minute * Millis::MINUTE.0)
}

fn details() -> CalendarDetails {
    CalendarDetails {
        provider: CalendarProvider::Caldav,
        account: [("user".to_owned(), "ann".to_owned())].into(),
        secret: "sealed".to_owned(),
        grant: String::new(),
        found: Vec::new(),
        reads: vec!["work".to_owned()],
        events_in: String::new(),
        written: Vec::new(),
        policy: BusyPolicy::default(),
        has_conferences: false,
    }
}

#[test]
fn a_failure_is_reported_once_it_lasts_and_anew_after_the_calendar_could_be_read() {
    let office = Office::of(ANN);
    // Mails wait, as nothing sends them here: the member's and those of two admins.
    for (minute, problem, expected) in [
        (0, "it is silent", 0),
        (9, "it is silent", 0),
        (10, "it refuses", 3),
        (11, "it refuses", 3),
        (600, "it is silent", 3),
        (601, "", 0),
        (602, "it is silent", 0),
        (611, "", 0),
        (612, "it is silent", 0),
        (621, "it is silent", 0),
        (622, "it is silent", 3),
    ] {
        office.reads(minute, problem);
        assert_eq!(office.mailed().len(), expected, "minute {minute}: {problem}");
    }
}

#[test]
fn a_reported_failure_is_not_reported_again_by_a_change_of_the_account_and_ends_when_it_is_read() {
    let office = Office::of(ANN);
    office.fails();
    let change = SaveCalendar { id: account(), member: ANN, details: details(), tokens: None, now: at(11) };
    assert_eq!(office.commit(change.by(Actor::Server, at(11))), CalendarSaved::Saved);
    for minute in [12, 30] {
        office.reads(minute, "it refuses");
    }
    assert_eq!(office.mailed().len(), 3);
    office.reads(31, "");
    assert_eq!(office.mailed(), []);
}

#[test]
fn the_member_and_each_admin_get_one_mail_and_nothing_is_said_of_a_removed_member() {
    let own = |to: &str| (format!("{to}@us.example"), "Your calendar cannot be read".to_owned());
    let of = |to: &str, owner: &str| {
        (format!("{to}@us.example"), format!("The calendar of {owner}@us.example cannot be read"))
    };
    for (owner, expected) in [
        (ANN, vec![own("ann"), of("bea", "ann"), of("cleo", "ann")]),
        (BEA, vec![own("bea"), of("cleo", "bea")]),
        (DAN, vec![of("bea", "dan"), of("cleo", "dan"), own("dan")]),
        (EVE, vec![]),
    ] {
        let office = Office::of(owner);
        office.fails();
        assert_eq!(office.mailed(), expected);
    }
}

#[test]
fn the_texts_name_the_reason_and_what_the_workspace_offers_meanwhile() {
    for (setting, meanwhile) in [
        (UnreachableCalendar::Block, "are not offered meanwhile."),
        (UnreachableCalendar::Offer, "are offered meanwhile by working hours and meetings in Knock alone."),
    ] {
        let office = Office::of(ANN);
        let settings = MeetingSettings { unreachable_calendar: setting, ..MeetingSettings::default() };
        office.write(|ledger| ledger.save_meeting_settings(&settings).expect("stored"));
        office.fails();
        let texts: Vec<String> = office.mails().into_iter().map(|(_, mail)| mail.text).collect();
        let own = "Your calendar (ann at cloud.example) cannot be read: it refuses. Meetings with you";
        let of_ann = "The calendar of ann@us.example cannot be read: it refuses. Meetings with ann@us.example";
        let expected = [own, of_ann, of_ann].map(|beginning| format!("{beginning} {meanwhile}"));
        assert_eq!(texts, expected);
    }
}

#[test]
fn browsers_are_notified_without_a_mail_server_and_also_while_a_dashboard_is_looked_at() {
    let office = Office::of(ANN);
    office.write(|ledger| {
        ledger.save_setting(Setting::SendsMail(false)).expect("stored");
        ledger.save_presence(ANN, at(60)).expect("stored");
    });
    for member in [ANN, BEA, DAN] {
        office.subscribes(member);
    }
    for minute in [0, 10, 11] {
        office.reads(minute, "it refuses");
    }
    assert_eq!(office.mailed(), []);
    for (member, expected) in [
        (ANN, vec!["Your calendar cannot be read"]),
        (BEA, vec!["The calendar of ann@us.example cannot be read"]),
        (DAN, vec![]),
    ] {
        let alerts = office.pushed(member);
        let titles: Vec<&str> = alerts.iter().map(|(_, alert)| &*alert.title).collect();
        assert_eq!(titles, expected);
        assert!(alerts.iter().all(|(_, alert)| alert.path == "/app/settings/calendars"), "{alerts:?}");
    }
}

#[test]
fn quiet_hours_hold_both_back_until_they_end_or_the_calendar_can_be_read() {
    let office = Office::of(ANN);
    let hours = QuietHours { days: (1..=7).collect(), from: "11:00".to_owned(), to: "13:00".to_owned() };
    let settings = NotificationSettings { quiet: vec![hours], ..NotificationSettings::default() };
    office.write(|ledger| ledger.save_notifications(ANN, &settings).expect("stored"));
    for member in [ANN, BEA] {
        office.subscribes(member);
    }
    office.fails();
    let due: Vec<Millis> = office.mails().into_iter().map(|(due, _)| due).collect();
    assert_eq!(due, [at(60), at(10), at(10)]);
    let pushed = |member| office.pushed(member).into_iter().map(|(due, _)| due).collect::<Vec<_>>();
    assert_eq!((pushed(ANN), pushed(BEA)), (vec![at(60)], vec![at(10)]));
    office.reads(20, "");
    assert_eq!((office.mailed(), pushed(ANN), pushed(BEA)), (vec![], vec![], vec![]));
}
