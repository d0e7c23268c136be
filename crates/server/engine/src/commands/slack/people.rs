//! The people of the Slack workspace, as Slack lists them and as it tells of changes.

use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_ports::{Ledger, SlackPerson, StoreError};
use std::collections::BTreeSet;

/// Keeps all people, as they were listed.
#[derive(Clone, Debug)]
pub struct KeepSlackPeople {
    /// All of them.
    pub people: Vec<SlackPerson>,
}

impl Command for KeepSlackPeople {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Vec<Notice>) -> Result<(), StoreError> {
        let known = ledger.slack_people()?;
        for person in &self.people {
            let before = known.iter().find(|before| before.id == person.id);
            let kept = with_address(person, before);
            if before != Some(&kept) {
                ledger.save_slack_person(&kept)?;
            }
        }
        let listed: BTreeSet<&str> = self.people.iter().map(|person| person.id.as_str()).collect();
        for gone in known.iter().filter(|person| !listed.contains(person.id.as_str())) {
            ledger.drop_slack_person(&gone.id)?;
        }
        Ok(())
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Keeps somebody who came, or changed.
#[derive(Clone, Debug)]
pub struct KeepSlackPerson {
    /// As they are now.
    pub person: SlackPerson,
}

impl Command for KeepSlackPerson {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Vec<Notice>) -> Result<(), StoreError> {
        let before = ledger.slack_person(&self.person.id)?;
        ledger.save_slack_person(&with_address(&self.person, before.as_ref()))
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Slack hides the address of somebody who has left: it is how the member is known who they were.
fn with_address(person: &SlackPerson, before: Option<&SlackPerson>) -> SlackPerson {
    let hidden = before.filter(|_| person.has_left() && person.email.is_empty());
    let email = hidden.map_or_else(|| person.email.clone(), |before| before.email.clone());
    SlackPerson { email, ..person.clone() }
}
