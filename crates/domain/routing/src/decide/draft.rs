//! A decision while it is made.

use crate::condition::Condition;
use crate::decision::{Assignee, Decision, Note, Notified, Outcome, Reason, SegmentTrouble, SkipReason, Skipped, Turn};
use crate::rule::{AgentKind, FALLBACK, FALLBACK_NAME, Rule, Segment};
use crate::team::{Rep, RepState};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The decision as far as it is made.
pub(super) struct Draft<'a> {
    pub(super) rule: &'a Rule,
    channel: Option<&'a String>,
    segment: Option<(&'a str, &'a str)>,
    notes: Vec<Note>,
    turn: Option<Turn>,
    skipped: Vec<Skipped>,
}

impl<'a> Draft<'a> {
    pub(super) const fn new(rule: &'a Rule) -> Draft<'a> {
        let channel = rule.monitoring_channel.as_ref();
        Draft { rule, channel, segment: None, notes: Vec::new(), turn: None, skipped: Vec::new() }
    }

    pub(super) fn note(&mut self, note: Note) {
        self.notes.push(note);
    }

    /// The ids of the rule and of the segment the lead is in.
    pub(super) fn place(&self) -> (&str, &str) {
        (&self.rule.id, self.segment.map_or("", |(id, _)| id))
    }

    pub(super) fn note_segment(&mut self, trouble: SegmentTrouble) {
        let (_, segment) = self.place();
        self.notes.push(Note::Segment(segment.to_string(), trouble));
    }

    /// One who is away or outside the hours is named all the same; the team should know.
    pub(super) fn note_absence(&mut self, rep: &Rep) {
        match rep.state {
            RepState::Away => self.note(Note::RepAway),
            RepState::OffHours => self.note(Note::RepOffHours),
            RepState::Active | RepState::Removed => {}
        }
    }

    /// A member of a pool who cannot take the chat.
    pub(super) fn skip(&mut self, rep: &str, reason: SkipReason) {
        // Who is in the pools of the segment and of the fallback is named once.
        if !self.skipped.iter().any(|skipped| skipped.rep == rep) {
            self.skipped.push(Skipped { rep: rep.to_string(), reason });
        }
    }

    /// Whether a skipped member can take the chat later.
    pub(super) fn awaits_somebody(&self) -> bool {
        self.skipped.iter().any(|skipped| skipped.reason != SkipReason::Removed)
    }

    pub(super) fn use_turn(&mut self, turn: Turn) {
        self.turn = Some(turn);
    }

    /// The lead is in this segment.
    pub(super) fn enter<T>(&mut self, segment: &'a Segment<T>) {
        self.segment = Some((&segment.id, &segment.name));
        self.channel = segment.monitoring_channel.as_ref().or(self.rule.monitoring_channel.as_ref());
    }

    /// The lead is in the Fallback Segment.
    pub(super) fn enter_fallback(&mut self) {
        self.segment = Some((FALLBACK, FALLBACK_NAME));
        self.channel = self.rule.monitoring_channel.as_ref();
    }

    /// Assigns the lead; notifies the channel, then the assigned rep, then the owner.
    pub(super) fn assigned(self, assignee: Assignee, reason: Reason, owner: Option<&Rep>) -> Decision {
        self.given(Outcome::Assigned, assignee, reason, owner)
    }

    /// No one can take the lead now: the general agent keeps the chat, and the lead waits (7.1).
    pub(super) fn waiting(self, owner: Option<&Rep>) -> Decision {
        let agent = Assignee::AiAgent { id: AgentKind::General };
        self.given(Outcome::Waiting, agent, Reason::NobodyAvailable, owner)
    }

    /// Assigns the lead and notifies no one.
    pub(super) fn left_to(self, assignee: Assignee, reason: Reason) -> Decision {
        self.done(Outcome::Assigned, Some(assignee), reason, Vec::new())
    }

    fn given(self, outcome: Outcome, assignee: Assignee, reason: Reason, owner: Option<&Rep>) -> Decision {
        let rep = assignee.rep().map(ToString::to_string);
        let owner = owner.map(|owner| owner.id.clone()).filter(|owner| Some(owner) != rep.as_ref());
        let dms: Vec<Notified> = rep.into_iter().chain(owner).map(Notified::Rep).collect();
        let notify = self.channel().into_iter().chain(dms).collect();
        self.done(outcome, Some(assignee), reason, notify)
    }

    /// Assigns no one; notifies the channel.
    pub(super) fn refused(self, outcome: Outcome, reason: Reason) -> Decision {
        let notify = self.channel().into_iter().collect();
        self.done(outcome, None, reason, notify)
    }

    /// Assigns no one and notifies no one.
    pub(super) fn silent(self, outcome: Outcome, reason: Reason) -> Decision {
        self.done(outcome, None, reason, Vec::new())
    }

    fn channel(&self) -> Option<Notified> {
        self.channel.cloned().map(Notified::Channel)
    }

    fn done(self, outcome: Outcome, assignee: Option<Assignee>, reason: Reason, notify: Vec<Notified>) -> Decision {
        Decision {
            funnel: self.rule.funnel(),
            rule: self.rule.id.clone(),
            rule_name: self.rule.name.clone(),
            version: self.rule.version,
            segment: self.segment.map(|(id, _)| id.to_string()),
            segment_name: self.segment.map_or("", |(_, name)| name).to_string(),
            outcome,
            assignee,
            reason,
            notes: self.notes,
            notify,
            turn: self.turn,
            skipped: self.skipped,
        }
    }
}

/// The first segment that matches (RR-08, RR-09).
pub(super) fn first_match<T>(segments: &[Segment<T>], holds: impl Fn(&Condition) -> bool) -> Option<&Segment<T>> {
    segments.iter().find(|segment| segment.enabled && holds(&segment.when))
}
