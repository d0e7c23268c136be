//! Peer servers on the same database and their commit notices.

use crate::StoreError;

/// Notices of peer servers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeerNotices {
    /// One text per committed group, in commit order.
    pub notices: Vec<String>,
    /// Whether notices before these may be missing.
    pub is_gap: bool,
}

/// Reads the commit notices of peers.
pub trait Peers: Send {
    /// Waits for notices, a second at most, and returns those since the last call.
    ///
    /// # Errors
    /// When the database fails; a retry loses no notices.
    fn next(&mut self) -> Result<PeerNotices, StoreError>;
}
