//! Workspaces, drawn as numbers: persons, visits, hours and a question.

use crate::acts::{acts, around};
use knock_model::{IntentType, LeadId, MeetingId, MeetingState, Millis, RepId};
use knock_report::{
    Acts, Ask, Builder, CalendarKind, Calendars, ChatRecord, Meeting, MeetingRecord, Opening, Period, Person, REPORTS,
    Rejection, Report, Said, Table, Touch, Visits, Voice, Wait,
};
use knock_scheduling::Span;
use knock_status::chat::{ChatStatus, Rejecter};
use knock_status::meeting::{Canceller, MeetingStatus};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Friday, 20 March 2026, 00:00 UTC: in the weeks after it clocks change in Berlin and on Lord Howe.
pub(crate) const BEGIN: i64 = 1_773_964_800_000;
const ZONES: [&str; 4] = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"];
const SOURCES: [&str; 4] = ["google", "", "linkedin", "bing"];
/// The last minute at which something happens: some of it is still to come.
const MINUTES: i64 = 30 * 1_440;

/// A workspace with a question.
#[derive(Clone, Debug)]
pub(crate) struct Scene {
    pub(crate) report: &'static Report,
    pub(crate) ask: Ask,
    pub(crate) calendars: Calendars,
    /// What the calendars are made of.
    pub(crate) minutes: Minutes,
    pub(crate) now: Millis,
    pub(crate) persons: Vec<Person>,
    pub(crate) visits: Vec<Visits>,
}

impl Scene {
    /// The table that answers the question.
    pub(crate) fn table(&self) -> Table {
        let mut builder = Builder::new(self.report, &self.ask, &self.calendars, self.now);
        self.visits.iter().for_each(|visits| builder.visits(visits));
        self.persons.iter().for_each(|person| builder.person(person));
        builder.finish()
    }

    /// The same without what the question does not need.
    pub(crate) fn needed(&self) -> Scene {
        let needs = self.report.needs(&self.ask);
        let mut scene = self.clone();
        for Acts { decisions, runs, writes, questions } in scene.persons.iter_mut().map(|person| &mut person.acts) {
            decisions.truncate(if needs.decisions { decisions.len() } else { 0 });
            runs.truncate(if needs.runs { runs.len() } else { 0 });
            writes.truncate(if needs.writes { writes.len() } else { 0 });
            questions.truncate(if needs.questions { questions.len() } else { 0 });
        }
        scene
    }
}

pub(crate) fn rep(number: u8) -> RepId {
    RepId::from_bytes([number % 3 + 1; 16])
}

fn at(minute: i64) -> Millis {
    Millis(BEGIN + minute * Millis::MINUTE.0)
}

pub(crate) fn pick<T: Copy>(from: &[T], number: u8) -> T {
    from[usize::from(number) % from.len()]
}

/// Instants, oldest first, each with two numbers.
pub(crate) fn moments(most: usize) -> impl Strategy<Value = Vec<(Millis, u8, u8)>> {
    vec((0..MINUTES, any::<u8>(), any::<u8>()), 0..most).prop_map(|mut drawn| {
        drawn.sort_unstable();
        drawn.into_iter().map(|(minute, a, b)| (at(minute), a, b)).collect()
    })
}

fn touch(number: u8) -> Arc<Touch> {
    let text = |words: &[&str]| pick(words, number).to_owned();
    Arc::new(Touch {
        site: text(&["1", "2"]),
        link: text(&["Website", "Demo", ""]),
        channel: text(&["Campaign", "Direct", "Organic", ""]),
        source: text(&SOURCES),
        campaign: text(&["spring", "", ""]),
        landing_page: text(&["/", "/pricing"]),
        country: text(&["DE", "US", ""]),
        device: text(&["desktop", "mobile"]),
        language: text(&["de", "en", "fr"]),
    })
}

fn wait((since, a, b): (Millis, u8, u8)) -> Wait {
    // Around two minutes, and hours; some end before they begin, since a clock was set back.
    let minutes = if b < 128 { i64::from(b % 8) - 2 } else { i64::from(b) * 10 };
    let ended_at = (a % 4 > 0).then(|| since + Millis(minutes * Millis::MINUTE.0));
    let answered_by = (a % 4 > 1).then(|| rep(b));
    Wait { since, rep: (a % 5 > 0).then(|| rep(a)), ended_at, answered_by: ended_at.and(answered_by) }
}

