//! What metrics count of a person, read a second time from the records.

use crate::acted::acted;
use crate::made::{BEGIN, Scene, rep};
use knock_model::{MeetingState, Millis, RepId};
use knock_report::{CalendarKind, ChatRecord, Dimension, Meeting, Person, Voice, Wait};
use knock_status::chat::{ChatStatus, Rejecter};
use knock_status::meeting::{Canceller, MeetingStatus};

const TWO_MINUTES: i64 = 120_000;

/// An item with what decides on it.
#[derive(Clone, Default)]
pub(crate) struct Thing {
    pub(crate) first: i64,
    pub(crate) second: Option<i64>,
    pub(crate) weight: u64,
    pub(crate) hit: bool,
    pub(crate) took: Option<i64>,
    pub(crate) rep: Option<RepId>,
    pub(crate) label: String,
    /// Its own values in dimensions that only some things have.
    pub(crate) keys: Vec<(Dimension, String)>,
}

pub(crate) fn thing(first: Millis) -> Thing {
    Thing { first: first.0, weight: 1, ..Thing::default() }
}

/// What a metric counts of a person, in whichever period.
pub(crate) fn things(scene: &Scene, name: &str, person: &Person) -> Vec<Thing> {
    if let Some(acted) = acted(scene, name, person) {
        return acted;
    }
    match name {
        "leads" | "wrote" | "answered" | "qualified" | "booked" | "held" | "deals" => {
            let at = step(name, person).filter(|at| *at <= scene.now);
            let rep = first_answer(&person.chat).map(|(_, rep)| rep);
            let one = |at: Millis| Thing { second: Some(at.0), rep, ..thing(person.first_seen_at) };
            at.map(one).into_iter().collect()
        }
        "chats" | "agent_alone" | "handed_over" | "agent_alone_share" | "agent_time" => episodes(name, &person.chat),
        "agent_messages" => said(&person.chat, |by| by == Voice::Agent),
        "messages_sent" => said(&person.chat, |by| matches!(by, Voice::Rep(_))),
        "rejected" | "rejected_by_agent" => {
            let all = person.chat.rejections.iter();
            let own = all.filter(|rejection| name == "rejected" || rejection.by == Rejecter::Ai);
            own.map(|rejection| Thing { label: rejection.reason.clone(), ..thing(rejection.at) }).collect()
        }
        "entered" | "leads_now" | "time_median" | "time_mean" => {
            let statuses = person.chat.statuses.iter().map(|(status, at)| (status.as_str(), *at));
            times(name, statuses.collect())
        }
        "meeting_entered" | "meeting_now" | "meeting_time_median" => {
            let statuses = person.meeting.statuses.iter().map(|(status, at)| (status.as_str(), *at));
            times(name, statuses.collect())
        }
        _ if name.starts_with("later") => {
            waits(scene, name, person.chat.waits.iter().filter(|wait| is_later(&person.chat, wait)).collect())
        }
        _ if name.starts_with("first") || name == "unanswered" || name == "within_two_minutes" => {
            waits(scene, name, person.chat.replies.iter().collect())
        }
        _ => person.meetings.iter().filter_map(|meeting| met(scene, name, meeting)).collect(),
    }
}

fn first_answer(chat: &ChatRecord) -> Option<(Millis, RepId)> {
    let mut messages = chat.messages.clone();
    messages.sort_by_key(|said| said.at);
    let wrote = messages.iter().find(|said| said.by == Voice::Lead)?.at;
    messages.iter().filter(|said| said.at >= wrote).find_map(|said| match said.by {
        Voice::Rep(rep) => Some((said.at, rep)),
        Voice::Lead | Voice::Agent => None,
    })
}

fn step(name: &str, person: &Person) -> Option<Millis> {
    let written = person.chat.messages.iter().filter(|said| said.by == Voice::Lead).map(|said| said.at).min();
    let mut booked: Vec<Millis> = person.meetings.iter().map(|meeting| meeting.booked_at).collect();
    booked.extend(person.meeting.statuses.iter().filter(|one| one.0 == MeetingStatus::Booked).map(|one| one.1));
    let booked = booked.into_iter().min();
    match name {
        "leads" => Some(person.first_seen_at),
        "wrote" => written,
        "answered" => first_answer(&person.chat).map(|(at, _)| at),
        "qualified" => {
            let mut all: Vec<Millis> =
                [booked, person.chat.deal_at, person.meeting.qualified_at].into_iter().flatten().collect();
            all.sort_unstable();
            all.first().copied()
        }
        "booked" => booked,
        "held" => {
            let held = person.meetings.iter().filter(|meeting| meeting.state == MeetingState::Held);
            held.map(|meeting| meeting.start).min()
        }
        _ => person.chat.deal_at,
    }
}

