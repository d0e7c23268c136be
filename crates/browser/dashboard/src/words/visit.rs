//! The visit of a lead: the pages they saw, and whether they are on one now. Pure: no calls of the browser.

use knock_intent::{LONGEST_STAY, on_site_until};
use knock_model::{Millis, SignalType};
use knock_wire::TimelineEntry;

use super::signal::bare_path;

/// The number of pages shown: the last one and five before it.
const SHOWN: usize = 6;

/// A page that a lead saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    /// The title, else the path.
    pub(crate) title: String,
    pub(crate) url: String,
    /// The instant of the view.
    pub(crate) at: Millis,
    /// Whether the lead is on it now.
    pub(crate) is_open: bool,
}

/// The last pages among signals, both newest first; a page that was loaded again is one.
pub(crate) fn pages_of(signals: &[TimelineEntry], now: Millis) -> Vec<Page> {
    let is_here = on_site_until(signals.iter().map(|signal| (signal.kind, signal.at)), now).is_some();
    let mut pages: Vec<Page> = Vec::new();
    for view in signals.iter().filter(|signal| signal.kind == SignalType::PageView) {
        if pages.last().is_some_and(|page| page.url == view.url) {
            continue;
        }
        if pages.len() == SHOWN {
            break;
        }
        let title = if view.title.is_empty() { bare_path(&view.url) } else { &view.title };
        let is_open = pages.is_empty() && is_here;
        pages.push(Page { title: title.to_owned(), url: view.url.clone(), at: view.at, is_open });
    }
    pages
}

/// What a new signal says about the visit of its lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Visit {
    /// Nothing new.
    Same,
    /// Its end by what is known now; none once they left.
    Until(Option<Millis>),
    /// Only the server knows: they may have come back to a page that they had left.
    Unknown,
}

/// The visit after a signal, by its end as known before; signals can come late.
pub(crate) fn visit_after(until: Option<Millis>, signal: &TimelineEntry) -> Visit {
    let viewed_at = until.map(|until| until - LONGEST_STAY);
    match signal.kind {
        SignalType::PageView if viewed_at.is_none_or(|known| known < signal.at) => {
            Visit::Until(Some(signal.at + LONGEST_STAY))
        }
        SignalType::Engagement if viewed_at.is_some_and(|known| known <= signal.at) => Visit::Until(None),
        SignalType::PageView | SignalType::Engagement => Visit::Same,
        _ if until.is_none() => Visit::Unknown,
        _ => Visit::Same,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn signal(kind: SignalType, path: &str, ago: i64) -> TimelineEntry {
        let (url, title) = (format!("https://acme.test{path}"), String::new());
        TimelineEntry { kind, url, title, at: sample::AT - Millis(ago), ..sample::entry() }
    }

    fn view(path: &str, ago: i64) -> TimelineEntry {
        signal(SignalType::PageView, path, ago)
    }

    fn shown(signals: &[TimelineEntry]) -> Vec<(String, bool)> {
        pages_of(signals, sample::AT).into_iter().map(|page| (page.title, page.is_open)).collect()
    }

    #[wasm_bindgen_test]
    fn the_newest_page_is_open_until_it_is_left_or_old() {
        let wrote = signal(SignalType::ChatMessage, "/pricing", 1);
        let left = signal(SignalType::Engagement, "/pricing", 1);
        let page = |title: &str, is_open: bool| (title.to_owned(), is_open);
        assert_eq!(
            shown(&[wrote.clone(), view("/pricing", 2), view("/?utm=x", 3)]),
            [page("/pricing", true), page("/", false)]
        );
        assert_eq!(shown(&[left.clone(), view("/pricing", 2)]), [page("/pricing", false)]);
        assert_eq!(shown(&[wrote, left, view("/pricing", 2)]), [page("/pricing", true)], "they came back");
        assert_eq!(shown(&[view("/pricing", LONGEST_STAY.0)]), [page("/pricing", false)]);
        assert_eq!(shown(&[]), []);
    }

    #[wasm_bindgen_test]
    fn six_pages_are_shown_and_one_that_was_loaded_again_once() {
        let mut signals = vec![view("/0", 0), view("/0", 1)];
        signals.extend((1..9).map(|number| view(&format!("/{number}"), number + 1)));
        let titles: Vec<String> = shown(&signals).into_iter().map(|(title, _)| title).collect();
        assert_eq!(titles, ["/0", "/1", "/2", "/3", "/4", "/5"]);
        let named = TimelineEntry { title: "Plans".to_owned(), ..view("/0", 0) };
        assert_eq!(shown(&[named])[0].0, "Plans");
    }

    #[wasm_bindgen_test]
    fn a_page_view_begins_a_visit_and_leaving_its_page_ends_it() {
        let ends = |ago: i64| Some(sample::AT - Millis(ago) + LONGEST_STAY);
        let left = |ago| signal(SignalType::Engagement, "/", ago);
        let wrote = signal(SignalType::ChatMessage, "/", 1);
        for (until, signal, expected) in [
            (None, view("/", 1), Visit::Until(ends(1))),
            (ends(5), view("/", 1), Visit::Until(ends(1))),
            (ends(5), view("/", 9), Visit::Same),
            (ends(5), left(4), Visit::Until(None)),
            // The page before was left; its signal comes after the view of this one.
            (ends(5), left(6), Visit::Same),
            (None, left(1), Visit::Same),
            (ends(5), wrote.clone(), Visit::Same),
            (None, wrote, Visit::Unknown),
        ] {
            assert_eq!(visit_after(until, &signal), expected, "{until:?} {:?}", signal.kind);
        }
    }
}
