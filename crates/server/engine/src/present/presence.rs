//! Presence in a conversation, as shown to the team.

use super::Presenter;
use crate::notice::Presence;
use knock_ports::{Member, StoreError};
use knock_wire::Assignee;

/// Converts a member into an assignee of a chat.
pub fn assignee(member: Member) -> Assignee {
    Assignee { id: member.id, name: member.display_name(), email: member.email }
}

impl Presenter<'_> {
    /// The presence of a member; none for a removed one.
    pub(crate) fn presence(&self, presence: Presence) -> Result<Option<knock_wire::Presence>, StoreError> {
        let Presence { conversation, member, doing } = presence;
        let shown = |member| knock_wire::Presence { conversation, member, doing };
        let Some(id) = member else { return Ok(Some(shown(None))) };
        Ok(self.view.member(id)?.map(|member| shown(Some(assignee(member)))))
    }
}
