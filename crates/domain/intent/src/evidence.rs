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
const KEPT: u32 = 40;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cell {
    category: Category,
    half_life: u32,
    sum: u64,
}

impl Cell {
    const fn key(&self) -> (usize, u32) {
        (self.category.index(), self.half_life)
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
        self.add_cell(Cell { category, half_life, sum });
        self.forget_old();
    }

    /// Adds all that `other` sums up.
    pub fn merge(&mut self, other: &Evidence) {
        for cell in &other.cells {
            self.add_cell(*cell);
        }
        self.forget_old();
    }

    /// Whether nothing was ever added.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// What is left of a category at `now` (`raw` in `docs/domain.md`, Score). All must have been done by then.
    pub fn raw(&self, category: Category, now: Millis) -> f64 {
        let (half_life, into) = split(category, now);
        self.cells
            .iter()
            .filter(|cell| cell.category == category)
            .map(|cell| cell.sum as f64 / UNIT * exp2(f64::from(cell.half_life) - f64::from(half_life) - into))
            .sum()
    }

    /// The form to store: `category:half-life:sum` of each cell, in order.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for cell in &self.cells {
            push_number(&mut text, cell.category.index() as u64);
            text.push(':');
            push_number(&mut text, u64::from(cell.half_life));
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
        for part in text.split_terminator(';') {
            let mut numbers = part.split(':').map(|number| number.parse::<u64>().ok());
            let mut next = || numbers.next().flatten().ok_or(InvalidEvidence);
            let (category, half_life, sum) = (next()?, next()?, next()?);
            let category = usize::try_from(category).ok().and_then(|at| Category::ALL.get(at).copied());
            evidence.add_cell(Cell {
                category: category.ok_or(InvalidEvidence)?,
                half_life: u32::try_from(half_life).map_err(|_| InvalidEvidence)?,
                sum,
            });
        }
        evidence.forget_old();
        Ok(evidence)
    }

    fn add_cell(&mut self, cell: Cell) {
        match self.cells.binary_search_by_key(&cell.key(), Cell::key) {
            Ok(at) => {
                if let Some(known) = self.cells.get_mut(at) {
                    known.sum = known.sum.saturating_add(cell.sum);
                }
            }
            Err(at) => self.cells.insert(at, cell),
        }
    }

    /// Depends only on the newest half-life of each category, so the order of adding does not matter.
    fn forget_old(&mut self) {
        let mut newest = [0u32; Category::ALL.len()];
        for cell in &self.cells {
            newest[cell.category.index()] = cell.half_life;
        }
        self.cells.retain(|cell| cell.half_life.saturating_add(KEPT) > newest[cell.category.index()]);
    }
}

/// Which half-life of the category an instant lies in, and how far into it (0..1).
fn split(category: Category, at: Millis) -> (u32, f64) {
    let half_life_ms = (profile(category).half_life_days * Millis::DAY.0 as f64) as i64;
    let at = at.0.max(0);
    let index = u32::try_from(at / half_life_ms).unwrap_or(u32::MAX);
    (index, (at % half_life_ms) as f64 / half_life_ms as f64)
}

fn push_number(text: &mut String, mut number: u64) {
    let start = text.len();
    loop {
        text.insert(start, char::from(b'0' + (number % 10) as u8));
        number /= 10;
        if number == 0 {
            return;
        }
    }
}
