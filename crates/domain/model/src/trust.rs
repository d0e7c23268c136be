//! The trust in what visitors state about themselves.

use crate::{spelled, vocabulary};

vocabulary! {
    /// The policy of a site for `identify`.
    IdentifyPolicy {
        /// Everybody's: an `identify` without a proof says whose a browser is.
        Open = "open",
        /// Only that of the site's own server: without a proof an `identify` is kept and says nothing.
        Verified = "verified",
    }
}

spelled!(IdentifyPolicy);

vocabulary! {
    /// The trust in an `identify` at its arrival.
    Trust {
        /// The site's own server has proven it.
        Verified = "verified",
        /// Accepted without a proof.
        Claimed = "claimed",
        /// Ignored: it came without a proof.
        Unverified = "unverified",
    }
}

spelled!(Trust);
