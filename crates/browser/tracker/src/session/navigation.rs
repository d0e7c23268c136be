//! Addresses that count as a page view of their own.
//!
//! Another page counts once; the same page again does not. A view waits a moment before it is counted, so that
//! the page can set its title and a redirect by `replaceState` replaces it. `www/tracker/address.js` decides which
//! addresses are the same page.

use knock_model::Millis;

/// How the address changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Move {
    /// A new entry in the history, or another one: the page before was seen.
    Navigated,
    /// The entry was replaced: the page before was a redirect.
    Replaced,
}

/// A page view to be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct View {
    pub(crate) page: u32,
    /// When it was reached.
    pub(crate) at: Millis,
}

/// The views of one page load.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Navigation {
    /// The page of the last view that was counted.
    counted: Option<u32>,
    /// The view that will count unless the visitor is redirected.
    pub(crate) waiting: Option<View>,
}

impl Navigation {
    /// Before the first page.
    pub(crate) const NEW: Navigation = Navigation { counted: None, waiting: None };

    /// Sets the current page; returns a view that was passed and must be counted first.
    pub(crate) fn moved(&mut self, how: Move, page: u32, at: Millis) -> Option<View> {
        if self.waiting.is_some_and(|view| view.page == page) {
            return None;
        }
        let passed = match how {
            Move::Navigated => self.take_waiting(),
            Move::Replaced => None,
        };
        self.waiting = (self.counted != Some(page)).then_some(View { page, at });
        passed
    }

    /// Takes the waiting view, to be counted now.
    pub(crate) fn take_waiting(&mut self) -> Option<View> {
        let view = self.waiting.take()?;
        self.counted = Some(view.page);
        Some(view)
    }

    /// Lets the page count again, as a view of its own.
    pub(crate) fn again(&mut self, page: u32, at: Millis) {
        self.waiting = Some(View { page, at });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Move::{Navigated, Replaced};

    /// The pages counted after a first view of page 1 and these moves, all before the debounce ends.
    fn counted(moves: &[(Move, u32)]) -> Vec<u32> {
        let mut navigation = Navigation::NEW;
        navigation.again(1, Millis(1));
        let mut views: Vec<View> = navigation.take_waiting().into_iter().collect();
        for (how, page) in moves {
            views.extend(navigation.moved(*how, *page, Millis(2)));
        }
        views.extend(navigation.take_waiting());
        views.into_iter().skip(1).map(|view| view.page).collect()
    }

    #[test]
    fn another_page_counts_once_and_the_same_page_does_not() {
        assert_eq!(counted(&[(Navigated, 2)]), [2]);
        assert_eq!(counted(&[(Navigated, 2), (Navigated, 3)]), [2, 3]);
        assert_eq!(counted(&[(Navigated, 2), (Navigated, 1), (Navigated, 2)]), [2, 1, 2]);
        assert_eq!(counted(&[(Replaced, 2)]), [2]);
        assert!(counted(&[(Navigated, 1)]).is_empty());
        assert!(counted(&[(Replaced, 1)]).is_empty());
    }

    #[test]
    fn routers_that_push_and_replace_in_any_order_count_one_view() {
        assert_eq!(counted(&[(Navigated, 2), (Replaced, 2)]), [2]);
        assert_eq!(counted(&[(Replaced, 1), (Navigated, 2)]), [2]);
        assert_eq!(counted(&[(Navigated, 2), (Replaced, 3)]), [3]);
        assert!(counted(&[(Navigated, 2), (Replaced, 1)]).is_empty());
    }

    #[test]
    fn a_restored_page_counts_again() {
        let mut navigation = Navigation::NEW;
        navigation.again(1, Millis(1));
        navigation.take_waiting();
        navigation.again(1, Millis(9));
        assert_eq!(navigation.take_waiting().map(|view| view.at), Some(Millis(9)));
        assert_eq!(navigation.take_waiting(), None);
    }
}
