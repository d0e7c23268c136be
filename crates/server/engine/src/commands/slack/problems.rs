//! Problems in Slack that a person has to fix: each is stored once, and parked posts are sent again after it.

use crate::changes::Changes;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{Destination, Millis};
use knock_ports::{Ledger, SlackChoice, StoreError};
use knock_wire::SlackProblem;

/// The maximum number of deliveries sent again by one command, so that others need not wait long.
const SENT_AGAIN: usize = 500;

#[derive(Clone, Debug)]
pub struct NoteSlackProblem {
    /// The problem, which starts now.
    pub problem: SlackProblem,
    /// Whether this is the result of a check of a channel, not of a post. It is dropped if the channel is neither
    /// selected nor known to be broken any more: another channel may have been selected while Slack was answering.
    pub is_check: bool,
}

impl Command for NoteSlackProblem {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(), StoreError> {
        let mut problems = ledger.slack_problems()?;
        let is_obsolete = self.is_check && !is_checked(&self.problem.channel, &ledger.slack_choice()?, &problems);
        if !is_obsolete && !problems.iter().any(|known| is_same(known, &self.problem)) {
            problems.push(self.problem.clone());
            ledger.save_slack_problems(&problems)?;
        }
        Ok(())
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Whether a channel is checked. An empty one means the whole workspace, which always is.
fn is_checked(channel: &str, choice: &SlackChoice, problems: &[SlackProblem]) -> bool {
    channel.is_empty()
        || choice.monitoring_channel == channel
        || problems.iter().any(|problem| problem.channel == channel)
}

fn is_same(one: &SlackProblem, other: &SlackProblem) -> bool {
    one.kind == other.kind && one.channel == other.channel
}

/// A problem is fixed: parked deliveries are sent again.
#[derive(Clone, Debug)]
pub struct MendSlack {
    /// The channel; none for the token and for problems without a channel.
    pub channel: Option<String>,
    pub now: Millis,
}

impl Command for MendSlack {
    /// Whether there was a problem.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<bool, StoreError> {
        mend(ledger, self.channel.as_deref(), self.now, changes)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Drops the problems of a channel that is not used any more. Parked posts are not sent again.
#[derive(Clone, Debug)]
pub struct DropSlackProblems {
    pub channel: String,
}

impl Command for DropSlackProblems {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(), StoreError> {
        let mut problems = ledger.slack_problems()?;
        problems.retain(|problem| problem.channel != self.channel);
        ledger.save_slack_problems(&problems)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Sends parked posts again, as many as one command may.
#[derive(Clone, Copy, Debug)]
pub struct ResendSlack {
    pub now: Millis,
}

impl Command for ResendSlack {
    /// Whether more is left.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<bool, StoreError> {
        let sent = ledger.requeue(Destination::SLACK, None, self.now, SENT_AGAIN)?;
        changes.push(Notice::Outbox);
        Ok(usize::try_from(sent).is_ok_and(|sent| sent == SENT_AGAIN))
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Clears the problems of a channel, or those without one, and sends parked posts again; whether there were any.
pub(super) fn mend(
    ledger: &mut dyn Ledger,
    channel: Option<&str>,
    now: Millis,
    changes: &mut Changes,
) -> Result<bool, StoreError> {
    let mut problems = ledger.slack_problems()?;
    let before = problems.len();
    problems.retain(|problem| problem.channel != channel.unwrap_or_default());
    let stopped = ledger.endpoints(Some(Destination::SLACK.kind))?.into_iter().find(|endpoint| !endpoint.is_active);
    let stopped = stopped.filter(|_| channel.is_none());
    if problems.len() == before && stopped.is_none() {
        return Ok(false);
    }
    ledger.save_slack_problems(&problems)?;
    if let Some(mut endpoint) = stopped {
        (endpoint.is_active, endpoint.why_stopped) = (true, String::new());
        ledger.save_endpoint(&endpoint)?;
    }
    ledger.requeue(Destination::SLACK, None, now, SENT_AGAIN)?;
    changes.push(Notice::Outbox);
    Ok(true)
}
