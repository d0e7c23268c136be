//! The model: for each column a weight of every feature, one byte each.
//!
//! Little-endian: for every column the scales of the four groups of features and a bias (`f64`), then the
//! weights (`i8`) of words, parts, marks and themes, those of one feature side by side. Weights are summed as integers,
//! so the answer has the same bits on every machine.

use super::features::{BUCKETS, Features};
use super::marks::MARKS;
use super::themes::THEMES;

/// Columns: the four types in their order, then what says nothing, then spam.
pub const COLUMNS: usize = 6;
/// Groups of features: words, parts of words, marks, themes.
pub const GROUPS: usize = 4;
/// The size of a model.
pub const MODEL_BYTES: usize = HEAD + (2 * BUCKETS + MARKS + THEMES) * COLUMNS;

/// Scales and bias of all columns.
const HEAD: usize = COLUMNS * (GROUPS + 1) * size_of::<f64>();

static COMMITTED: &[u8; MODEL_BYTES] = include_bytes!("../../data/messages.model");

/// A trained model.
#[derive(Clone, Copy, Debug)]
pub struct Model<'a> {
    bytes: &'a [u8; MODEL_BYTES],
}

impl<'a> Model<'a> {
    /// A model from its bytes.
    pub const fn new(bytes: &'a [u8; MODEL_BYTES]) -> Self {
        Self { bytes }
    }

    /// The one that comes with this crate.
    pub const fn committed() -> Model<'static> {
        Model { bytes: COMMITTED }
    }

    /// The sum of each column for the features, in log-odds.
    ///
    /// Words and parts count by the square root of their number: a long text is not surer than a short one.
    pub fn logits(&self, features: &Features) -> [f64; COLUMNS] {
        let words = self.sums(0, &features.words);
        let parts = self.sums(BUCKETS, &features.parts);
        let marks = self.sums_of_bits(2 * BUCKETS, u64::from(features.marks));
        let themes = self.sums_of_bits(2 * BUCKETS + MARKS, features.themes);
        core::array::from_fn(|column| {
            let [word, part, mark, theme, bias] = core::array::from_fn(|at| self.number(column, at));
            bias + word * per_root(words[column], features.words.len())
                + part * per_root(parts[column], features.parts.len())
                + mark * f64::from(marks[column])
                + theme * f64::from(themes[column])
        })
    }

    fn sums(&self, start: usize, buckets: &[u16]) -> [i32; COLUMNS] {
        self.sums_of(start, buckets.iter().copied())
    }

    fn sums_of_bits(&self, start: usize, bits: u64) -> [i32; COLUMNS] {
        self.sums_of(start, (0..64).filter(|bit| bits & 1 << bit != 0))
    }

    fn sums_of(&self, start: usize, places: impl Iterator<Item = u16>) -> [i32; COLUMNS] {
        let mut sums = [0; COLUMNS];
        for place in places {
            let at = HEAD + (start + usize::from(place)) * COLUMNS;
            for (sum, weight) in sums.iter_mut().zip(&self.bytes[at..at + COLUMNS]) {
                *sum += i32::from(weight.cast_signed());
            }
        }
        sums
    }

    fn number(&self, column: usize, at: usize) -> f64 {
        let start = (column * (GROUPS + 1) + at) * size_of::<f64>();
        f64::from_le_bytes(core::array::from_fn(|byte| self.bytes[start + byte]))
    }
}

fn per_root(sum: i32, count: usize) -> f64 {
    f64::from(sum) / libm::sqrt(count.max(1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_is_smaller_than_its_budget() {
        const { assert!(MODEL_BYTES < 200_000) };
    }

    #[test]
    fn weights_are_found_where_they_are_written() {
        let mut bytes = [0; MODEL_BYTES];
        let spam = COLUMNS - 1;
        let head = spam * (GROUPS + 1) * 8;
        for (at, number) in [2.0_f64, 3.0, 5.0, 7.0, 0.5].iter().enumerate() {
            bytes[head + at * 8..head + at * 8 + 8].copy_from_slice(&number.to_le_bytes());
        }
        for (place, weight) in [(7, 4_i8), (BUCKETS + 9, -2), (2 * BUCKETS + 3, 1), (2 * BUCKETS + MARKS, 2)] {
            bytes[HEAD + place * COLUMNS + spam] = weight.cast_unsigned();
        }
        let features = Features { words: [1, 2, 5, 7].into(), parts: [9].into(), marks: 1 << 3, themes: 1 };
        let logits = Model::new(&bytes).logits(&features);
        assert_eq!(logits, [0.0, 0.0, 0.0, 0.0, 0.0, 0.5 + 2.0 * 4.0 / 2.0 - 3.0 * 2.0 + 5.0 + 7.0 * 2.0]);
    }
}
