//! Numbers of a case, within their limits.

use crate::refused::Refused;
use knock_model::Millis;

/// A count of minutes as a span.
pub(super) fn minutes(count: i64) -> Millis {
    Millis(count.saturating_mul(Millis::MINUTE.0))
}

/// A number above 0.
pub(super) fn positive(field: &str, number: i64) -> Result<i64, Refused> {
    if number > 0 { Ok(number) } else { Err(Refused { field: field.into(), reason: "expected more than 0".into() }) }
}

/// A number from 0.
pub(super) fn not_negative(field: &str, number: i64) -> Result<i64, Refused> {
    if number >= 0 { Ok(number) } else { Err(Refused { field: field.into(), reason: "expected 0 or more".into() }) }
}
