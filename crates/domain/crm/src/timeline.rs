//! Signals of a lead as an entry of the CRM's timeline, and its frequency (IU-07).

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use knock_model::{Category, Millis, SignalType};

/// Pages that an entry names.
const PAGES: usize = 10;

/// The types of signals that an entry counts: what the visitor did on the site. Visible time is part of a page view, the
/// begin of a form one of the form, and an address one of the form that gave it; messages, Knock Links and meetings are no
/// part of the website.
pub const ON_SITE: &[SignalType] = &[
    SignalType::PageView,
    SignalType::Click,
    SignalType::Cta,
    SignalType::FormSubmit,
    SignalType::FormAbandon,
    SignalType::Track,
];

/// The kinds that an entry names, in its order, each in the singular and in the plural.
const KINDS: [[&str; 2]; 5] = [
    ["page view", "page views"],
    ["click", "clicks"],
    ["form sent", "forms sent"],
    ["form abandoned", "forms abandoned"],
    ["custom event", "custom events"],
];

/// A signal, as far as an entry says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub kind: SignalType,
    pub category: Category,
    /// The path of the page; empty where there is none.
    pub path: String,
}

/// The text of an entry about signals, the newest first: how many of each kind and of each category there were, the
/// most first, and on which pages. None without an action on the site. Nothing that a person wrote is in it.
pub fn note_text(seen: &[Seen]) -> Option<String> {
    let mut kinds = [0; KINDS.len()];
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut pages: Vec<&str> = Vec::new();
    for one in seen {
        let Some(place) = place(one.kind) else { continue };
        kinds[place] += 1;
        *counts.entry(one.category.as_str()).or_default() += 1;
        if !one.path.is_empty() && !pages.contains(&one.path.as_str()) {
            pages.push(&one.path);
        }
    }
    if counts.is_empty() {
        return None;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| core::cmp::Reverse(*count));
    let mut lines = alloc::vec![format!("Knock: {} on the website", counted(kinds))];
    lines.extend(counts.into_iter().map(|(category, count)| format!("{category}: {count}")));
    let more = pages.len().saturating_sub(PAGES);
    pages.truncate(PAGES);
    if !pages.is_empty() {
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        lines.push(format!("Pages: {}{more}", pages.join(", ")));
    }
    Some(lines.join("\n"))
}

/// The place of a type among the kinds; none of one that an entry does not count.
const fn place(kind: SignalType) -> Option<usize> {
    match kind {
        SignalType::PageView => Some(0),
        SignalType::Click | SignalType::Cta => Some(1),
        SignalType::FormSubmit => Some(2),
        SignalType::FormAbandon => Some(3),
        SignalType::Track => Some(4),
        SignalType::FormStart
        | SignalType::Identify
        | SignalType::Engagement
        | SignalType::LinkOpen
        | SignalType::LinkClick
        | SignalType::ChatMessage
        | SignalType::MeetingBooked => None,
    }
}

/// The kinds of which there are some, such as `4 page views, 1 click`.
fn counted(kinds: [usize; KINDS.len()]) -> String {
    let some = kinds.into_iter().zip(KINDS).filter(|(count, _)| *count > 0);
    let words = some.map(|(count, [one, many])| format!("{count} {}", if count == 1 { one } else { many }));
    words.collect::<Vec<_>>().join(", ")
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

    fn seen(kind: SignalType, category: Category, path: &str) -> Seen {
        Seen { kind, category, path: path.to_owned() }
    }

    #[test]
    fn an_entry_counts_kinds_and_categories_and_names_pages_once() {
        let all = [
            seen(SignalType::PageView, Category::Docs, "/docs"),
            seen(SignalType::Cta, Category::Pricing, "/pricing"),
            seen(SignalType::PageView, Category::Pricing, "/pricing"),
            seen(SignalType::Click, Category::Home, ""),
            seen(SignalType::FormSubmit, Category::Pricing, "/pricing"),
        ];
        let expected = "Knock: 2 page views, 2 clicks, 1 form sent on the website\nPricing: 3\nDocs: 1\nHome/Other: 1\n\
                        Pages: /docs, /pricing";
        assert_eq!(note_text(&all).as_deref(), Some(expected));
        let many: Vec<Seen> =
            (0..12).map(|n| seen(SignalType::PageView, Category::Blog, &format!("/blog/{n}"))).collect();
        let text = note_text(&many).expect("a text");
        assert!(text.ends_with("/blog/9 and 2 more"), "{text}");
        assert!(note_text(&many[..1]).is_some_and(|text| text.starts_with("Knock: 1 page view on")));
    }

    #[test]
    fn an_entry_counts_what_was_done_on_the_site_alone() {
        for kind in SignalType::ALL.iter().copied() {
            let text = note_text(&[seen(kind, Category::Demo, "/demo")]);
            assert_eq!(text.is_some(), ON_SITE.contains(&kind), "{kind:?}");
        }
        let chat = [
            seen(SignalType::ChatMessage, Category::Demo, "/chat"),
            seen(SignalType::Track, Category::Home, "/app"),
            seen(SignalType::FormAbandon, Category::Demo, "/demo"),
        ];
        let expected = "Knock: 1 form abandoned, 1 custom event on the website\nDemo/Contact sales: 1\nHome/Other: 1\n\
                        Pages: /app, /demo";
        assert_eq!(note_text(&chat).as_deref(), Some(expected));
    }

    #[test]
    fn an_entry_waits_for_an_hour_after_the_last_one() {
        let hour = NOTE_INTERVAL.0;
        assert_eq!(note_due_at(Millis(5), None), Millis(5));
        assert_eq!(note_due_at(Millis(5), Some(Millis(1))), Millis(1 + hour));
        assert_eq!(note_due_at(Millis(9 * hour), Some(Millis(1))), Millis(9 * hour));
    }
}
