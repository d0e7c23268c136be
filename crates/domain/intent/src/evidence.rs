//! Evidence: all signals of somebody, summed up in constant size.
//!
//! Time is cut into half-lives of the category since 1970. What falls into one half-life
//! is summed as integers, each action scaled to the start of it, so that the order of
//! arrival can never change a bit and two summaries merge exactly.

use crate::decay::exp2;
use crate::profile::profile;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use knock_model::{Category, Millis};

/// Fixed point: one unit of strength.
const UNIT: f64 = 4_294_967_296.0;
/// Half-lives kept behind the newest one: what is older counts less than 2^-40.
const KEPT: u64 = 40;
/// More half-lives since 1970 than any clock tells: a browser's ends after 20 million of the shortest, ours long before.
const NEVER: u64 = 1 << 25;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cell {
    /// The sort key of cells: the number of the category, and in the lower half that of the half-life.
    key: u64,
    sum: u64,
}

impl Cell {
    const fn category(self) -> u64 {
        self.key >> 32
    }

    const fn half_life(self) -> u32 {
        self.key as u32
    }
}

/// The summary of a set of signals; merging is exact, associative and commutative.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    cells: Vec<Cell>,
}

/// A stored summary that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidEvidence;

impl fmt::Display for InvalidEvidence {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("is not a stored evidence summary")
    }
}

impl core::error::Error for InvalidEvidence {}

impl Evidence {
    /// Adds an action of `strength` in `category` done at `at`.
    pub fn add(&mut self, category: Category, strength: f64, at: Millis) {
        if strength <= 0.0 {
            return;
        }
        let (half_life, into) = split(category, at);
        let sum = libm::round(strength * exp2(into) * UNIT) as u64;
        self.add_cell((category.index() as u64) << 32 | u64::from(half_life), sum);
    }

    /// Adds all that `other` sums up.
    pub fn merge(&mut self, other: &Evidence) {
        for cell in &other.cells {
            self.add_cell(cell.key, cell.sum);
        }
    }

    /// Whether nothing was ever added.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The remainder of a category at `now` (`raw` in `docs/domain.md`, Score). All signals must be older.
    pub fn raw(&self, category: Category, now: Millis) -> f64 {
        let (half_life, into) = split(category, now);
        self.cells
            .iter()
            .filter(|cell| cell.category() == category.index() as u64)
            .map(|cell| cell.sum as f64 / UNIT * exp2(f64::from(cell.half_life()) - f64::from(half_life) - into))
            .sum()
    }

    /// The form to store: `category:half-life:sum` of each cell, in order.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for cell in &self.cells {
            push_number(&mut text, cell.category());
            text.push(':');
            push_number(&mut text, u64::from(cell.half_life()));
            text.push(':');
            push_number(&mut text, cell.sum);
            text.push(';');
        }
        text
    }

    /// Reads what [`Evidence::to_text`] wrote.
    ///
    /// # Errors
    /// [`InvalidEvidence`] when anything else stands there.
    pub fn from_text(text: &str) -> Result<Evidence, InvalidEvidence> {
        let mut evidence = Evidence::default();
        let (mut category, mut half_life, mut number) = (0, 0, 0u64);
        for byte in text.bytes() {
            match byte {
                b':' => (category, half_life, number) = (half_life, number, 0),
                b';' => {
                    if category >= Category::ALL.len() as u64 || half_life >= NEVER {
                        return Err(InvalidEvidence);
                    }
                    evidence.add_cell(category << 32 | half_life, number);
                    number = 0;
                }
                _ => number = number.wrapping_mul(10).wrapping_add(u64::from(byte & 15)),
            }
        }
        // One comparison instead of a check of each byte: any other text is written differently.
        if evidence.to_text() == text { Ok(evidence) } else { Err(InvalidEvidence) }
    }

    fn add_cell(&mut self, key: u64, sum: u64) {
        let place = self.cells.iter().position(|known| known.key >= key).unwrap_or(self.cells.len());
        match self.cells.get_mut(place) {
            Some(known) if known.key == key => known.sum = known.sum.saturating_add(sum),
            _ => self.cells.insert(place, Cell { key, sum }),
        }
        self.forget_old(key >> 32);
    }

    /// Depends only on the newest half-life of the category, so the order of adding does not matter.
    fn forget_old(&mut self, category: u64) {
        let mut newest = 0;
        for place in (0..self.cells.len()).rev() {
            let cell = self.cells[place];
            if cell.category() == category {
                newest = cell.key.max(newest);
                if newest - cell.key >= KEPT {
                    self.cells.remove(place);
                }
            }
        }
    }
}

/// The half-life of the category that contains an instant, and the position in it (0..1).
fn split(category: Category, at: Millis) -> (u32, f64) {
    let half_life_ms = (profile(category).half_life_days * Millis::DAY.0 as f64) as u64;
    let at = at.0.max(0) as u64;
    // It has room for a hundred times what a clock tells.
    ((at / half_life_ms) as u32, (at % half_life_ms) as f64 / half_life_ms as f64)
}

fn push_number(text: &mut String, number: u64) {
    if number > 9 {
        push_number(text, number / 10);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}
