//! Commit notices for peer servers: keys only; the receiver rereads the rows.

use crate::notice::{MeetingNotice, Notice, Personal, Presence};
use knock_model::{AccountId, ConversationId, LeadId, SignalId, SiteId, VisitorId};
use knock_ports::{PeerNotices, StoreError, View};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The maximum of signals, persons, companies and meetings that are sent for one group; more of them count as missed. The text of
/// that many signals fits a row; a longer one costs PostgreSQL as much as a browser's batch.
const MOST: usize = 20;

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct GroupNotices {
    signals: Vec<(i64, VisitorId, SignalId)>,
    missed: u64,
    leads: BTreeSet<LeadId>,
    accounts: BTreeSet<AccountId>,
    chats: BTreeSet<LeadId>,
    messages: BTreeSet<ConversationId>,
    invitations: BTreeSet<VisitorId>,
    notes: BTreeSet<ConversationId>,
    presence: Vec<Presence>,
    meetings: Vec<MeetingNotice>,
    personal: Vec<Personal>,
    is_timer: bool,
    is_site: bool,
    is_access: bool,
    is_outbox: bool,
    is_workflows: bool,
    knowledge: BTreeSet<i64>,
}

impl GroupNotices {
    fn new(notices: &[Notice]) -> GroupNotices {
        let mut group = GroupNotices::default();
        for notice in notices {
            match notice {
                Notice::Signal(stored) if group.signals.len() < MOST => {
                    group.signals.push((stored.site.0, stored.visitor, stored.signal.id));
                }
                Notice::Lead(id) if group.leads.len() < MOST => drop(group.leads.insert(*id)),
                Notice::Account(id) if group.accounts.len() < MOST => drop(group.accounts.insert(*id)),
                Notice::Signal(_) | Notice::Lead(_) | Notice::Account(_) => group.missed += 1,
                Notice::Chat(id) => drop(group.chats.insert(*id)),
                Notice::Message(id) => drop(group.messages.insert(*id)),
                Notice::Invitation(id) => drop(group.invitations.insert(*id)),
                Notice::Note(id) => drop(group.notes.insert(*id)),
                Notice::Presence(presence) if group.presence.len() < MOST => group.presence.push(*presence),
                // It would be outdated on arrival.
                Notice::Presence(_) => {}
                Notice::Meeting(meeting) if group.meetings.len() < MOST => group.meetings.push(*meeting),
                Notice::Meeting(_) => group.missed += 1,
                Notice::Personal(personal) if group.personal.len() < MOST => group.personal.push(*personal),
                Notice::Personal(_) => group.missed += 1,
                Notice::Timer => group.is_timer = true,
                Notice::Site => group.is_site = true,
                Notice::Access => group.is_access = true,
                Notice::Outbox => group.is_outbox = true,
                Notice::Workflows => group.is_workflows = true,
                Notice::Knowledge(site) => drop(group.knowledge.insert(site.0)),
                Notice::Missed(count) => group.missed += count,
                // It concerns this server alone.
                Notice::Unheard => {}
            }
        }
        group
    }

    fn into_notices(self, view: &dyn View) -> Result<Vec<Notice>, StoreError> {
        let mut notices = Vec::new();
        for (site, visitor, id) in self.signals {
            notices.extend(view.signal(SiteId(site), visitor, id)?.map(|stored| Notice::Signal(Box::new(stored))));
        }
        notices.extend(self.leads.into_iter().map(Notice::Lead));
        notices.extend(self.accounts.into_iter().map(Notice::Account));
        notices.extend(self.chats.into_iter().map(Notice::Chat));
        notices.extend(self.messages.into_iter().map(Notice::Message));
        notices.extend(self.invitations.into_iter().map(Notice::Invitation));
        notices.extend(self.notes.into_iter().map(Notice::Note));
        notices.extend(self.presence.into_iter().map(Notice::Presence));
        notices.extend(self.meetings.into_iter().map(Notice::Meeting));
        notices.extend(self.personal.into_iter().map(Notice::Personal));
        notices.extend(self.is_timer.then_some(Notice::Timer));
        notices.extend(self.is_site.then_some(Notice::Site));
        notices.extend(self.is_access.then_some(Notice::Access));
        notices.extend(self.is_outbox.then_some(Notice::Outbox));
        notices.extend(self.is_workflows.then_some(Notice::Workflows));
        notices.extend(self.knowledge.into_iter().map(|site| Notice::Knowledge(SiteId(site))));
        notices.extend((self.missed > 0).then_some(Notice::Missed(self.missed)));
        Ok(notices)
    }
}

pub(crate) fn to_text(notices: &[Notice]) -> String {
    serde_json::to_string(&GroupNotices::new(notices)).unwrap_or_default()
}

/// Returns the notices of a resync: anything may have changed.
pub(crate) fn resync() -> Vec<Notice> {
    vec![Notice::Unheard, Notice::Timer, Notice::Site, Notice::Access, Notice::Outbox, Notice::Workflows]
}

/// Parses notices from the texts of peers. A text in another format, of a newer server, counts as missed.
pub(crate) fn to_notices(heard: PeerNotices, view: &dyn View) -> Result<Vec<Notice>, StoreError> {
    let mut notices = if heard.is_gap { resync() } else { Vec::new() };
    for text in heard.notices {
        match serde_json::from_str::<GroupNotices>(&text) {
            Ok(group) => notices.extend(group.into_notices(view)?),
            Err(_) => notices.extend(resync()),
        }
    }
    Ok(notices)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowd_is_counted_as_missed_and_a_message_is_always_sent() {
        let lead = |number: u8| Notice::Lead(LeadId::new([number; 16]));
        let message = Notice::Message(ConversationId::new([1; 16]));
        let notices: Vec<Notice> = (0..100).map(lead).chain([message, Notice::Timer, lead(0)]).collect();
        let group: GroupNotices = serde_json::from_str(&to_text(&notices)).expect("JSON");
        assert_eq!((group.leads.len(), group.missed, group.messages.len()), (MOST, 81, 1));
        assert!(group.is_timer && !group.is_site);
    }
}
