//! Admission: rate limits, site quotas, the body budget, and the origin of a request.

mod body_limit;
mod body_memory;
mod bookings;
mod client_address;
mod guesses;
mod host;
mod limiter;
mod own_origin;
mod site_quota;
mod uploads;

pub(super) use body_limit::{MAX_FILE_BODY, MAX_MAIL_BODY, limit_body};
pub(crate) use body_memory::{BodyMemory, Held};
pub(crate) use bookings::Bookings;
pub(super) use client_address::ClientAddress;
pub(crate) use guesses::Guesses;
pub(super) use host::require_host;
pub(crate) use limiter::{Limiter, Load, Sender};
pub(super) use own_origin::{is_own, own_origins};
pub(crate) use site_quota::SiteQueueQuota;
pub(super) use site_quota::{QuotaPermit, WithPermit};
pub(crate) use uploads::Uploads;
