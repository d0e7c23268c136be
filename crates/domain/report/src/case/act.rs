//! What was done about a person: decisions of routing, runs of workflows, writes to a CRM, questions without an answer.

use super::Case;
use crate::acts::{Routed, RoutedTo, Run, StepTaken, Written};
use crate::condition::{Condition, Conditions};
use crate::dimension::NO_VALUE;
use crate::person::Person;
use knock_model::{Millis, RepId};

/// The act that an item is of.
#[derive(Clone, Copy)]
pub(crate) enum Act<'p> {
    None,
    Decision(&'p Routed),
    Run(&'p Run),
    Step(&'p Run, &'p StepTaken),
    Write(&'p Written),
}

impl<'p> Act<'p> {
    pub(crate) fn decision(self) -> Option<&'p Routed> {
        match self {
            Act::Decision(routed) => Some(routed),
            Act::None | Act::Run(_) | Act::Step(..) | Act::Write(_) => None,
        }
    }

    pub(crate) fn workflow(self) -> &'p str {
        match self {
            Act::Run(run) | Act::Step(run, _) => &run.workflow,
            Act::None | Act::Decision(_) | Act::Write(_) => NO_VALUE,
        }
    }

    pub(crate) fn step(self) -> &'p str {
        match self {
            Act::Step(_, taken) => &taken.step,
            Act::None | Act::Decision(_) | Act::Run(_) | Act::Write(_) => NO_VALUE,
        }
    }

    pub(crate) fn crm(self) -> &'p str {
        self.write().map_or(NO_VALUE, |write| write.crm.as_str())
    }

    pub(crate) fn cause(self) -> &'p str {
        self.write().map_or(NO_VALUE, |write| write.cause.as_str())
    }

    fn write(self) -> Option<&'p Written> {
        match self {
            Act::Write(write) => Some(write),
            Act::None | Act::Decision(_) | Act::Run(_) | Act::Step(..) => None,
        }
    }
}

pub(super) fn decisions<'p>(person: &'p Person, each: &mut dyn FnMut(&Case<'p>)) {
    for routed in made(person) {
        let (rep, facts) = outcome(routed);
        let act = Act::Decision(routed);
        each(&Case { rep, reason: routed.reason, act, facts, ..Case::new(Some(person.lead), routed.at) });
    }
}

pub(super) fn skips<'p>(person: &'p Person, each: &mut dyn FnMut(&Case<'p>)) {
    for routed in made(person) {
        let case = Case { act: Act::Decision(routed), ..Case::new(Some(person.lead), routed.at) };
        for &(rep, reason) in &routed.skipped {
            each(&Case { rep: Some(rep), reason, ..case });
        }
    }
}

/// The decisions that led to something: one that waits for more to be known is followed by another.
fn made(person: &Person) -> impl Iterator<Item = &Routed> {
    person.acts.decisions.iter().filter(|routed| routed.to != RoutedTo::Pending)
}

/// The rep to whom a decision led, and what is true of it.
fn outcome(routed: &Routed) -> (Option<RepId>, Conditions) {
    let facts =
        Conditions::ANY.with(Condition::ByTurn, routed.is_by_turn).with(Condition::Fallback, routed.is_fallback);
    match routed.to {
        RoutedTo::Rep(rep) => (Some(rep), facts),
        RoutedTo::Calendars | RoutedTo::Pending => (None, facts),
        RoutedTo::Agent => (None, facts.with(Condition::ToAgent, true)),
        RoutedTo::Waiting => (None, facts.with(Condition::NotAvailable, true)),
        RoutedTo::Disqualified => (None, facts.with(Condition::Disqualified, true)),
        RoutedTo::Unbookable => (None, facts.with(Condition::Unbookable, true)),
    }
}

pub(super) fn runs<'p>(person: &'p Person, each: &mut dyn FnMut(&Case<'p>)) {
    for run in &person.acts.runs {
        let completed = run.ended_at.filter(|_| !run.is_stopped);
        let facts = Conditions::ANY
            .with(Condition::Lasting, run.ended_at.is_none())
            .with(Condition::Completed, completed.is_some())
            .with(Condition::Stopped, run.ended_at.is_some() && run.is_stopped);
        each(&Case {
            end: run.ended_at,
            // The instant of a stop is not known.
            measured: completed.map(|ended| elapsed(run.enrolled_at, ended)),
            act: Act::Run(run),
            facts,
            ..Case::new(Some(person.lead), run.enrolled_at)
        });
    }
}

pub(super) fn steps<'p>(person: &'p Person, each: &mut dyn FnMut(&Case<'p>)) {
    for run in &person.acts.runs {
        for taken in &run.steps {
            let facts = Conditions::ANY
                .with(Condition::Done, taken.outcome == "done")
                .with(Condition::LeftOut, taken.outcome == "skipped");
            let act = Act::Step(run, taken);
            each(&Case { reason: &taken.reason, act, facts, ..Case::new(Some(person.lead), taken.at) });
        }
    }
}

pub(super) fn writes<'p>(person: &'p Person, each: &mut dyn FnMut(&Case<'p>)) {
    for write in &person.acts.writes {
        let facts = Conditions::ANY
            .with(Condition::Written, write.written_at.is_some())
            .with(Condition::GivenUp, write.written_at.is_none());
        each(&Case {
            end: write.written_at,
            measured: write.written_at.map(|written| elapsed(write.cause_at, written)),
            act: Act::Write(write),
            facts,
            ..Case::new(Some(person.lead), write.cause_at)
        });
    }
}

pub(super) fn questions<'p>(person: &'p Person, each: &mut dyn FnMut(&Case<'p>)) {
    for at in &person.acts.questions {
        each(&Case::new(Some(person.lead), *at));
    }
}

/// All time between two instants, never below zero: a clock can have been set back between them.
fn elapsed(from: Millis, to: Millis) -> Millis {
    (to - from).max(Millis(0))
}
