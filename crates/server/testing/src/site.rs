//! A site and its visitors.

use crate::Visitor;

/// A site.
#[derive(Clone, Debug)]
pub struct Site {
    /// The key of the site, as in the snippet.
    pub key: String,
}

impl Site {
    /// Returns the site with this key.
    pub fn new(key: &str) -> Site {
        Site { key: key.to_owned() }
    }

    /// Returns a browser on the site; each number is a different one, always the same for the same number.
    pub fn visitor(&self, number: u64) -> Visitor {
        Visitor::new(&self.key, number)
    }
}
