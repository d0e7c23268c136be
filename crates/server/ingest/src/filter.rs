//! Step three: what no person did is left out.
//!
//! | what | how it is known | what happens |
//! |---|---|---|
//! | a page fetched ahead | `Purpose` or `Sec-Purpose: prefetch` | filtered |
//! | a crawler | a word of `CRAWLERS` in the user agent | filtered |
//! | an automated browser | `HeadlessChrome` in the user agent, or `automation` in the batch | filtered, unless the site runs on this machine (tests) |

use crate::origin::Origin;
use crate::request::Request;

/// Words that only crawlers have in their user agent.
const CRAWLERS: [&str; 7] = ["bot/", "bot;", "spider", "crawler", "slurp", "facebookexternalhit", "lighthouse"];

/// Why a batch is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// The page was fetched ahead; nobody saw it.
    Prefetch,
    /// A crawler.
    Crawler,
    /// A browser that no person steers.
    Automation,
}

impl LeftOut {
    /// As it stands in metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            LeftOut::Prefetch => "prefetch",
            LeftOut::Crawler => "crawler",
            LeftOut::Automation => "automation",
        }
    }
}

/// Why the whole batch is left out, if it is; `automation` is what the browser says of itself.
pub(crate) fn left_out(request: &Request<'_>, automation: &str) -> Option<LeftOut> {
    let agent = request.user_agent.to_ascii_lowercase();
    if request.purpose.contains("prefetch") {
        return Some(LeftOut::Prefetch);
    }
    if CRAWLERS.iter().any(|word| agent.contains(word)) || agent.ends_with("bot") {
        return Some(LeftOut::Crawler);
    }
    let is_automated = agent.contains("headlesschrome") || !automation.is_empty();
    let is_local = || request.origin.and_then(Origin::parse).is_some_and(|origin| origin.is_loopback());
    (is_automated && !is_local()).then_some(LeftOut::Automation)
}
