//! Presence in a conversation, as shown to the team.

use super::Presenter;
use crate::notice::Presence;
use knock_ports::{Member, StoreError};
use knock_wire::{Assignee, picture_path};

/// Converts a member into an assignee of a chat.
pub fn assignee(member: Member) -> Assignee {
    let (name, picture) = (member.display_name(), picture_path(member.profile.picture));
    Assignee { id: member.id, name, picture, email: member.email }
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
