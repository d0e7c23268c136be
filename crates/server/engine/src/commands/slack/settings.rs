//! The connection to the Slack workspace, and the settings of the team for it.

use super::problems::mend;
use crate::audited::{Change, Note, subject};
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{AuditAction, Destination, EventType, Millis};
use knock_ports::{Endpoint, Ledger, SlackApp, SlackChoice, SlackIdentity, StoreError};
use serde_json::{Value, json};

/// Saves where chats are shown, and what stays inside.
#[derive(Clone, Debug)]
pub struct SaveSlackChoice {
    /// From now on.
    pub choice: SlackChoice,
    /// The instant now.
    pub now: Millis,
}

impl Change for SaveSlackChoice {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<((), Option<Note>), StoreError> {
        let before = ledger.slack_choice()?;
        if before.monitoring_channel != self.choice.monitoring_channel {
            // Nothing is wrong with a channel that is not used.
            mend(ledger, Some(&before.monitoring_channel), self.now, notices)?;
        }
        ledger.save_slack_choice(&self.choice)?;
        let note = note(AuditAction::DestinationChanged).changed(shown(&before), shown(&self.choice));
        Ok(((), (before != self.choice).then_some(note)))
    }
}

fn note(action: AuditAction) -> Note {
    Note::new(action, subject("slack", "", "Slack"))
}

fn shown(choice: &SlackChoice) -> Value {
    json!({"monitoring_channel": choice.monitoring_channel, "note_mark": choice.note_mark})
}

/// Connects the Slack workspace, or takes another token of it.
#[derive(Clone, Debug)]
pub struct ConnectSlack {
    /// The credentials, sealed.
    pub app: SlackApp,
    /// The identity in Slack.
    pub identity: SlackIdentity,
    /// The instant now.
    pub now: Millis,
}

impl Change for ConnectSlack {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<((), Option<Note>), StoreError> {
        let before = ledger.slack_identity()?;
        ledger.save_slack_app(Some(&self.app))?;
        keep_identity(ledger, &self.identity)?;
        save_endpoint(ledger, self.now)?;
        mend(ledger, None, self.now, notices)?;
        let team = |identity: &SlackIdentity| json!({"team": identity.team});
        let note = note(AuditAction::DestinationCreated);
        let after = json!({"team": self.identity.team, "secret": "changed"});
        Ok(((), Some(note.changed(before.as_ref().map_or(json!({}), team), after))))
    }
}

/// The identity of the token. Posts and people of another workspace are dropped.
fn keep_identity(ledger: &mut dyn Ledger, identity: &SlackIdentity) -> Result<(), StoreError> {
    let before = ledger.slack_identity()?;
    if before.is_some_and(|before| before.team_id != identity.team_id) {
        ledger.drop_slack_posts()?;
        for person in ledger.slack_people()? {
            ledger.drop_slack_person(&person.id)?;
        }
    }
    ledger.save_slack_identity(Some(identity))
}

fn save_endpoint(ledger: &mut dyn Ledger, now: Millis) -> Result<(), StoreError> {
    if !ledger.endpoints(Some(Destination::SLACK.kind))?.is_empty() {
        return Ok(());
    }
    // Each has what is shown brought up to date.
    let events = [
        EventType::ChatAssigned,
        EventType::ChatStatusChanged,
        EventType::ContactTypeChanged,
        EventType::ContactScoreChanged,
        EventType::MessageCreated,
    ];
    let (settings, why_stopped) = ("{}".to_owned(), String::new());
    let destination = Destination::SLACK;
    ledger.save_endpoint(&Endpoint {
        destination,
        settings,
        events: events.to_vec(),
        is_active: true,
        why_stopped,
        created_at: now,
    })
}

/// Disconnects the Slack workspace. What was posted stays there.
#[derive(Clone, Copy, Debug)]
pub struct DisconnectSlack;

impl Change for DisconnectSlack {
    /// False when none was connected.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Vec<Notice>) -> Result<(bool, Option<Note>), StoreError> {
        let was_there = ledger.slack_app()?.is_some();
        if !was_there {
            return Ok((false, None));
        }
        ledger.save_slack_app(None)?;
        ledger.save_slack_problems(&[])?;
        ledger.drop_endpoint(Destination::SLACK)?;
        Ok((true, Some(note(AuditAction::DestinationDeleted))))
    }
}

/// A server starts: what its configuration says of Slack is so.
#[derive(Clone, Copy, Debug)]
pub struct NoteSlackSetup {
    /// Whether token and signing secret stand there.
    pub is_configured: bool,
    /// The instant now.
    pub now: Millis,
}

impl Command for NoteSlackSetup {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<(), StoreError> {
        if self.is_configured || ledger.slack_app()?.is_some() {
            save_endpoint(ledger, self.now)?;
            // What was wrong before may be what the server was started anew for.
            mend(ledger, None, self.now, notices)?;
        } else {
            ledger.drop_endpoint(Destination::SLACK)?;
        }
        Ok(())
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Slack said whose token it is.
#[derive(Clone, Debug)]
pub struct NoteSlackIdentity {
    /// The identity in Slack.
    pub identity: SlackIdentity,
    /// The instant now.
    pub now: Millis,
}

impl Command for NoteSlackIdentity {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<(), StoreError> {
        if ledger.slack_identity()?.as_ref() != Some(&self.identity) {
            keep_identity(ledger, &self.identity)?;
        }
        mend(ledger, None, self.now, notices)?;
        Ok(())
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// A member has tried whether a message arrives.
#[derive(Clone, Copy, Debug)]
pub struct TestSlack;

impl Change for TestSlack {
    type Outcome = ();

    fn make(&self, _: &mut dyn Ledger, _: &mut Vec<Notice>) -> Result<((), Option<Note>), StoreError> {
        Ok(((), Some(note(AuditAction::DestinationTested))))
    }
}
