//! The Slack users: from the list of Slack, and from its events about changes.

use super::member_match::slack_member;
use crate::audited::{Note, of_member};
use crate::changes::Changes;
use crate::happened::Happened;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{AuditAction, MemberState, Millis, RepId};
use knock_ports::{Actor, Ledger, Member, SlackPerson, StoreError, View};
use serde_json::json;
use std::collections::BTreeSet;

/// Stores all Slack users of a list; others are dropped.
#[derive(Clone, Debug)]
pub struct KeepSlackPeople {
    /// All listed users.
    pub people: Vec<SlackPerson>,
    /// Ids for those who become members; who finds none left becomes one at the next list.
    pub fresh: Vec<RepId>,
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
        admit(ledger, &self.people, &self.fresh, self.now, changes)?;
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
    /// An id, if they become a member.
    pub fresh: RepId,
    pub now: Millis,
}

impl Command for KeepSlackPerson {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
        let before = found(ledger)?;
        let known = ledger.slack_person(&self.person.id)?;
        ledger.save_slack_person(&with_address(&self.person, known.as_ref()))?;
        admit(ledger, std::slice::from_ref(&self.person), &[self.fresh], self.now, changes)?;
        tell_of_new(ledger, &before, self.now, changes)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Makes members of those who may become it by themselves: users of Slack with an address in one of the chosen domains
/// whose address was never a member's. Who was removed from the team is not added again.
fn admit(
    ledger: &mut dyn Ledger,
    people: &[SlackPerson],
    fresh: &[RepId],
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let everyone = ledger.slack_choice()?.everyone;
    if !everyone.is_on {
        return Ok(());
    }
    let mut ids = fresh.iter();
    for person in people.iter().filter(|person| may_join(person, &everyone.domains)) {
        if ledger.member_by_email(&person.email)?.is_some() {
            continue;
        }
        let Some(id) = ids.next() else { break };
        let mut member = Member::new(*id, person.email.clone(), everyone.role, MemberState::Invited);
        member.profile.name = person.name.to_string();
        ledger.create_member(&member, now)?;
        let note = Note::new(AuditAction::MemberInvited, of_member(&member)).with(json!({"role": member.role}));
        ledger.append_audit(&note.entry(Actor::Server, now))?;
        changes.push(Notice::Access);
        changes.happened(now, Happened::TeamChanged);
    }
    Ok(())
}

/// Whether a user becomes a member by themselves.
fn may_join(person: &SlackPerson, domains: &[String]) -> bool {
    let Some((_, domain)) = person.email.rsplit_once('@').filter(|_| person.is_member()) else { return false };
    domains.is_empty() || domains.iter().any(|known| known.eq_ignore_ascii_case(domain))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_people_of_the_workspace_with_an_address_of_the_domains_join() {
        let person = |email: &str, state: &str| SlackPerson {
            id: "U1".to_owned(),
            name: "Ann".into(),
            email: email.to_owned(),
            state: state.to_owned(),
        };
        let ours = ["acme.example".to_owned()];
        for (email, state, domains, expected) in [
            ("ann@acme.example", "member", &ours[..], true),
            ("ann@ACME.example", "member", &ours[..], true),
            ("ann@acme.example", "member", &[][..], true),
            ("ann@other.example", "member", &ours[..], false),
            ("ann@sub.acme.example", "member", &ours[..], false),
            ("", "no_email", &[][..], false),
            ("ann@acme.example", "guest", &[][..], false),
            ("ann@acme.example", "bot", &[][..], false),
            ("ann@acme.example", "deactivated", &[][..], false),
        ] {
            assert_eq!(may_join(&person(email, state), domains), expected, "{email} {state}");
        }
    }
}
