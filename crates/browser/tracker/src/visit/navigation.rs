//! Which addresses count as a page view of their own.
//!
//! Another page counts once; the same page again does not. A view waits a moment before it is counted, so that
//! the page can set its title and a redirect by `replaceState` replaces it. What makes two addresses the same page
//! is said where they get their numbers (`www/tracker/address.js`).

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct View {
    /// The page.
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

    /// Notes that the page is `page` now; returns a view that was passed and must be counted first.
    pub(crate) fn moved(&mut self, how: Move, page: u32, at: Millis) -> Option<View> {
        if self.waiting.is_some_and(|view| view.page == page) {
            return None;
        }
        let passed = match how {
            Move::Onward => self.settle(),
            Move::Instead => None,
        };
        self.waiting = (self.counted != Some(page)).then_some(View { page, at });
        passed
    }

    /// The view that waits, to be counted now.
    pub(crate) fn settle(&mut self) -> Option<View> {
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
    use Move::{Instead, Onward};

    /// The pages counted after a first view of page 1 and these moves, all before anything settles.
    fn counted(moves: &[(Move, u32)]) -> Vec<u32> {
        let mut navigation = Navigation::NEW;
        navigation.again(1, Millis(1));
        let mut views: Vec<View> = navigation.settle().into_iter().collect();
        for (how, page) in moves {
            views.extend(navigation.moved(*how, *page, Millis(2)));
        }
        views.extend(navigation.settle());
        views.into_iter().skip(1).map(|view| view.page).collect()
    }

    #[test]
    fn another_page_counts_once_and_the_same_page_does_not() {
        assert_eq!(counted(&[(Onward, 2)]), [2]);
        assert_eq!(counted(&[(Onward, 2), (Onward, 3)]), [2, 3]);
        assert_eq!(counted(&[(Onward, 2), (Onward, 1), (Onward, 2)]), [2, 1, 2]);
        assert_eq!(counted(&[(Instead, 2)]), [2]);
        assert!(counted(&[(Onward, 1)]).is_empty());
        assert!(counted(&[(Instead, 1)]).is_empty());
    }

    #[test]
    fn routers_that_push_and_replace_in_any_order_count_one_view() {
        assert_eq!(counted(&[(Onward, 2), (Instead, 2)]), [2]);
        assert_eq!(counted(&[(Instead, 1), (Onward, 2)]), [2]);
        assert_eq!(counted(&[(Onward, 2), (Instead, 3)]), [3]);
        assert!(counted(&[(Onward, 2), (Instead, 1)]).is_empty());
    }

    #[test]
    fn a_restored_page_counts_again() {
        let mut navigation = Navigation::NEW;
        navigation.again(1, Millis(1));
        navigation.settle();
        navigation.again(1, Millis(9));
        assert_eq!(navigation.settle().map(|view| view.at), Some(Millis(9)));
        assert_eq!(navigation.settle(), None);
    }
}
