//! Who writes for the team.

use knock_model::{IntegrationId, RepId};

/// Who writes for the team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TeamAuthor {
    Member(RepId),
    Integration(IntegrationId),
}

impl TeamAuthor {
    /// Returns the member; none for an integration.
    pub const fn member(self) -> Option<RepId> {
        match self {
            TeamAuthor::Member(member) => Some(member),
            TeamAuthor::Integration(_) => None,
        }
    }

    /// Returns the id in text, as facts of a chat name their author.
    pub fn id(self) -> String {
        match self {
            TeamAuthor::Member(member) => member.to_string(),
            TeamAuthor::Integration(integration) => integration.to_string(),
        }
    }
}
