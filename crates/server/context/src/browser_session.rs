//! A session of a browser at a site.

use knock_model::{SessionId, SiteId, VisitorId};

/// A session of a browser.
#[derive(Clone, Copy, Debug)]
pub struct BrowserSession {
    pub site: SiteId,
    pub visitor: VisitorId,
    pub session: SessionId,
}
