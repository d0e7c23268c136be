//! Step three: what no person did is left out.
//!
//! | what | how it is known | what happens |
//! |---|---|---|
//! | a page fetched ahead | `Purpose` or `Sec-Purpose: prefetch` | filtered |
//! | a crawler | a word of `CRAWLERS` in the user agent | filtered |
//! | an automated browser | `HeadlessChrome` in the user agent, or `automation` in the batch | filtered, unless the site runs on this machine (tests) |

use crate::origin::Origin;
use crate::receive::Request;

/// Words that only crawlers have in their user agent.
const CRAWLERS: [&str; 7] = ["bot/", "bot;", "spider", "crawler", "slurp", "facebookexternalhit", "lighthouse"];

/// Whether the whole batch is left out; `automation` is what the browser says of itself.
pub(crate) fn is_filtered(request: &Request<'_>, automation: &str) -> bool {
    let agent = request.user_agent.to_ascii_lowercase();
    let is_crawler = CRAWLERS.iter().any(|word| agent.contains(word)) || agent.ends_with("bot");
    let is_local = request.origin.and_then(Origin::parse).is_some_and(|origin| origin.is_loopback());
    let is_automated = agent.contains("headlesschrome") || !automation.is_empty();
    request.purpose.contains("prefetch") || is_crawler || (is_automated && !is_local)
}
