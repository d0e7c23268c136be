//! The items of every population of a person, with all that metrics ask of them.

mod act;
mod chat;
mod episode;
mod form;
mod meeting;
mod wait;

use crate::calendar::{CalendarKind, Calendars};
use crate::condition::{Condition, Conditions};
use crate::dimension::NO_VALUE;
use crate::metric::Anchor;
use crate::milestone::{first_rep, reached};
use crate::person::{Person, Visits};
use crate::population::{Author, Milestone, Population};
use crate::record::ChatRecord;
use act::Act;
use knock_model::{LeadId, Millis, RepId};

/// An item of a population.
#[derive(Clone, Copy)]
pub(crate) struct Case<'p> {
    pub(crate) lead: Option<LeadId>,
    pub(crate) weight: u64,
    /// When it began, or happened.
    pub(crate) begin: Millis,
    /// When it came to what it is about: the step, the answer, the meeting itself.
    pub(crate) end: Option<Millis>,
    /// What is measured of it, where that is known.
    pub(crate) measured: Option<Millis>,
    pub(crate) rep: Option<RepId>,
    pub(crate) status: &'static str,
    pub(crate) reason: &'p str,
    pub(crate) link: &'p str,
    pub(crate) act: Act<'p>,
    pub(crate) facts: Conditions,
}

impl<'p> Case<'p> {
    fn new(lead: Option<LeadId>, begin: Millis) -> Case<'p> {
        Case {
            lead,
            weight: 1,
            begin,
            end: None,
            measured: None,
            rep: None,
            status: NO_VALUE,
            reason: NO_VALUE,
            link: NO_VALUE,
            act: Act::None,
            facts: Conditions::ANY,
        }
    }

    /// The item that the visits of a quarter of an hour are.
    pub(crate) fn of_visits(visits: &Visits) -> Case<'static> {
        Case { weight: visits.count, end: Some(visits.at), ..Case::new(None, visits.at) }
    }

    pub(crate) fn holds(&self, condition: Condition) -> bool {
        self.facts.holds(condition)
    }

    /// The instant at which it counts; none where it did not come to that.
    pub(crate) fn at(&self, anchor: Anchor) -> Option<Millis> {
        match anchor {
            Anchor::FirstSeen | Anchor::Asked | Anchor::Booked | Anchor::Entered | Anchor::Happened => Some(self.begin),
            Anchor::Reached | Anchor::Answered | Anchor::Start => self.end,
        }
    }
}

/// The time in which items are looked at and measured.
pub(crate) struct Clock<'q> {
    pub(crate) now: Millis,
    pub(crate) kind: CalendarKind,
    pub(crate) calendars: &'q Calendars,
}

/// Passes every item that a person has of a population. None is of visitors: these are no persons.
pub(crate) fn cases<'p>(
    population: Population,
    person: &'p Person,
    clock: &Clock<'_>,
    each: &mut dyn FnMut(&Case<'p>),
) {
    match population {
        Population::Visitors => {}
        Population::Leads(step) => lead(person, step, clock, each),
        Population::Episodes => episode::episodes(person, each),
        Population::Messages(Author::Rep) => chat::rep_messages(person, each),
        Population::Messages(Author::Agent) => chat::agent_messages(person, each),
        Population::FirstReplies => wait::first_replies(person, clock, each),
        Population::LaterWaits => wait::later_waits(person, clock, each),
        Population::Meetings => meeting::meetings(person, clock, each),
        Population::ChatStatuses => chat::statuses(person, each),
        Population::MeetingStatuses => meeting::statuses(person, each),
        Population::Rejections => chat::rejections(person, each),
        Population::Decisions => act::decisions(person, each),
        Population::Skips => act::skips(person, each),
        Population::Runs => act::runs(person, each),
        Population::Steps => act::steps(person, each),
        Population::Writes => act::writes(person, each),
        Population::Forms => form::forms(person, clock, each),
        Population::Questions => act::questions(person, each),
    }
}

fn lead<'p>(person: &'p Person, step: Milestone, clock: &Clock<'_>, each: &mut dyn FnMut(&Case<'p>)) {
    let Some(at) = reached(person, step).filter(|at| *at <= clock.now) else { return };
    let case = Case::new(Some(person.lead), person.first_seen_at);
    each(&Case { end: Some(at), rep: first_rep(person), ..case });
}

/// The episode that holds an instant: its begin, and that of the next.
pub(crate) fn episode_of(chat: &ChatRecord, at: Millis) -> (Millis, Millis) {
    let begin = chat.episodes.iter().copied().filter(|begin| *begin <= at).max();
    let next = chat.episodes.iter().copied().filter(|begin| *begin > at).min();
    (begin.unwrap_or(Millis(i64::MIN)), next.unwrap_or(Millis(i64::MAX)))
}

/// Passes times in statuses: each lasts until the next begins.
fn spells<'p>(
    person: &'p Person,
    statuses: impl Iterator<Item = (&'static str, Millis)> + Clone,
    each: &mut dyn FnMut(&Case<'p>),
) {
    let ends = statuses.clone().skip(1).map(|(_, at)| Some(at)).chain(core::iter::once(None));
    for ((status, begin), end) in statuses.zip(ends) {
        let facts = Conditions::ANY.with(Condition::Lasting, end.is_none()).with(Condition::Over, end.is_some());
        // A clock that was set back makes none shorter than nothing.
        let measured = end.map(|end| (end - begin).max(Millis(0)));
        each(&Case { status, measured, facts, ..Case::new(Some(person.lead), begin) });
    }
}
