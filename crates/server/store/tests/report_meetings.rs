//! The meetings that reports read, and the leads that have one of them.

use knock_agent::Language;
use knock_intent::History;
use knock_model::{
    Email, Label, LeadId, Location, MeetingId, MeetingState, Millis, RepId, SessionId, SiteId, VisitorId,
};
use knock_ports::{FirstTouch, Lead, Meeting, MeetingDetails, ReportMeeting, Store};
use knock_status::meeting::Canceller;
use knock_store::Scratch;
use std::sync::Arc;

const NOW: Millis = Millis(1_795_000_000_000);

fn id(number: u8) -> LeadId {
    LeadId::new([number; 16])
}

fn days(count: i64) -> Millis {
    NOW + Millis::days(count)
}

fn lead(number: u8, is_spam: bool) -> Lead {
    Lead {
        id: id(number),
        email: Email::parse(&format!("lead{number}@globex.test")).ok(),
        is_spam,
        name: "".into(),
        phone: None,
        company: Label::default(),
        account: None,
        first_touch: FirstTouch::default(),
        history: History::default(),
        signals: 0,
        first_seen_at: days(-90),
        last_seen_at: days(-90),
    }
}

/// A meeting of the lead with its number, of long ago.
fn meeting(number: u8) -> Meeting {
    let at = days(-90);
    let details = MeetingDetails {
        reps: vec![RepId::new([7; 16])],
        title: "Demo".into(),
        location: "".into(),
        description: "".into(),
        email: String::new(),
        name: "".into(),
        zone: "UTC".into(),
        language: Language::En,
        answers: Vec::new(),
        link: "sales".into(),
        site: SiteId(1),
        visitor: VisitorId::new(at, &[1; 10]),
        session: SessionId::new(at, &[1; 10]),
        conversation: None,
        cancelled_by: None,
        cancelled_by_member: None,
        reason: "".into(),
        reminded_until: at,
        by_hand: None,
        conference: Location::from("https://meet.example/one"),
        entries: Vec::new(),
    };
    Meeting {
        id: MeetingId::new([number; 16]),
        lead: id(number),
        owner: RepId::new([7; 16]),
        start: at,
        end: at + Millis(1_800_000),
        state: MeetingState::Booked,
        sequence: 0,
        booked_at: at,
        updated_at: at,
        details,
    }
}

fn cancelled(number: u8, by: Canceller) -> Meeting {
    let mut meeting = Meeting { state: MeetingState::Cancelled, updated_at: days(-1), sequence: 2, ..meeting(number) };
    meeting.details.cancelled_by = Some(by);
    meeting
}

fn read(store: &Arc<dyn Store>, since: Millis) -> (Vec<LeadId>, Vec<ReportMeeting>) {
    let (mut leads, mut meetings) = (Vec::new(), Vec::new());
    let read = store.read(&mut |view| {
        view.report_leads(since, &mut |lead| {
            leads.push(lead.lead);
            Ok(())
        })?;
        meetings = view.report_meetings(since)?;
        Ok(())
    });
    read.expect("it reads");
    (leads, meetings)
}

#[test]
fn meetings_are_read_by_any_of_their_instants_and_with_them_their_leads() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let all = [
        meeting(1),
        Meeting { start: days(3), end: days(4), ..meeting(2) },
        Meeting { booked_at: days(-2), ..meeting(3) },
        cancelled(4, Canceller::Lead),
        cancelled(5, Canceller::Rep),
        Meeting { booked_at: days(-2), ..meeting(6) },
    ];
    let written = store.write(&mut |ledger| {
        (1..=6).try_for_each(|number| ledger.save_lead(&lead(number, number == 6)))?;
        all.iter().try_for_each(|meeting| ledger.save_meeting(meeting))
    });
    written.expect("it is kept");
    let (leads, meetings) = read(&store, days(-5));
    assert_eq!(leads, [2, 3, 4, 5].map(id), "neither one of long ago nor spam");
    let found: Vec<_> = meetings.iter().map(|meeting| (meeting.lead, meeting.cancelled_by)).collect();
    let (lead, rep) = (Some(Canceller::Lead), Some(Canceller::Rep));
    assert_eq!(found, [(id(2), None), (id(4), lead), (id(5), rep), (id(3), None)], "by the instant of booking");
    let Meeting { id, lead, owner, start, end, state, sequence, booked_at, updated_at, details } =
        cancelled(5, Canceller::Rep);
    let (link, cancelled_by) = (details.link, details.cancelled_by);
    let expected =
        ReportMeeting { id, lead, link, owner, booked_at, start, end, state, updated_at, sequence, cancelled_by };
    assert_eq!(meetings.get(2), Some(&expected));
    assert_eq!(read(&store, days(4)), (vec![], vec![]));
}
