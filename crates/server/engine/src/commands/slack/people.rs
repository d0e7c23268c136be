//! The Slack users: from the list of Slack, and from its events about changes.

use super::member_match::slack_member;
use crate::changes::Changes;
use crate::happened::Happened;
use crate::writer::{After, Command};
use knock_model::{Millis, RepId};
use knock_ports::{Ledger, SlackPerson, StoreError, View};
use std::collections::BTreeSet;

/// Stores all Slack users of a list; others are dropped.
#[derive(Clone, Debug)]
pub struct KeepSlackPeople {
    /// All listed users.
    pub people: Vec<SlackPerson>,
    pub now: Millis,
}

impl Command for KeepSlackPeople {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
        let before = found(ledger)?;
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
        tell_of_new(ledger, &before, self.now, changes)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Stores a new or changed Slack user.
#[derive(Clone, Debug)]
pub struct KeepSlackPerson {
    /// The current data of the user.
    pub person: SlackPerson,
    pub now: Millis,
}

impl Command for KeepSlackPerson {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
        let before = found(ledger)?;
        let known = ledger.slack_person(&self.person.id)?;
        ledger.save_slack_person(&with_address(&self.person, known.as_ref()))?;
        tell_of_new(ledger, &before, self.now, changes)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Returns the members found in Slack.
fn found(view: &dyn View) -> Result<BTreeSet<RepId>, StoreError> {
    let (people, members) = (view.slack_people()?, view.members()?);
    Ok(people.iter().filter_map(|person| slack_member(person, &members)).map(|member| member.id).collect())
}

/// Says which members were not found in Slack before.
fn tell_of_new(
    view: &dyn View,
    before: &BTreeSet<RepId>,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    for member in found(view)?.difference(before) {
        changes.happened(now, Happened::MemberInSlack { member: *member });
    }
    Ok(())
}

/// Returns a user with the known address if Slack hides it: that of a deactivated user is kept, because it identifies
/// the member.
fn with_address(person: &SlackPerson, before: Option<&SlackPerson>) -> SlackPerson {
    let hidden = before.filter(|_| person.has_left() && person.email.is_empty());
    let email = hidden.map_or_else(|| person.email.clone(), |before| before.email.clone());
    SlackPerson { email, ..person.clone() }
}
