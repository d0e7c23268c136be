//! Actions: whether they are carried out, left out or deferred (WF-A1..WF-A4, WF-L2).

use super::steps::Position;
use super::{Change, Effect, Engine, NudgeCount};
use crate::definition::{Action, Audience};
use crate::event::Mailable;
use crate::reason::SkipReason;
use crate::run::Outcome;
use knock_model::Millis;

/// The time after a message of a rep in which no nudge and no message of an agent reaches the lead (WF-A2).
const HUMAN: Millis = Millis(30 * Millis::MINUTE.0);

impl<'w> Engine<'w> {
    /// Tries an action. Returns the place behind it, entered now (WF-L1); `None` while it is deferred.
    pub(super) fn act(
        &mut self,
        run: usize,
        position: Position<'w>,
        action: Action,
        expires: Option<Millis>,
    ) -> Option<Position<'w>> {
        let Position { mut cursor, entered, now } = position;
        let outcome = match action.audience() {
            Audience::Team => Outcome::Done,
            Audience::Lead => self.tried(run, action, now - entered > expires.unwrap_or(action.expiry()), now),
        };
        let step = cursor.step()?.id.clone();
        let visit = 1 + self.state.runs[run].visits(&step);
        self.log(run, &cursor, now, outcome);
        match outcome {
            Outcome::Deferred { until } => {
                // The expiry counts from the end of the quiet time.
                self.rest(run, &cursor, until, until);
                return None;
            }
            Outcome::Done => {
                self.count(action, now);
                let run = self.state.runs[run].key();
                self.changes.push(Change::Act(Effect { run, step, visit, action, at: now }));
            }
            Outcome::Skipped(_)
            | Outcome::Waited
            | Outcome::Happened
            | Outcome::TimedOut
            | Outcome::Then
            | Outcome::Else
            | Outcome::Stopped => {}
        }
        cursor.advance();
        Some(Position { cursor, entered: now, now })
    }

    /// What becomes of an action to the lead, by the first rule that applies.
    fn tried(&self, run: usize, action: Action, is_expired: bool, now: Millis) -> Outcome {
        if is_expired {
            return Outcome::Skipped(SkipReason::Expired);
        }
        if let Some(reason) = self.barred(action, now) {
            return Outcome::Skipped(reason);
        }
        let workflow = self.versions.of(&self.state.runs[run]);
        if let Some(until) = workflow.and_then(|workflow| workflow.quiet.as_ref()?.end(now)) {
            return Outcome::Deferred { until };
        }
        let is_full = |cap: crate::Cap| self.state.lead.sent_within(now, cap.within) >= cap.actions as usize;
        if workflow.and_then(|workflow| workflow.cap).is_some_and(is_full) {
            return Outcome::Skipped(SkipReason::Cap);
        }
        Outcome::Done
    }

    /// The reason of the lead itself against an action.
    fn barred(&self, action: Action, now: Millis) -> Option<SkipReason> {
        let lead = &self.state.lead;
        if lead.has_denied() {
            return Some(SkipReason::Consent);
        }
        match (action, lead.mailable) {
            (Action::Mail, Mailable::NoAddress) => Some(SkipReason::NoAddress),
            (Action::Mail, Mailable::Unsubscribed) => Some(SkipReason::Unsubscribed),
            (Action::Nudge | Action::Message, _) => lead.has_rep(now, HUMAN).then_some(SkipReason::Human),
            (
                Action::Mail
                | Action::Slack
                | Action::Assign
                | Action::Tag
                | Action::SetField
                | Action::Webhook
                | Action::Task,
                _,
            ) => None,
        }
    }

    /// Counts an action for caps.
    fn count(&mut self, action: Action, now: Millis) {
        let is_counted = action != Action::Nudge || self.nudges == NudgeCount::Ready;
        if action.audience() == Audience::Lead && is_counted {
            self.state.lead.sent.push(now);
        }
    }
}
