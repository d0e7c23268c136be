//! Whether a lead is on the site now, as far as their signals say.

use knock_model::{Millis, SignalType};

/// The longest stay on a page during which it counts as open.
pub const LONGEST_STAY: Millis = Millis(30 * Millis::MINUTE.0);

/// The end of a lead's visit by what is known now, from their signals, newest first: half an hour after their last page
/// view. None where that is over, and where the newest signal says that they left or hid the page.
pub fn on_site_until(signals: impl IntoIterator<Item = (SignalType, Millis)>, now: Millis) -> Option<Millis> {
    // Visible time is the last signal of a page that was left or hidden, but for the forms that were left with it.
    let mut signals = signals.into_iter().filter(|(kind, _)| *kind != SignalType::FormAbandon).peekable();
    if signals.peek().is_none_or(|(newest, _)| *newest == SignalType::Engagement) {
        return None;
    }
    let viewed_at = signals.find_map(|(kind, at)| (kind == SignalType::PageView).then_some(at))?;
    Some(viewed_at + LONGEST_STAY).filter(|until| *until > now)
}

/// A visit of a browser: its page views without a gap of half an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The first page view.
    pub since: Millis,
    /// The last page view.
    pub viewed_at: Millis,
    /// The number of page views.
    pub pages: u32,
}

/// The last visit by the page views of a browser, newest first; none without one.
pub fn last_visit(views: impl IntoIterator<Item = Millis>) -> Option<Visit> {
    let mut views = views.into_iter();
    let viewed_at = views.next()?;
    let mut visit = Visit { since: viewed_at, viewed_at, pages: 1 };
    for at in views {
        if at <= visit.since - LONGEST_STAY {
            break;
        }
        visit = Visit { since: at, pages: visit.pages + 1, ..visit };
    }
    Some(visit)
}
