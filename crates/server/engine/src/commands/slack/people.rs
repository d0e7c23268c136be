//! The Slack users: from the list of Slack, and from its events about changes.

use super::member_match::slack_member;
use crate::commands::slack_show::{show_chat, show_meeting};
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{Destination, MeetingState, Millis, RepId};
use knock_ports::{InboxQuery, Ledger, MeetingQuery, SlackPerson, StoreError, View};
use knock_status::chat::InboxView;
use std::collections::BTreeSet;

/// The maximum number of chats, and of meetings, shown at once to a member newly found in Slack.
const SHOWN: u32 = 200;

/// Stores all Slack users of a list; others are dropped.
#[derive(Clone, Debug)]
pub struct KeepSlackPeople {
    /// All listed users.
    pub people: Vec<SlackPerson>,
    pub now: Millis,
}

impl Command for KeepSlackPeople {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<(), StoreError> {
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
        show_to_new(ledger, &before, self.now, notices)
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

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<(), StoreError> {
        let before = found(ledger)?;
        let known = ledger.slack_person(&self.person.id)?;
        ledger.save_slack_person(&with_address(&self.person, known.as_ref()))?;
        show_to_new(ledger, &before, self.now, notices)
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

/// Shows chats and meetings to their members who were not found in Slack before. Those unchanged since Slack was
/// connected are left out.
fn show_to_new(
    ledger: &mut dyn Ledger,
    before: &BTreeSet<RepId>,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    let connected = ledger.endpoints(Some(Destination::SLACK.kind))?.into_iter().next();
    let Some(since) = connected.map(|endpoint| endpoint.created_at) else { return Ok(()) };
    for member in found(ledger)?.difference(before) {
        show_chats(ledger, *member, (since, now), notices)?;
        show_meetings(ledger, *member, (since, now), notices)?;
    }
    Ok(())
}

fn show_chats(
    ledger: &mut dyn Ledger,
    member: RepId,
    (since, now): (Millis, Millis),
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    let (view, search) = (InboxView::Mine, String::new());
    let query = InboxQuery { view, member: Some(member), search, after: None, limit: SHOWN };
    for chat in ledger.inbox(&query)?.chats.into_iter().filter(|chat| chat.active_at >= since) {
        if let Some(newest) = ledger.conversations_of_lead(chat.lead)?.into_iter().next() {
            show_chat(ledger, (newest.id, chat.lead), now, notices)?;
        }
    }
    Ok(())
}

fn show_meetings(
    ledger: &mut dyn Ledger,
    member: RepId,
    (since, now): (Millis, Millis),
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    let (from, owner, state) = (Some(now), Some(member), Some(MeetingState::Booked));
    let query = MeetingQuery { from, owner, state, ..MeetingQuery::default() };
    for meeting in ledger.meetings(&query, None, SHOWN)?.into_iter().filter(|meeting| meeting.updated_at >= since) {
        show_meeting(ledger, &meeting, now, notices)?;
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
