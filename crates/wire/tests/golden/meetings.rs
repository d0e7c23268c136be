//! Meetings, as visitors and as the team see them.

use crate::Shape;
use crate::made::{AT, lead};
use knock_model::{MeetingId, MeetingState, Millis, RepId};
use knock_status::meeting::MeetingStatus;
use knock_wire::{
    BookingActivity, BookingEmail, BookingRequest, BookingStart, BookingStarted, BookingToConfirm, BookingVerdict,
    CancelDraft, HoldMade, MeetingAnswer, MeetingCalendarChange, MeetingDraft, MeetingFlowShown, MeetingLeadPage,
    MeetingLeadRow, MeetingPage, MeetingPatch, MeetingRow, MeetingShown, MeetingSlot, MeetingSlots, MeetingStep,
    MemberSchedule, Problem, Question, RescheduleDraft, Schedule, SlotList, SlotTaken, TeamMeeting, TeamSchedule,
    TimeSpan, Word,
};
use std::collections::BTreeMap;

const VISITOR: &str = "019e830e-1a00-7000-8000-000000000001";
const SESSION: &str = "019e830e-1a00-7000-8000-000000000002";
const CARD: &str = "019e830e-1a00-7000-8000-000000000003";
const ZONE: &str = "America/Vancouver";

pub(crate) fn shapes() -> Vec<Shape> {
    vec![
        Shape::of("booking_start", &start()),
        Shape::of("booking_started", &started()),
        Shape::of("booking_email", &email()),
        Shape::of("booking_verdict", &verdict()),
        Shape::of("booking_request", &request()),
        Shape::of("booking_activity", &activity()),
        Shape::of("slot_list", &slots()),
        Shape::of("slot_taken", &taken()),
        Shape::of("hold_made", &held()),
        Shape::of("booking_to_confirm", &to_confirm()),
        Shape::of("meeting_shown", &shown()),
        Shape::of("reschedule_draft", &RescheduleDraft { start: slot().start }),
        Shape::of("cancel_draft", &CancelDraft { reason: "We found a solution".into() }),
        Shape::of("meeting_page", &MeetingPage { meetings: vec![row()], next: None }),
        Shape::of("meeting_row", &row()),
        Shape::of("meeting_draft", &draft()),
        Shape::of("meeting_patch", &MeetingPatch { start_at: Some(AT + Millis::days(2)), ..MeetingPatch::default() }),
        Shape::of("meeting_slots", &MeetingSlots { starts: vec![AT + Millis::days(2)] }),
        Shape::of("schedule", &schedule()),
        Shape::of("team_schedule", &team_schedule()),
        Shape::of("meeting_lead_page", &MeetingLeadPage { leads: vec![lead_row()], next: None }),
    ]
}

fn start() -> BookingStart {
    let link = Some("meeting".into());
    BookingStart {
        link,
        visitor: VISITOR.into(),
        session: SESSION.into(),
        language: Some("de".into()),
        ..BookingStart::default()
    }
}

fn started() -> BookingStarted {
    BookingStarted {
        title: "Acme".into(),
        greeting: "Talk to our engineers".into(),
        duration_min: 30,
        is_mailed: true,
        email: Some("ann@acme.test".into()),
        name: "Ann".into(),
        questions: vec![Question {
            id: "size".into(),
            label: "How many people work at your company?".into(),
            kind: "choice".into(),
            options: vec!["1 to 50".into(), "more".into()],
            required: true,
        }],
    }
}

fn answers() -> BTreeMap<String, String> {
    BTreeMap::from([("size".into(), "more".into())])
}

fn email() -> BookingEmail {
    BookingEmail {
        link: Some("meeting".into()),
        visitor: VISITOR.into(),
        session: Some(SESSION.into()),
        email: "ann@acme.test".into(),
        card: Some(CARD.into()),
        answers: answers(),
        ..BookingEmail::default()
    }
}

fn verdict() -> BookingVerdict {
    BookingVerdict { verdict: "ok".into(), reason: None, duration_min: 30, with: vec!["Bo".into()] }
}

fn request() -> BookingRequest {
    BookingRequest {
        link: Some("meeting".into()),
        visitor: VISITOR.into(),
        session: Some(SESSION.into()),
        email: "ann@acme.test".into(),
        name: "Ann".into(),
        start: slot().start,
        tz: ZONE.into(),
        card: Some(CARD.into()),
        answers: answers(),
        ..BookingRequest::default()
    }
}

fn activity() -> BookingActivity {
    let link = Some("meeting".into());
    BookingActivity { link, visitor: VISITOR.into(), what: "abandoned".into(), ..BookingActivity::default() }
}

fn slot() -> MeetingSlot {
    MeetingSlot {
        start: "2026-05-12T16:00:00Z".into(),
        end: "2026-05-12T16:30:00Z".into(),
        local: "2026-05-12T09:00:00-07:00".into(),
    }
}

fn slots() -> SlotList {
    SlotList {
        verdict: "ok".into(),
        reason: None,
        duration_min: 30,
        with: vec!["Bo".into()],
        tz: ZONE.into(),
        slots: vec![slot()],
        next: Some("2026-06-01T16:00:00Z".into()),
        is_unreachable: false,
    }
}

fn taken() -> SlotTaken {
    let problem = Problem {
        kind: "urn:knock:problem:slot-taken".into(),
        title: "This time is not free any more".into(),
        status_code: 409,
        detail: "another time can be chosen: `slots` are free".into(),
        errors: Vec::new(),
        suggestion: String::new(),
    };
    SlotTaken { problem, slots: vec![slot()] }
}

