//! Signals of a lead as an entry of the CRM's timeline, and its frequency (IU-07).

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use knock_model::{Category, Millis};

/// Pages that an entry names.
const PAGES: usize = 10;

/// A signal, as far as an entry says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub category: Category,
    /// The path of the page; empty where there is none.
    pub path: String,
}

/// The text of an entry about signals, the newest first: how many of each category there were, the most first, and on which
/// pages. Nothing that a person wrote is in it.
pub fn note_text(seen: &[Seen]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut pages: Vec<&str> = Vec::new();
    for one in seen {
        *counts.entry(one.category.as_str()).or_default() += 1;
        if !one.path.is_empty() && !pages.contains(&one.path.as_str()) {
            pages.push(&one.path);
        }
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| core::cmp::Reverse(*count));
    let mut lines = alloc::vec![format!("Knock: {} on the website", signals(seen.len()))];
    lines.extend(counts.into_iter().map(|(category, count)| format!("{category}: {count}")));
    let more = pages.len().saturating_sub(PAGES);
    pages.truncate(PAGES);
    if !pages.is_empty() {
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        lines.push(format!("Pages: {}{more}", pages.join(", ")));
    }
    lines.join("\n")
}

fn signals(count: usize) -> String {
    if count == 1 { "1 signal".into() } else { format!("{count} signals") }
}

/// The least time between two entries of one contact: the signals between them are in the later one.
pub const NOTE_INTERVAL: Millis = Millis(60 * Millis::MINUTE.0);

/// The instant at which the signals of a contact are written; `since` is the first unwritten signal and `last` the last
/// entry.
pub fn note_due_at(since: Millis, last: Option<Millis>) -> Millis {
    last.map_or(since, |last| since.max(last + NOTE_INTERVAL))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::borrow::ToOwned;

    #[test]
    fn an_entry_counts_categories_and_names_pages_once() {
        let seen = |category, path: &str| Seen { category, path: path.to_owned() };
        let all = [
            seen(Category::Docs, "/docs"),
            seen(Category::Pricing, "/pricing"),
            seen(Category::Pricing, "/pricing"),
            seen(Category::Home, ""),
        ];
        let expected = "Knock: 4 signals on the website\nPricing: 2\nDocs: 1\nHome/Other: 1\nPages: /docs, /pricing";
        assert_eq!(note_text(&all), expected);
        let many: Vec<Seen> = (0..12).map(|n| seen(Category::Blog, &format!("/blog/{n}"))).collect();
        assert!(note_text(&many).ends_with("/blog/9 and 2 more"), "{}", note_text(&many));
        assert!(note_text(&many[..1]).starts_with("Knock: 1 signal on"));
    }

    #[test]
    fn an_entry_waits_for_an_hour_after_the_last_one() {
        let hour = NOTE_INTERVAL.0;
        assert_eq!(note_due_at(Millis(5), None), Millis(5));
        assert_eq!(note_due_at(Millis(5), Some(Millis(1))), Millis(1 + hour));
        assert_eq!(note_due_at(Millis(9 * hour), Some(Millis(1))), Millis(9 * hour));
    }
}
