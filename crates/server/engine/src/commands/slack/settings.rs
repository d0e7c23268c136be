//! The connection to the Slack workspace, and the settings of the team for it.

use super::problems::mend;
use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use crate::writer::{After, Command};
use knock_model::{AuditAction, Destination, EventType, Millis};
use knock_ports::{Endpoint, Ledger, SlackApp, SlackChoice, SlackIdentity, StoreError};
use serde_json::{Value, json};

/// Saves the monitoring channel and the mark of internal notes.
#[derive(Clone, Debug)]
pub struct SaveSlackChoice {
    /// The new settings.
    pub choice: SlackChoice,
    pub now: Millis,
}

impl Change for SaveSlackChoice {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let before = ledger.slack_choice()?;
        if before.monitoring_channel != self.choice.monitoring_channel {
            // A channel that is not used has no problems.
            mend(ledger, Some(&before.monitoring_channel), self.now, changes)?;
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
    json!({"monitoring_channel": choice.monitoring_channel, "note_mark": choice.note_mark, "everyone": choice.everyone})
}

/// Connects the Slack workspace, or replaces its token.
#[derive(Clone, Debug)]
pub struct ConnectSlack {
    /// The credentials, sealed.
    pub app: SlackApp,
    pub identity: SlackIdentity,
    pub now: Millis,
}

impl Change for ConnectSlack {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let before = ledger.slack_identity()?;
        ledger.save_slack_app(Some(&self.app))?;
        keep_identity(ledger, &self.identity)?;
        save_endpoint(ledger, self.now)?;
        mend(ledger, None, self.now, changes)?;
        let team = |identity: &SlackIdentity| json!({"team": identity.team});
        let note = note(AuditAction::DestinationCreated);
        let after = json!({"team": self.identity.team, "secret": "changed"});
        Ok(((), Some(note.changed(before.as_ref().map_or(json!({}), team), after))))
    }
}

/// Stores the identity of the token. Posts and people of another workspace are dropped.
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
    // Each of these events updates the posts.
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
        sites: Vec::new(),
        is_active: true,
        why_stopped,
        created_at: now,
    })
}

/// Disconnects the Slack workspace. Posts stay in Slack.
#[derive(Clone, Copy, Debug)]
pub struct DisconnectSlack;

impl Change for DisconnectSlack {
    /// False when none was connected.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
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

/// Applies the configuration of Slack at the start of a server.
#[derive(Clone, Copy, Debug)]
pub struct NoteSlackSetup {
    /// Whether the configuration has the token and the signing secret.
    pub is_configured: bool,
    pub now: Millis,
}

impl Command for NoteSlackSetup {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
        if self.is_configured || ledger.slack_app()?.is_some() {
            save_endpoint(ledger, self.now)?;
            // The restart of the server may have solved earlier problems.
            mend(ledger, None, self.now, changes)?;
        } else {
            ledger.drop_endpoint(Destination::SLACK)?;
        }
        Ok(())
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Records the identity of the token as reported by Slack.
#[derive(Clone, Debug)]
pub struct NoteSlackIdentity {
    pub identity: SlackIdentity,
    pub now: Millis,
}

impl Command for NoteSlackIdentity {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
        if ledger.slack_identity()?.as_ref() != Some(&self.identity) {
            keep_identity(ledger, &self.identity)?;
        }
        mend(ledger, None, self.now, changes)?;
        Ok(())
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Records a member's test of a message to Slack.
#[derive(Clone, Copy, Debug)]
pub struct TestSlack;

impl Change for TestSlack {
    type Outcome = ();

    fn make(&self, _: &mut dyn Ledger, _: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        Ok(((), Some(note(AuditAction::DestinationTested))))
    }
}
