//! The groups of a table while items are counted.

use crate::cell::Cell;
use crate::metric::Metric;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Reverse;

/// Groups with their cells, one for each metric.
pub(crate) struct Rows {
    width: usize,
    places: BTreeMap<String, usize>,
    cells: Vec<Vec<Cell>>,
}

impl Rows {
    /// Groups without items.
    pub(crate) fn new(width: usize, keys: &[&str]) -> Rows {
        let mut rows = Rows { width, places: BTreeMap::new(), cells: Vec::new() };
        for key in keys {
            rows.place(key);
        }
        rows
    }

    /// The place of a group, which is made where it is new.
    pub(crate) fn place(&mut self, key: &str) -> usize {
        if let Some(known) = self.places.get(key) {
            return *known;
        }
        let new = self.cells.len();
        self.cells.push(vec![Cell::default(); self.width]);
        self.places.insert(String::from(key), new);
        new
    }

    pub(crate) fn cells(&mut self, place: usize) -> Option<&mut Vec<Cell>> {
        self.cells.get_mut(place)
    }

    /// All groups: by their keys, or those with the most of the first metric first.
    pub(crate) fn into_sorted(self, metrics: &[&Metric], by_key: bool) -> Vec<(String, Vec<Cell>)> {
        let Rows { places, mut cells, .. } = self;
        let taken = places.into_iter().map(|(key, place)| {
            let own = cells.get_mut(place).map(core::mem::take);
            (key, own.unwrap_or_default())
        });
        let mut rows: Vec<(String, Vec<Cell>)> = taken.collect();
        if let Some(first) = metrics.first().filter(|_| !by_key) {
            // Keys of equals stay in order: the sort is stable, and its key is computed once for each row.
            rows.sort_by_cached_key(|(_, cells)| {
                let figure = cells.first().cloned().and_then(|mut cell| cell.value(first.aggregator));
                Reverse(figure.map(f64::to_bits))
            });
        }
        rows
    }
}
