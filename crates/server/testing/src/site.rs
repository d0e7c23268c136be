//! A site whose pages people session.

use crate::Visitor;

/// A site.
#[derive(Clone, Debug)]
pub struct Site {
    /// Its key, as it stands in the snippet.
    pub key: String,
}

impl Site {
    /// The site with this key.
    pub fn new(key: &str) -> Site {
        Site { key: key.to_owned() }
    }

    /// A browser on it; each number is another one, and the same one the next time.
    pub fn visitor(&self, number: u64) -> Visitor {
        Visitor::new(&self.key, number)
    }
}
