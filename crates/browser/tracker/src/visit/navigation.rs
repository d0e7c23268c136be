//! Which addresses count as a page view of their own.
//!
//! A change of path or query counts once; a change of the fragment or of a slash at the end does
//! not, nor does the same address again. A view waits a moment before it is counted, so that the
//! page can set its title and a redirect by `replaceState` replaces it.

use alloc::borrow::ToOwned;
use alloc::string::String;
use knock_model::Millis;

/// How the address changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Move {
    /// A new entry in the history, or another one: the page left behind was seen.
    Onward,
    /// The entry was replaced: the page before was only on the way.
    Instead,
}

/// A page view to be counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct View {
    /// The address.
    pub(crate) url: String,
    /// When it was reached.
    pub(crate) at: Millis,
}

/// The views of one page load.
#[derive(Clone, Debug, Default)]
pub(crate) struct Navigation {
    /// The page of the last view that was counted.
    counted: String,
    /// The view that will count unless the visitor is redirected.
    pub(crate) waiting: Option<View>,
}

impl Navigation {
    /// Notes that the page is at `url` now; returns a view that was passed and must be counted first.
    pub(crate) fn moved(&mut self, how: Move, url: &str, at: Millis) -> Option<View> {
        let page = page_of(url);
        if self.waiting.as_ref().is_some_and(|view| page_of(&view.url) == page) {
            return None;
        }
        let passed = match how {
            Move::Onward => self.settle(),
            Move::Instead => None,
        };
        let is_new = page != self.counted;
        self.waiting = is_new.then(|| View { url: url.to_owned(), at });
        passed
    }

    /// The view that waits, to be counted now.
    pub(crate) fn settle(&mut self) -> Option<View> {
        let view = self.waiting.take()?;
        self.counted = page_of(&view.url).to_owned();
        Some(view)
    }

    /// Lets the page at `url` count again, as a view of its own.
    pub(crate) fn again(&mut self, url: &str, at: Millis) {
        self.waiting = Some(View { url: url.to_owned(), at });
    }
}

/// What makes two addresses the same page.
fn page_of(url: &str) -> &str {
    let url = url.split('#').next().unwrap_or(url);
    if url.contains('?') { url } else { url.strip_suffix('/').unwrap_or(url) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Move::{Instead, Onward};

    /// The paths counted after a first view of `/` and these moves, all before anything settles.
    fn counted(moves: &[(Move, &str)]) -> Vec<String> {
        let mut navigation = Navigation::default();
        navigation.again("https://x.de/", Millis(1));
        let mut views: Vec<View> = navigation.settle().into_iter().collect();
        for (how, path) in moves {
            views.extend(navigation.moved(*how, &format!("https://x.de{path}"), Millis(2)));
        }
        views.extend(navigation.settle());
        views.into_iter().skip(1).map(|view| view.url.replace("https://x.de", "")).collect()
    }

    #[test]
    fn a_change_of_path_or_query_counts_once() {
        assert_eq!(counted(&[(Onward, "/a")]), ["/a"]);
        assert_eq!(counted(&[(Onward, "/a"), (Onward, "/a?q=1")]), ["/a", "/a?q=1"]);
        assert_eq!(counted(&[(Onward, "/a"), (Onward, "/"), (Onward, "/a")]), ["/a", "/", "/a"]);
        assert_eq!(counted(&[(Instead, "/a")]), ["/a"]);
    }

    #[test]
    fn the_same_address_a_fragment_or_a_slash_at_the_end_counts_nothing() {
        for path in ["/", "/#top", ""] {
            assert!(counted(&[(Onward, path)]).is_empty(), "{path}");
        }
        assert_eq!(counted(&[(Onward, "/a"), (Instead, "/a/"), (Onward, "/a#b")]), ["/a"]);
    }

    #[test]
    fn routers_that_push_and_replace_in_any_order_count_one_view() {
        assert_eq!(counted(&[(Onward, "/a"), (Instead, "/a")]), ["/a"]);
        assert_eq!(counted(&[(Instead, "/"), (Onward, "/a")]), ["/a"]);
        assert_eq!(counted(&[(Onward, "/a"), (Instead, "/login")]), ["/login"]);
        assert!(counted(&[(Onward, "/a"), (Instead, "/")]).is_empty());
    }

    #[test]
    fn a_restored_page_counts_again() {
        let mut navigation = Navigation::default();
        navigation.again("https://x.de/", Millis(1));
        navigation.settle();
        navigation.again("https://x.de/", Millis(9));
        assert_eq!(navigation.settle().map(|view| view.at), Some(Millis(9)));
        assert_eq!(navigation.settle(), None);
    }
}
