//! The whole history of a chat from its facts, with timers and reversals.

use super::clocks::Timer;
use super::course::{Before, Course};
use super::event::Event;
use super::folder::Folder;
use super::state::{Fields, Flag, State};
use super::words::{ChatOwner, ChatStatus};
use super::work::Work;
use crate::fact::{Fact, arrange};
use crate::timeline::{Cause, Entry, enter};
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use knock_model::Millis;

/// A chat at an instant, and how it came there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// Chat Status; none before the first event (R19).
    pub status: Option<ChatStatus>,
    pub owner: Option<ChatOwner>,
    /// The other fields.
    pub fields: Fields,
    /// The flags for a person to look at.
    pub flags: BTreeSet<Flag>,
    /// Whether the lead is hidden from every view (R4b).
    pub is_spam: bool,
    /// The inbox folder; none without a status, a form and a message of a member who wrote first.
    pub folder: Option<Folder>,
    /// The instant of the next change of the folder without a change of the status, if there are no further events.
    pub next_folder_at: Option<Millis>,
    /// What a member said about work on the chat, as far as it counts (7.5).
    pub work: Work,
    /// The instant since which the lead of an open chat waits for a human: that of their first message without a
    /// human's answer, or of the last one of those that came while the AI agent owned the chat. None while the agent
    /// owns it, unless it is queued. A form counts as a message that the agent cannot answer.
    pub waiting_since: Option<Millis>,
    /// Whether the AI agent has the chat only until a member is available (7.1).
    pub is_queued: bool,
    /// The instant of the lead's last message.
    pub lead_wrote_at: Option<Millis>,
    /// The instant of the last message of a human of the team.
    pub rep_wrote_at: Option<Millis>,
    /// The instant of the first deal opened after the chat began.
    pub deal_opened_at: Option<Millis>,
    /// Every status it was in, oldest first.
    pub timeline: Vec<Entry<ChatStatus, Timer>>,
    /// What was said and awaited, for figures.
    pub course: Course,
    /// The instant of the next change of the status without a further event.
    pub next_change_at: Option<Millis>,
    /// The status after that change.
    pub next_status: Option<ChatStatus>,
    pub why: Option<Why>,
}

impl Derived {
    /// The end of a snooze that opened the chat, and the member who had asked for it, while it counts.
    pub fn woken(&self) -> Option<(Millis, Option<&str>)> {
        self.work.woken().filter(|_| self.folder == Some(Folder::Open))
    }
}

/// The reason of a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Why {
    pub rule: &'static str,
    /// The fact or the timer.
    pub cause: Cause<Timer>,
    /// The instant of entering the status.
    pub since: Millis,
}

/// Folds the facts that had arrived by `now`; they are given in order of delivery. Causes name a fact
/// by its place in [`arrange`]'s answer.
pub fn derive<Id: Ord>(facts: &[Fact<Id, Event>], now: Millis) -> Derived {
    let facts = arrange(facts, now);
    let mut fold = Fold::new(&facts, BTreeSet::new());
    for place in 0..facts.len() {
        fold.step(place);
    }
    fold.fire_until(now + Millis(1));
    let State { lead_wrote_at, rep_wrote_at, deal_opened_at, .. } = fold.state;
    let (is_work, owed_since) = (fold.state.is_work(), fold.state.owed_since());
    let State { status, fields, flags, is_spam, clocks, is_queued, work, .. } = fold.state;
    let last = fold.timeline.last();
    let entered = last.map(|last| (last.status, last.at));
    let folder = (entered.is_some() || is_work).then(|| Folder::of(entered, is_spam, &work, owed_since.is_some()));
    let (next_change_at, next_timer) = clocks.next(status).unzip();
    let why = last.map(|entry| Why { rule: entry.status.rule(), cause: entry.cause, since: entry.at });
    Derived {
        status,
        owner: status.map(ChatStatus::owner),
        waiting_since: owed_since.filter(|_| folder == Some(Folder::Open)),
        is_queued,
        lead_wrote_at,
        rep_wrote_at,
        deal_opened_at,
        fields,
        flags,
        is_spam,
        next_folder_at: work.snoozed_until().filter(|_| folder == Some(Folder::Snoozed)),
        work,
        folder,
        next_change_at,
        next_status: next_timer.map(Timer::leads_to),
        timeline: fold.timeline,
        course: fold.course,
        why,
    }
}