fn episodes(name: &str, chat: &ChatRecord) -> Vec<Thing> {
    let mut found = Vec::new();
    for begin in &chat.episodes {
        let end = chat.episodes.iter().filter(|other| *other > begin).min().copied().unwrap_or(Millis(i64::MAX));
        let within = |at: &Millis| at >= begin && *at < end;
        let mut agent: Vec<Millis> =
            chat.messages.iter().filter(|said| said.by == Voice::Agent).map(|said| said.at).collect();
        agent.extend(chat.statuses.iter().filter(|one| one.0 == ChatStatus::AiDiscovery).map(|one| one.1));
        agent.retain(within);
        let reps: Vec<Millis> = chat
            .messages
            .iter()
            .filter(|said| matches!(said.by, Voice::Rep(_)))
            .map(|said| said.at)
            .filter(within)
            .collect();
        let waits: Vec<&Wait> = chat.waits.iter().filter(|wait| within(&wait.since)).collect();
        let alone = !agent.is_empty() && reps.is_empty() && waits.is_empty();
        let later = |from: &Millis| {
            reps.iter().any(|at| at >= from)
                || waits.iter().any(|wait| wait.ended_at.is_none_or(|ended| ended >= *from))
        };
        let handed = agent.iter().min().is_some_and(later);
        let last = chat.messages.iter().map(|said| said.at).filter(within).max().unwrap_or(*begin);
        if (!["agent_alone", "agent_time"].contains(&name) || alone) && (name != "handed_over" || handed) {
            found.push(Thing { hit: alone, took: Some(last.0 - begin.0), ..thing(*begin) });
        }
    }
    found
}

fn said(chat: &ChatRecord, by: impl Fn(Voice) -> bool) -> Vec<Thing> {
    let own = chat.messages.iter().filter(|said| by(said.by));
    own.map(|said| match said.by {
        Voice::Rep(rep) => Thing { rep: Some(rep), ..thing(said.at) },
        Voice::Lead | Voice::Agent => thing(said.at),
    })
    .collect()
}

fn times(name: &str, statuses: Vec<(&str, Millis)>) -> Vec<Thing> {
    let mut found = Vec::new();
    for (place, (status, at)) in statuses.iter().enumerate() {
        let took = statuses.get(place + 1).map(|(_, next)| (next.0 - at.0).max(0));
        let counts = name.ends_with("entered") || name.ends_with("now") == took.is_none();
        if counts {
            found.push(Thing { took, label: (*status).to_owned(), ..thing(*at) });
        }
    }
    found
}

fn is_later(chat: &ChatRecord, wait: &Wait) -> bool {
    let before = chat.episodes.iter().filter(|begin| **begin <= wait.since).max();
    let episode = |at: Millis| chat.episodes.iter().filter(|begin| **begin <= at).max() == before;
    let reply_is_awaited = chat.replies.iter().any(|reply| episode(reply.since));
    let person_wrote =
        chat.messages.iter().any(|said| matches!(said.by, Voice::Rep(_)) && said.at < wait.since && episode(said.at));
    person_wrote || !reply_is_awaited
}

fn waits(scene: &Scene, name: &str, waits: Vec<&Wait>) -> Vec<Thing> {
    let mut found = Vec::new();
    for wait in waits {
        let rep = wait.answered_by.or(wait.rep);
        let until = wait.ended_at.unwrap_or(scene.now);
        let took = length(scene, rep, wait.since.0, until.0);
        let is_answered = wait.ended_at.is_some() && wait.answered_by.is_some();
        let counts = match name {
            "first_replies" | "later_waits" => true,
            "unanswered" | "later_unanswered" => !is_answered,
            "within_two_minutes" => wait.ended_at.is_some() || took > TWO_MINUTES,
            _ => is_answered,
        };
        if counts {
            found.push(Thing {
                second: wait.ended_at.filter(|_| is_answered).map(|ended| ended.0),
                hit: is_answered && took <= TWO_MINUTES,
                took: is_answered.then_some(took),
                rep,
                ..thing(wait.since)
            });
        }
    }
    found
}

/// Minute by minute: everything lies on whole ones.
pub(crate) fn length(scene: &Scene, whose: Option<RepId>, from: i64, to: i64) -> i64 {
    let [team, one] = &scene.minutes;
    let open = match scene.ask.calendar {
        CalendarKind::Elapsed => None,
        CalendarKind::Rep => Some(one).filter(|_| whose == Some(rep(0))),
        CalendarKind::Team => Some(team).filter(|team| !team.is_empty()),
    };
    let Some(open) = open else { return (to - from).max(0) };
    let begin = |minute: i64| BEGIN + minute * 60_000;
    let within = open.iter().filter(|minute| begin(**minute) >= from && begin(**minute) < to);
    within.map(|_| 60_000).sum()
}

fn met(scene: &Scene, name: &str, meeting: &Meeting) -> Option<Thing> {
    let is = |state: MeetingState| meeting.state == state;
    let by_lead = meeting.cancelled_by == Some(Canceller::Lead);
    let counts = match name {
        "moved" => meeting.moves != 0,
        "cancelled_by_lead" => is(MeetingState::Cancelled) && by_lead,
        "cancelled_by_rep" => is(MeetingState::Cancelled) && !by_lead,
        "meetings_held" => is(MeetingState::Held),
        "no_show" => is(MeetingState::NoShow),
        "no_show_share" => is(MeetingState::Held) || is(MeetingState::NoShow),
        "unmarked" => is(MeetingState::Booked) && meeting.end <= scene.now,
        "meetings_booked" | "lead_time_median" => true,
        other => panic!("the metric {other} is not computed a second time"),
    };
    let took = meeting.start.0 - meeting.booked_at.0;
    counts.then(|| Thing {
        second: Some(meeting.start.0),
        hit: is(MeetingState::NoShow),
        took: (took >= 0).then_some(took),
        rep: Some(meeting.owner),
        label: meeting.link.clone(),
        ..thing(meeting.booked_at)
    })
}
