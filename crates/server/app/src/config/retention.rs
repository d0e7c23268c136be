//! Retention periods.

use knock_model::Millis;
use serde::{Deserialize, Serialize};

/// Nothing that arrives is older than 30 days (R13b), so nothing arrives that is older than what is kept.
const SHORTEST: u16 = 31;

/// Retention periods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Retention {
    /// How long signals are kept one by one.
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
    /// As the worker wants it; none for ever.
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
