//! Properties of any order of events: no signal is duplicated or vanishes, and the queue is bounded.

use super::fake::Page;
use crate::event::Kind;
use proptest::prelude::*;

fn events() -> impl Strategy<Value = Vec<(Kind, i64, u32)>> {
    let kind = prop::sample::select(vec![
        Kind::Click,
        Kind::Call,
        Kind::Input,
        Kind::Submit,
        Kind::Navigated,
        Kind::Replaced,
        Kind::Page,
        Kind::Debounced,
        Kind::Send,
        Kind::Flush,
        Kind::Visibility,
        Kind::Leave,
        Kind::Restored,
        Kind::Online,
        Kind::Reset,
        Kind::Reply,
    ]);
    let status_code = prop::sample::select(vec![0i64, 202, 400, 413, 429, 500, 503]);
    prop::collection::vec((kind, status_code, 1u32..4), 0..300)
}

proptest! {
    #[test]
    fn every_signal_is_delivered_once_or_reported_lost(events in events()) {
        let mut page = Page::load();
        let mut recorded = 0;
        for (kind, first, number) in events {
            page.number = number;
            page.is_visible = kind != Kind::Leave && (kind != Kind::Visibility || first > 300);
            // An answer comes only to what was posted.
            if kind == Kind::Reply && page.world.posts.borrow_mut().pop().is_none() {
                continue;
            }
            page.handle_with(kind, first, 0);
            if kind == Kind::Leave {
                page.world.posts.take();
            }
            prop_assert_eq!(page.doubled(), 0);
            prop_assert_eq!(page.queued(), page.world.pending());
            prop_assert!(page.queued() <= 500 && page.world.posts.borrow().len() <= 1);
            recorded = recorded.max(page.queued());
        }
        page.is_visible = true;
        page.world.posts.take();
        page.handle(Kind::Leave);
        page.handle(Kind::Restored);
        page.deliver();
        prop_assert_eq!(page.world.pending(), 0, "a server that answers gets everything");
        prop_assert!(page.world.delivered.borrow().len() + page.world.lost.borrow().len() >= recorded);
    }
}