fn held() -> HoldMade {
    let MeetingSlot { start, end, .. } = slot();
    HoldMade { hold: MeetingId::new([3; 16]), start, end, expires_at: "2026-05-10T12:05:00Z".into() }
}

fn to_confirm() -> BookingToConfirm {
    let MeetingSlot { start, end, .. } = slot();
    BookingToConfirm { email: "ann@acme.test".into(), start, end, expires_at: "2026-05-10T12:30:00Z".into() }
}

fn shown() -> MeetingShown {
    let MeetingSlot { start, end, local } = slot();
    MeetingShown {
        meeting: MeetingId::new([4; 16]),
        state: "booked".into(),
        start,
        end,
        local,
        tz: ZONE.into(),
        owner: "bo@us.test".into(),
        with: vec!["Bo".into()],
        title: "Ann and Bo".into(),
        location: "https://meet.us.test/bo".into(),
        email: "ann@acme.test".into(),
        name: "Ann".into(),
        workspace: "Us".into(),
        can_change: true,
        is_over: false,
        is_mailed: true,
        manage: "/m/BAQEBAQERASEBAQEBAQEBA".into(),
        token: "BAQEBAQERASEBAQEBAQEBA".to_owned().into(),
    }
}

fn row() -> MeetingRow {
    MeetingRow {
        id: MeetingId::new([4; 16]),
        lead: lead(),
        email: "ann@acme.test".into(),
        name: "Ann".into(),
        start_at: AT + Millis::days(1),
        end_at: AT + Millis::days(1) + Millis(1_800_000),
        zone: ZONE.into(),
        title: "Ann and Bo".into(),
        location: "https://meet.us.test/bo".into(),
        owner: RepId::new([5; 16]),
        owner_name: "Bo".into(),
        with: vec!["Cy".into()],
        state: Word::Known(MeetingState::Cancelled),
        cancelled_by: Some("Lead".into()),
        cancelled_by_name: String::new(),
        reason: "We found a solution".into(),
        link: "meeting".into(),
        added_by: None,
        booked_at: AT,
        updated_at: AT,
        answers: vec![MeetingAnswer {
            question: "How many people work at your company?".into(),
            answer: "more".into(),
        }],
        is_declined: true,
        calendar_change: Some(MeetingCalendarChange {
            member: RepId::new([5; 16]),
            member_name: "Bo".into(),
            start_at: Some(AT + Millis::days(2)),
            end_at: Some(AT + Millis::days(2) + Millis(1_800_000)),
            reason: "taken".into(),
            seen_at: AT,
        }),
    }
}

fn draft() -> MeetingDraft {
    MeetingDraft {
        id: MeetingId::new([4; 16]).to_string(),
        email: Some("ann@acme.test".into()),
        name: "Ann".into(),
        start_at: AT + Millis::days(1),
        duration_min: Some(30),
        owner: Some(RepId::new([5; 16])),
        title: "Demo for {{name}}".into(),
        location: "https://meet.us.test/{{meeting}}".into(),
        zone: Some(ZONE.into()),
        ..MeetingDraft::default()
    }
}

fn schedule() -> Schedule {
    let hour = |hour: i64| AT + Millis(hour * 3_600_000);
    let span = |from, to| TimeSpan { from: hour(from), to: hour(to) };
    Schedule { working: vec![span(0, 8), span(24, 32)], busy: vec![span(2, 3)], is_unreachable: false }
}

fn team_schedule() -> TeamSchedule {
    let Schedule { working, busy, .. } = schedule();
    let MeetingRow { id, title, start_at, end_at, .. } = row();
    let seen = MemberSchedule {
        id: RepId::new([5; 16]),
        name: "Bo".into(),
        has_calendar: true,
        working,
        busy,
        meetings: vec![TeamMeeting { id, title, from: start_at, to: end_at }],
        is_unreachable: false,
    };
    let unseen = MemberSchedule {
        id: RepId::new([6; 16]),
        name: "cy@us.test".into(),
        has_calendar: true,
        working: Vec::new(),
        busy: Vec::new(),
        meetings: Vec::new(),
        is_unreachable: true,
    };
    TeamSchedule { members: vec![seen, unseen] }
}

fn lead_row() -> MeetingLeadRow {
    MeetingLeadRow {
        lead: lead(),
        name: "Visitor 3f9a".into(),
        status: Word::Known(MeetingStatus::Spam),
        refused_email: "test@test.com".into(),
        active_at: AT,
    }
}

pub(crate) fn flow() -> MeetingFlowShown {
    let step =
        |status: MeetingStatus, cause: &str| MeetingStep { at: AT, status: Word::Known(status), cause: cause.into() };
    MeetingFlowShown {
        status: Word::Known(MeetingStatus::Booked),
        since: AT,
        rule: "MS-06".into(),
        next_change_at: None,
        reject_reason: None,
        meeting_time: Some(AT + Millis::days(1)),
        meeting_owner: Some("bo@us.test".into()),
        cancelled_by: None,
        flags: vec!["cancel_after_start".into()],
        in_reports: true,
        history: vec![step(MeetingStatus::New, "link_clicked"), step(MeetingStatus::Booked, "meeting_booked")],
        meetings: vec![row()],
    }
}
