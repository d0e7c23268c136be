//! Reading one message: what it speaks for, whether it says anything, whether it is spam.

use super::features::Features;
use super::model::{COLUMNS, Model};
use super::vocabulary;
use crate::provisional::ORDER;
use knock_model::IntentType;

/// The types a message can speak for, in the order of [`Reading::intent`].
pub const TYPES: [IntentType; 4] = ORDER;
/// The model's column for messages that say nothing of a purpose.
pub const NOTHING: usize = 4;
/// The model's column for spam.
pub const SPAM: usize = 5;

/// A message is spam from these log-odds on (`tests/eval/messages/README.md` says what they cost).
pub const SPAM_FROM: f64 = 1.0;

/// The reading of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Reading {
    /// For each of [`TYPES`] a logarithm: the difference of two is the log-odds between them.
    pub intent: [f64; 4],
    /// Whether it says nothing of its writer's purpose, such as "hi".
    pub says_nothing: bool,
    pub spam_log_odds: f64,
    /// Whether it is spam: [`SPAM_FROM`] or more.
    pub is_spam: bool,
}

impl Reading {
    /// The type the message alone speaks for, and by how much more than for the next.
    pub fn best(&self) -> (IntentType, f64) {
        best(&self.intent)
    }
}

/// Reads a message. Any text has an answer; only its beginning is read.
pub fn read_message(text: &str) -> Reading {
    read_with(&Model::committed(), text)
}

/// Reads a message with another model.
pub fn read_with(model: &Model<'_>, text: &str) -> Reading {
    let features = Features::of(text);
    let logits: [f64; COLUMNS] = model.logits(&features);
    let intent: [f64; 4] = core::array::from_fn(|kind| logits[kind]);
    let strongest = intent.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let spam_log_odds = logits[SPAM];
    Reading {
        intent,
        says_nothing: features.is_wordless()
            || logits[NOTHING] > strongest
            || !vocabulary::is_known(text)
            || vocabulary::is_instruction(text),
        spam_log_odds,
        is_spam: spam_log_odds >= SPAM_FROM,
    }
}

/// The strongest type and its lead over the second; of equals the first.
pub(super) fn best(weights: &[f64; 4]) -> (IntentType, f64) {
    let mut order = [0, 1, 2, 3];
    // Stable, so the order of the types decides between equals.
    order.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]));
    (TYPES[order[0]], weights[order[0]] - weights[order[1]])
}
