//! The visit of a lead: the pages they saw, and whether they are on one now. Pure: no calls of the browser.

use knock_model::{Millis, SignalType};
use knock_wire::TimelineEntry;

use super::signal::bare_path;

/// The number of pages shown: the last one and five before it.
const SHOWN: usize = 6;
/// The longest stay on a page during which it counts as open.
const OPEN: Millis = Millis(30 * Millis::MINUTE.0);

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
    // It is the last signal of a page that was left or hidden.
    let is_left = signals.first().is_none_or(|newest| newest.kind == SignalType::Engagement);
    let mut pages: Vec<Page> = Vec::new();
    for view in signals.iter().filter(|signal| signal.kind == SignalType::PageView) {
        if pages.last().is_some_and(|page| page.url == view.url) {
            continue;
        }
        if pages.len() == SHOWN {
            break;
        }
        let title = if view.title.is_empty() { bare_path(&view.url) } else { &view.title };
        let is_open = pages.is_empty() && !is_left && now - view.at < OPEN;
        pages.push(Page { title: title.to_owned(), url: view.url.clone(), at: view.at, is_open });
    }
    pages
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
        assert_eq!(shown(&[view("/pricing", OPEN.0)]), [page("/pricing", false)]);
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
}
