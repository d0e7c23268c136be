//! `/api/v1/profile/booking-link`: the booking link of the signed-in member.

use serde::{Deserialize, Serialize};

/// The booking link of a member, by which people book meetings with them alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BookingLink {
    /// The last part of its address; before it is made, the one that is proposed.
    pub slug: String,
    /// Its address.
    pub url: String,
    /// Whether people can book by it.
    pub is_on: bool,
    /// Whether it was ever on: its address then stays.
    pub is_made: bool,
    /// Whether the member has working hours; without them no one can book.
    pub has_hours: bool,
    /// The number of clicks, by the signals that are stored.
    pub clicks: u64,
    /// The number of leads who booked a meeting by it. Spam does not count.
    pub conversions: u64,
}

/// `PUT /api/v1/profile/booking-link`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BookingLinkDraft {
    /// Whether people can book by it.
    pub is_on: bool,
    /// The slug, when it is made: 1 to 64 of `a` to `z`, `0` to `9` and `-`; that of the name when absent. It never
    /// changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
}
