//! Members of the team.

mod availability;
mod change_role;
mod hand_over;
mod invite;
mod link;
mod profile;
mod remove;

pub use availability::{SetAvailability, SetAvailabilityState};
pub use change_role::ChangeRole;
pub use hand_over::{ChatsHandedOver, HandOverChats};
pub use invite::{InviteMember, Invited};
pub use link::CreateMemberLink;
pub use profile::{SetPicture, SetProfile};
pub use remove::RemoveMember;

use super::assign::answers_chats;
use knock_model::{MemberState, RepId, Role};
use knock_ports::{Member, StoreError, View};

/// The outcome of a change to a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MemberChange {
    /// Changed; the member after the change.
    Done(Member),
    Unknown,
    /// Refused: the named successor is no member who answers chats.
    UnknownSuccessor,
    /// Refused: there is no other admin who has signed in.
    LastAdmin,
}

/// Returns a member who was not removed.
fn present(view: &dyn View, id: RepId) -> Result<Option<Member>, StoreError> {
    Ok(view.member(id)?.filter(|member| member.state != MemberState::Removed))
}

/// Whether a member can get what another one had to do.
fn is_heir(view: &dyn View, member: RepId, heir: RepId) -> Result<bool, StoreError> {
    Ok(heir != member && view.member(heir)?.is_some_and(|heir| answers_chats(&heir)))
}

/// Whether the workspace would have no admin who has signed in without this member.
fn is_last_admin(view: &dyn View, member: &Member) -> Result<bool, StoreError> {
    let runs = |member: &Member| member.role == Role::Admin && member.state == MemberState::Active;
    Ok(runs(member) && !view.members()?.iter().any(|other| other.id != member.id && runs(other)))
}
