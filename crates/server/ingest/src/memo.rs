//! Memoized decisions: most input repeats the same few values.

use std::collections::HashMap;

/// The maximum of memoized decisions; then all are dropped.
const MOST: usize = 4_096;

/// Decisions by the text they depend on.
pub(crate) struct Memo<V> {
    decided: HashMap<String, V>,
    key: String,
}

impl<V> Default for Memo<V> {
    fn default() -> Memo<V> {
        Memo { decided: HashMap::new(), key: String::new() }
    }
}

impl<V: Clone> Memo<V> {
    /// The result of `decide`; `key` writes everything that it depends on.
    pub(crate) fn of(&mut self, key: impl FnOnce(&mut String), decide: impl FnOnce() -> V) -> V {
        self.key.clear();
        key(&mut self.key);
        if let Some(decided) = self.decided.get(&self.key) {
            return decided.clone();
        }
        let decided = decide();
        if self.decided.len() >= MOST {
            self.decided.clear();
        }
        self.decided.insert(self.key.clone(), decided.clone());
        decided
    }
}
