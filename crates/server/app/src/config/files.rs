//! Limits of files that are sent in chats.

use serde::{Deserialize, Serialize};
use std::num::NonZeroU16;

/// Limits of files that are sent in chats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Files {
    /// The largest size of a file, in MiB.
    pub(crate) max_mb: NonZeroU16,
    /// Files of a visitor in one chat per hour; 0 is off.
    pub(crate) per_chat: u32,
    /// Files of visitors from one address per hour; 0 is off.
    pub(crate) per_ip: u32,
    /// MiB of all files together from which on visitors can send none; 0 is off.
    pub(crate) total_mb: u32,
}

impl Default for Files {
    fn default() -> Files {
        Files { max_mb: NonZeroU16::MIN.saturating_add(9), per_chat: 20, per_ip: 60, total_mb: 5_000 }
    }
}
