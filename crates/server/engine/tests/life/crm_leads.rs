//! Writes to a CRM of leads without a chat: those by form, and those whose address was refused for a meeting.

use crate::crms::connect_with;
use crate::fairness::form;
use crate::meetings::Office;
use crate::story::{EMAILS, Story, session, visitor};
use knock_crm::{CreateContact, Field, Value};
use knock_engine::commands::{
    BusyTimes, CompleteCrmWrite, CrmSkips, CrmWritePlan, GiveEmail, PlanCrmWrite, PlannedCrmWrite, ReverseMeetingSpam,
};
use knock_model::{CrmSystem, Destination, Email, LeadId, Millis, SiteId};
use knock_ports::{CrmKey, CrmWritten, Detail, StoreError, View};

const SYSTEM: CrmSystem = CrmSystem::Hubspot;
const THROW_AWAY: &str = "joe@mailinator.com";
const MAPPED: [Field; 5] =
    [Field::MeetingStatus, Field::RejectReason, Field::RejectedBy, Field::RepOwner, Field::IntentType];

fn sync(story: &Story, create: CreateContact, other_sources: bool) {
    connect_with(story, (SYSTEM, false), (create, other_sources), &MAPPED);
}

fn read<T>(story: &Story, work: impl Fn(&dyn View) -> Result<T, StoreError>) -> T {
    let mut found = None;
    let reading = story.store().read(&mut |view| {
        found = Some(work(view)?);
        Ok(())
    });
    reading.expect("it is read");
    found.expect("something")
}

fn lead(story: &Story, email: &str) -> LeadId {
    let email = Email::parse(email).expect("an address");
    read(story, |view| Ok(view.lead_by_email(&email)?.expect("a lead").id))
}

fn plan(story: &Story, lead: LeadId) -> CrmWritePlan {
    story.commit(PlanCrmWrite { system: SYSTEM, lead, now: story.now })
}

fn planned(story: &Story, lead: LeadId) -> PlannedCrmWrite {
    match plan(story, lead) {
        CrmWritePlan::Write(planned) => planned,
        other => panic!("no write: {other:?}"),
    }
}

/// The written values by the names of their fields; none clears one.
fn values(planned: &PlannedCrmWrite) -> Vec<(&str, Option<&str>)> {
    planned.record.values.iter().map(|(name, value)| (&**name, value.as_ref().map(text))).collect()
}

fn text(value: &Value) -> &str {
    match value {
        Value::Text(text) => text,
        other => panic!("no text: {other:?}"),
    }
}

#[test]
fn a_form_makes_a_contact_where_that_is_chosen_and_other_sources_are_written() {
    let mut story = Story::begin();
    sync(&story, CreateContact::Form, true);
    story.commit(form(1, story.now));
    let by_form = lead(&story, "lead1@gmail.com");
    let written = planned(&story, by_form);
    let owner = (Field::RepOwner.as_str(), Some("rep@us.example"));
    assert!(written.record.may_create && values(&written).contains(&owner), "{written:?}");
    sync(&story, CreateContact::FirstMessage, true);
    assert!(!planned(&story, by_form).record.may_create, "they have not written");
    sync(&story, CreateContact::Form, false);
    let CrmWritePlan::Nothing(why) = plan(&story, by_form) else { panic!("a form does not connect via Knock") };
    assert!(why.contains("did not connect via Knock"), "{why}");

    sync(&story, CreateContact::Form, true);
    story.now = story.now + Millis::MINUTE;
    let mut throw_away = form(2, story.now);
    throw_away.signals[1].detail = Detail { email: THROW_AWAY.into(), ..Detail::default() }.into();
    story.commit(throw_away);
    assert!(!planned(&story, lead(&story, THROW_AWAY)).record.may_create, "of a throw-away address");
}

