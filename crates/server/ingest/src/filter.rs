//! Step three: filters batches without a person, and of persons who refuse to be tracked.
//!
//! | batch of | detected by | outcome |
//! |---|---|---|
//! | a prefetched page | `Purpose` or `Sec-Purpose: prefetch` | filtered |
//! | a crawler | a word of `CRAWLERS` in the user agent | filtered |
//! | a browser that refuses to be tracked | `Sec-GPC: 1` or `DNT: 1`, without `ignore_dnt` in the batch | filtered |
//! | an automated browser | `HeadlessChrome` in the user agent, or `automation` in the batch | filtered, unless the site runs on this machine (tests) |

use crate::origin::Origin;
use crate::request::Request;
use knock_wire::BatchEnvelope;

/// Words that occur only in user agents of crawlers.
const CRAWLERS: [&str; 7] = ["bot/", "bot;", "spider", "crawler", "slurp", "facebookexternalhit", "lighthouse"];

/// The reason for which a batch is filtered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// The page was prefetched and never shown.
    Prefetch,
    Crawler,
    /// The visitor refuses to be tracked, by Global Privacy Control.
    GlobalPrivacyControl,
    /// The visitor refuses to be tracked, by Do Not Track.
    DoNotTrack,
    /// A browser that is controlled by a program.
    Automation,
}

impl LeftOut {
    /// The label in metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            LeftOut::Prefetch => "prefetch",
            LeftOut::Crawler => "crawler",
            LeftOut::GlobalPrivacyControl => "gpc",
            LeftOut::DoNotTrack => "dnt",
            LeftOut::Automation => "automation",
        }
    }
}

/// The reason for which the whole batch is filtered, if it is.
pub(crate) fn left_out(request: &Request<'_>, envelope: &BatchEnvelope<'_>) -> Option<LeftOut> {
    let agent = request.user_agent.to_ascii_lowercase();
    if request.purpose.contains("prefetch") {
        return Some(LeftOut::Prefetch);
    }
    if CRAWLERS.iter().any(|word| agent.contains(word)) || agent.ends_with("bot") {
        return Some(LeftOut::Crawler);
    }
    if envelope.ignore_dnt != Some(true) {
        // Like the loader (`www/k.js`), which does not even start.
        if request.gpc == "1" {
            return Some(LeftOut::GlobalPrivacyControl);
        }
        if request.dnt == "1" {
            return Some(LeftOut::DoNotTrack);
        }
    }
    let is_automated =
        agent.contains("headlesschrome") || envelope.automation.as_deref().is_some_and(|it| !it.is_empty());
    let is_local = || request.origin.and_then(Origin::parse).is_some_and(|origin| origin.is_loopback());
    (is_automated && !is_local()).then_some(LeftOut::Automation)
}