fn chat() -> impl Strategy<Value = ChatRecord> {
    let parts = (
        moments(8),
        moments(4),
        moments(6),
        [moments(3), moments(3)],
        moments(3),
        moments(5),
        proptest::option::of(0..MINUTES),
    );
    parts.prop_map(|(messages, replies, waits, [episodes, forms], rejections, statuses, deal)| ChatRecord {
        statuses: statuses.into_iter().map(|(at, a, b)| (pick(ChatStatus::ALL, a), around(at, b))).collect(),
        // A clock that was set back puts them out of order.
        messages: messages
            .into_iter()
            .rev()
            .map(|(at, a, b)| Said { at, by: pick(&[Voice::Lead, Voice::Agent, Voice::Rep(rep(b))], a) })
            .collect(),
        replies: replies.into_iter().map(wait).collect(),
        waits: waits.into_iter().map(wait).collect(),
        episodes: episodes.into_iter().map(|(at, ..)| at).collect(),
        rejections: rejections
            .into_iter()
            .map(|(at, a, b)| Rejection {
                at,
                by: pick(Rejecter::ALL, a),
                reason: pick(&["", "Student", "Competitor"], b).to_owned(),
            })
            .collect(),
        forms: forms.into_iter().map(|(at, ..)| at).collect(),
        deal_at: deal.map(at),
    })
}

fn meeting((booked_at, a, b): (Millis, u8, u8)) -> Meeting {
    // Some were entered after they took place.
    let start = booked_at + Millis((i64::from(b) - 20) * 3_600_000);
    Meeting {
        id: MeetingId::from_bytes([a; 16]),
        link: pick(&["demo", "", "intro"], b).to_owned(),
        owner: rep(b),
        booked_at,
        start,
        end: start + Millis(1_800_000),
        state: pick(MeetingState::ALL, a),
        updated_at: booked_at,
        moves: u32::from(a % 3),
        cancelled_by: pick(&[None, Some(Canceller::Rep), Some(Canceller::Lead)], b),
    }
}

fn person() -> impl Strategy<Value = Person> {
    let parts =
        (any::<[u8; 3]>(), 0..MINUTES, chat(), [moments(3), moments(3)], proptest::option::of(0..MINUTES), acts());
    parts.prop_map(|([id, came, kind], seen, chat, [meetings, statuses], qualified, acts)| Person {
        lead: LeadId::from_bytes([id; 16]),
        first_seen_at: at(seen),
        touch: touch(came),
        kind: pick(IntentType::ALL, kind),
        chat,
        meeting: MeetingRecord {
            statuses: statuses.into_iter().map(|(at, a, b)| (pick(MeetingStatus::ALL, a), around(at, b))).collect(),
            qualified_at: qualified.map(at),
            ..MeetingRecord::default()
        },
        meetings: meetings.into_iter().map(meeting).collect(),
        acts,
    })
}

/// The minutes of working time: of the team, and of the only rep with hours.
pub(crate) type Minutes = [BTreeSet<i64>; 2];

fn opening(minutes: &BTreeSet<i64>) -> Opening {
    Opening::new(minutes.iter().map(|minute| Span { start: at(*minute), end: at(minute + 1) }).collect())
}

fn minutes() -> impl Strategy<Value = BTreeSet<i64>> {
    let spans = vec((0..MINUTES, 1..400_i64), 0..6);
    spans.prop_map(|spans| spans.into_iter().flat_map(|(from, length)| from..from + length).collect())
}

pub(crate) fn scene() -> impl Strategy<Value = Scene> {
    let visits = vec((0..MINUTES, any::<u8>(), 1..9_u64), 0..12);
    let question = (any::<[u8; 5]>(), 0..20_i64, 0..12_i64, 1..MINUTES);
    (question, vec(person(), 0..10), visits, minutes(), minutes()).prop_map(|(question, persons, visits, team, one)| {
        let ([report, group, anchor, calendar, zone], from, days, now) = question;
        let report = pick(REPORTS, report);
        let day = |day: i64| jiff::Timestamp::from_millisecond(at(day * 1_440).0).expect("an instant").to_string();
        let period = Period::parse(&day(from), &day(from + days), pick(&ZONES, zone), at(now));
        // The first choice is none: what is usual.
        let chosen = |count: usize, number: u8| (usize::from(number) % (count + 1)).checked_sub(1);
        let ask = Ask {
            period: period.expect("a period"),
            group: chosen(report.groups.len(), group).map(|place| report.groups[place]),
            anchor: chosen(report.anchors.len(), anchor).map(|place| report.anchors[place]),
            calendar: pick(CalendarKind::ALL, calendar),
            filters: Vec::new(),
        };
        let calendars = Calendars { team: opening(&team), reps: [(rep(0), opening(&one))].into_iter().collect() };
        let minutes = [team, one];
        let visit = |(minute, came, count): (i64, u8, u64)| Visits { at: at(minute), touch: touch(came), count };
        Scene {
            report,
            ask,
            calendars,
            now: at(now),
            persons,
            visits: visits.into_iter().map(visit).collect(),
            minutes,
        }
    })
}
