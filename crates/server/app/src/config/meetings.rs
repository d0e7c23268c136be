//! Limits of bookings.

use serde::{Deserialize, Serialize};

/// Limits of bookings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Meetings {
    /// Meetings booked from one address per hour, and twice as many per day; 0 is off.
    pub(crate) bookings_per_ip: u32,
}

impl Default for Meetings {
    fn default() -> Meetings {
        Meetings { bookings_per_ip: 30 }
    }
}