struct Fold<'f, Id> {
    facts: &'f [&'f Fact<Id, Event>],
    /// Places of verdicts and rejections that a human took back.
    retracted: BTreeSet<usize>,
    state: State,
    timeline: Vec<Entry<ChatStatus, Timer>>,
    course: Course,
}

impl<'f, Id> Fold<'f, Id> {
    fn new(facts: &'f [&'f Fact<Id, Event>], retracted: BTreeSet<usize>) -> Self {
        Fold { facts, retracted, state: State::default(), timeline: Vec::new(), course: Course::default() }
    }

    /// Lets the timers due before a fact fire, then the fact happen (R2).
    fn step(&mut self, place: usize) {
        let fact = self.facts[place];
        let at = fact.effective_at();
        self.fire_until(at);
        let before = Before::of(&self.state);
        match &fact.what {
            Event::SpamReversed => self.reverse(place, is_verdict),
            Event::RejectionReversed => self.reverse(place, is_rejection),
            event => self.state.apply(event, at),
        }
        self.course.note(&fact.what, at, before, &self.state);
        self.note(at, Cause::Fact(place));
    }

    /// Fires every timer due before `end`, each at its own instant (R3), and lets a snooze end.
    fn fire_until(&mut self, end: Millis) {
        self.state.work.wake(end);
        while let Some((due, timer)) = self.state.clocks.next(self.state.status).filter(|(due, _)| *due < end) {
            self.state.status = Some(timer.leads_to());
            self.note(due, Cause::Timer(timer));
        }
    }

    fn note(&mut self, at: Millis, cause: Cause<Timer>) {
        if let Some(status) = self.state.status
            && self.timeline.last().is_none_or(|last| last.status != status)
        {
            enter(&mut self.timeline, Entry { at, status, cause });
        }
    }

    /// A human takes all earlier ones of a kind back: from now on it is as if they had never been (R9b).
    fn reverse(&mut self, place: usize, is_meant: fn(&Event) -> bool) {
        let earlier = (0..place).filter(|earlier| is_meant(&self.facts[*earlier].what));
        let count = self.retracted.len();
        self.retracted.extend(earlier);
        if self.retracted.len() == count {
            return;
        }
        let is_spam_verdict = is_meant(&Event::SpamDetected);
        let may_move = match self.state.status {
            Some(ChatStatus::Rejected) => !is_spam_verdict,
            Some(ChatStatus::Qualified) | None => false,
            Some(_) => is_spam_verdict,
        };
        if may_move {
            self.state = self.as_if(place);
        } else if is_spam_verdict {
            self.state.is_spam = false;
        }
    }

    /// The state just before a fact, without everything taken back so far.
    fn as_if(&self, place: usize) -> State {
        let mut fold = Fold::new(&self.facts[..place], self.retracted.clone());
        for (earlier, fact) in fold.facts.iter().enumerate() {
            let at = fact.effective_at();
            fold.fire_until(at);
            let event = fold.as_it_counts(earlier, &fact.what);
            fold.state.apply(event, at);
        }
        fold.fire_until(self.facts[place].effective_at());
        fold.state
    }

    /// The event, without what was taken back of it.
    fn as_it_counts<'e>(&self, place: usize, event: &'e Event) -> &'e Event {
        match event {
            _ if !self.retracted.contains(&place) => event,
            Event::LeadMessage { .. } => &Event::LeadMessage { is_spam: false },
            // Says nothing to the machine.
            _ => &Event::AiMessage,
        }
    }
}

fn is_verdict(event: &Event) -> bool {
    matches!(event, Event::SpamDetected | Event::LeadMessage { is_spam: true })
}

fn is_rejection(event: &Event) -> bool {
    matches!(event, Event::Rejected { .. })
}
