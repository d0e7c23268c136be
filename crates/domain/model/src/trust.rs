//! The trust in what visitors state about themselves.

use crate::{spelled, vocabulary};

vocabulary! {
    /// Whose word a site takes.
    IdentifyPolicy {
        /// Everybody's: an `identify` without a proof says whose a browser is.
        Open = "open",
        /// Only that of the site's own server: without a proof an `identify` is kept and says nothing.
        Verified = "verified",
    }
}

spelled!(IdentifyPolicy);

vocabulary! {
    /// How far an `identify` was believed when it arrived.
    Trust {
        /// The site's own server has proven it.
        Verified = "verified",
        /// It came without a proof, and was believed.
        Claimed = "claimed",
        /// It came without a proof, and says nothing.
        Unverified = "unverified",
    }
}

spelled!(Trust);
