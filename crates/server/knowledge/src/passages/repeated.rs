//! Lines that a site repeats on most of its pages are no content.

use knock_ports::StoredPassage;
use std::collections::{HashMap, HashSet};

/// The number of pages from which a repeated line shows.
const ENOUGH_PAGES: usize = 4;

/// Removes the lines that are on half of the pages of a site or more, and the passages that have no other.
pub(super) fn without_repeated(mut passages: Vec<StoredPassage>) -> Vec<StoredPassage> {
    let mut pages: HashMap<&str, HashSet<&str>> = HashMap::new();
    for StoredPassage { passage, .. } in passages.iter().filter(|stored| !stored.passage.url.is_empty()) {
        for line in passage.text.lines() {
            pages.entry(line).or_default().insert(&passage.url);
        }
    }
    let all: HashSet<&str> = pages.values().flatten().copied().collect();
    let least = ENOUGH_PAGES.max(all.len().div_ceil(2));
    let repeated: HashSet<String> =
        pages.into_iter().filter(|(_, pages)| pages.len() >= least).map(|(line, _)| line.to_owned()).collect();
    for StoredPassage { passage, .. } in passages.iter_mut().filter(|stored| !stored.passage.url.is_empty()) {
        if passage.text.lines().any(|line| repeated.contains(line)) {
            let kept = passage.text.lines().filter(|line| !repeated.contains(*line));
            passage.text = kept.collect::<Vec<_>>().join("\n");
        }
    }
    passages.retain(|stored| !stored.passage.text.is_empty());
    passages
}
