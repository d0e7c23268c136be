//! Retention periods.

use knock_model::Millis;
use serde::{Deserialize, Serialize};

/// No signal that arrives is older than 30 days (R13b), so none is older than the retention time.
const SHORTEST: u16 = 31;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Retention {
    /// The time for which single signals are kept.
    pub(crate) signals_days: Days,
}

impl Default for Retention {
    fn default() -> Retention {
        Retention { signals_days: Days(90) }
    }
}

/// Days, at least 31; 0 is for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub(crate) struct Days(u16);

impl Days {
    /// The value for the worker; none is unlimited.
    pub(crate) fn span(self) -> Option<Millis> {
        (self.0 > 0).then(|| Millis::days(self.0.into()))
    }
}

impl TryFrom<u16> for Days {
    type Error = String;

    fn try_from(days: u16) -> Result<Days, String> {
        let is_good = days == 0 || days >= SHORTEST;
        is_good
            .then_some(Days(days))
            .ok_or_else(|| format!("{days} days are too few: at least {SHORTEST}, or 0 for ever"))
    }
}

impl From<Days> for u16 {
    fn from(days: Days) -> u16 {
        days.0
    }
}
