//! A site's identify secret: derived, so that no copy of the database holds it.

use knock_context::ServerKey;
use knock_ports::Site;
use knock_wire::RawSecret;

/// The secret with which the site's own server proves an `identify`.
pub(crate) fn identify_secret(key: &ServerKey, site: &Site) -> RawSecret {
    RawSecret::from(hex::encode(key.derive("identify", format!("{} {}", site.key, site.identify_round).as_bytes())))
}