#[test]
fn a_form_is_a_reason_to_write_by_itself() {
    let mut story = Story::begin();
    let sends = |story: &mut Story| {
        story.now = story.now + Millis::MINUTE;
        let mut again = form(1, story.now);
        again.visitor = visitor(1);
        story.commit(again);
    };
    for _ in 0..6 {
        sends(&mut story);
    }
    let by_form = lead(&story, "lead1@gmail.com");
    let bucket = |story: &Story| read(story, |view| Ok(view.lead(by_form)?.expect("a lead").history.bucket));
    let waiting = |story: &Story| read(story, |view| Ok(view.outbox_counts(Destination::crm(SYSTEM))?.waiting));
    sync(&story, CreateContact::Form, true);
    let before = (bucket(&story), waiting(&story));
    sends(&mut story);
    assert_eq!(
        (before, bucket(&story), waiting(&story)),
        ((before.0, 0), before.0, 1),
        "score and owner are as before"
    );
}

#[test]
fn a_refused_address_names_a_contact_that_gets_the_meeting_status_and_nothing_else() {
    let mut office = Office::open();
    sync(&office.story, CreateContact::FirstMessage, false);
    gives(&mut office, THROW_AWAY);
    let spans = office.read(|view| view.spans_of_visitor(SiteId(1), visitor(0)).expect("read"));
    let lead = spans[0].lead.expect("a lead");
    let refused = planned(&office.story, lead);
    assert_eq!(values(&refused), [status("Spam"), ("Reject Reason", Some("Spam")), ("Rejected By", Some("AI"))]);
    assert_eq!((&refused.record.key, refused.record.may_create), (&CrmKey::Email(address(THROW_AWAY)), false));
    complete(&office.story, refused);
    let kept = office.read(|view| view.crm_record(SYSTEM, lead).expect("read")).expect("a record");
    assert_eq!(kept.contact, None, "its deals are not those of the lead");

    office.story.now = office.story.now + Millis(1);
    let (ids, fresh) = ([office.story.signal_id(), office.story.signal_id()], office.story.fresh());
    let (session, now) = (session(9, office.story.now), office.story.now);
    assert!(office.story.change(ReverseMeetingSpam { lead, ids, session, fresh, now }));
    let reversed = planned(&office.story, lead);
    let written = values(&reversed);
    for expected in [status("New"), ("Reject Reason", None), ("Rejected By", None)] {
        assert!(written.contains(&expected), "{written:?}");
    }
    assert_eq!((&reversed.record.key, reversed.record.may_create), (&CrmKey::Email(address(THROW_AWAY)), false));
    complete(&office.story, reversed);
}

#[test]
fn the_next_address_of_the_lead_is_another_contact_that_gets_everything() {
    let mut office = Office::open();
    sync(&office.story, CreateContact::FirstMessage, false);
    gives(&mut office, THROW_AWAY);
    let spans = office.read(|view| view.spans_of_visitor(SiteId(1), visitor(0)).expect("read"));
    let refused = planned(&office.story, spans[0].lead.expect("a lead"));
    complete(&office.story, refused);
    gives(&mut office, EMAILS[0]);
    let good = planned(&office.story, lead(&office.story, EMAILS[0]));
    assert_eq!(good.record.key, CrmKey::Email(address(EMAILS[0])), "not the id of the refused one");
    let written = values(&good);
    for expected in [status("New"), ("Reject Reason", None), ("Rejected By", None)] {
        assert!(written.contains(&expected), "{written:?}");
    }
    assert!(written.iter().any(|(name, value)| *name == Field::IntentType.as_str() && value.is_some()), "{written:?}");
}

fn gives(office: &mut Office, email: &str) {
    office.story.now = office.story.now + Millis(1);
    let mut step = office.step(0, 0);
    step.email = address(email);
    office.story.commit(GiveEmail { step, busy: BusyTimes::new() });
}

fn address(email: &str) -> Email {
    Email::parse(email).expect("an address")
}

fn status(status: &str) -> (&str, Option<&str>) {
    ("Meeting Status", Some(status))
}

/// The CRM has it, in a contact of its own.
fn complete(story: &Story, planned: PlannedCrmWrite) {
    let PlannedCrmWrite { lead, account, write, record } = planned;
    let (written, cause) = (Some(CrmWritten::Done { id: "512".into() }), ("meeting_status".to_owned(), story.now));
    let (sent, skips, now) = (record.values, CrmSkips::default(), story.now);
    let mut id = [0; 16];
    id[..8].copy_from_slice(&story.now.0.to_be_bytes());
    story.commit(CompleteCrmWrite { system: SYSTEM, lead, account, write, sent, skips, written, id, cause, now });
}
