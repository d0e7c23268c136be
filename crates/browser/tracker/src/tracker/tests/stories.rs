//! The stories.

use super::fake::Page;
use crate::event::{Kind, word};

const MINUTE: i64 = 60_000;

#[test]
fn a_session_becomes_signals_in_order() {
    let mut page = Page::load();
    page.handle(Kind::Click);
    page.handle_with(Kind::Input, 7, 0);
    page.handle_with(Kind::Input, 7, 0);
    page.handle_with(Kind::Submit, 7, 0);
    page.handle(Kind::Call);
    assert_eq!(page.deliver(), ["view 1", "click 1", "input 1 7", "submit 1 7", "call 1"]);
    assert_eq!(page.world.sessions.get(), 1);
}

#[test]
fn half_an_hour_without_a_signal_begins_another_session_and_batches_have_one_owner() {
    let mut page = Page::load();
    page.now += 29 * MINUTE;
    page.handle(Kind::Click);
    page.now += 31 * MINUTE;
    page.handle(Kind::Click);
    assert_eq!(page.world.sessions.get(), 2);
    page.handle(Kind::Send);
    assert_eq!(*page.world.posts.borrow(), [["view 1", "click 1"]]);
}

#[test]
fn navigation_by_script_counts_once_and_a_hidden_page_when_it_is_seen() {
    let mut page = Page::hidden(Vec::new());
    page.handle(Kind::Start);
    assert!(page.deliver().is_empty());
    page.go(Kind::Replaced, 2);
    page.is_visible = true;
    page.handle(Kind::Visibility);
    page.handle(Kind::Visibility);
    page.go(Kind::Navigated, 3);
    page.go(Kind::Replaced, 3);
    page.handle(Kind::Click);
    page.go(Kind::Navigated, 4);
    page.go(Kind::Navigated, 2);
    page.handle(Kind::Debounced);
    page.handle(Kind::Restored);
    page.handle(Kind::Page);
    let expected = ["view 2", "view 3", "click 3", "passed 4", "view 2", "view 2", "view 2"];
    assert_eq!(page.deliver(), expected);
}

#[test]
fn visible_time_is_reported_when_the_page_is_hidden_left_or_followed() {
    let mut page = Page::load();
    page.now += 5_000;
    page.is_visible = false;
    page.handle(Kind::Visibility);
    page.now += 50_000;
    page.is_visible = true;
    page.handle(Kind::Visibility);
    page.now += 4_000;
    page.go(Kind::Navigated, 2);
    page.handle(Kind::Debounced);
    page.now += 2_000;
    page.handle(Kind::Leave);
    let seen: Vec<String> = page.world.left.borrow().iter().map(|signal| signal.text.clone()).collect();
    assert_eq!(seen, ["view 1", "engagement 5001", "engagement 9002", "view 2", "engagement 2002"]);
}

#[test]
fn a_form_begins_again_on_the_next_view_and_is_abandoned_unless_it_was_submitted() {
    let mut page = Page::load();
    for (kind, form) in [(Kind::Input, 1), (Kind::Input, 2), (Kind::Submit, 2)] {
        page.handle_with(kind, form, 0);
    }
    page.go(Kind::Navigated, 2);
    page.handle_with(Kind::Input, 1, 0);
    page.handle(Kind::Leave);
    let texts: Vec<String> = page.world.left.borrow().iter().map(|signal| signal.text.clone()).collect();
    assert_eq!(
        texts,
        ["view 1", "input 1 1", "input 1 2", "submit 1 2", "abandoned 1", "view 2", "input 2 1", "abandoned 1"]
    );
}

#[test]
fn what_failed_is_sent_again_and_removed_when_it_arrives() {
    let mut page = Page::load();
    page.handle(Kind::Send);
    for (status_code, seconds) in [(0, 0), (503, 0), (429, 7)] {
        page.handle_with(Kind::Reply, status_code, seconds);
        assert_eq!(*page.world.posts.borrow(), [["view 1"]], "no attempt before the wait is over");
        page.world.posts.take();
        page.handle(Kind::Send);
    }
    assert!(page.wake(Kind::Send) >= 7_000);
    page.reply(202);
    assert_eq!(*page.world.delivered.borrow(), ["view 1"]);
    page.handle(Kind::Send);
    assert_eq!((page.world.posts.borrow().len(), page.queued()), (1, 0));
}

#[test]
fn being_online_again_ends_our_own_wait_but_not_the_servers() {
    let mut page = Page::load();
    page.handle(Kind::Send);
    page.reply(0);
    page.handle(Kind::Online);
    assert_eq!(page.world.posts.borrow().len(), 2);
    page.handle_with(Kind::Reply, 503, 60);
    page.handle(Kind::Online);
    page.is_visible = false;
    page.handle(Kind::Visibility);
    page.handle(Kind::Leave);
    assert_eq!((page.world.posts.borrow().len(), page.world.beacons.borrow().len()), (2, 0));
    assert_eq!(page.world.left.borrow().len(), 1);
}

#[test]
fn a_refused_batch_is_given_up_and_the_next_one_goes_on() {
    let mut page = Page::load();
    page.handle(Kind::Send);
    page.handle(Kind::Click);
    page.reply(400);
    page.handle(Kind::Send);
    assert_eq!(*page.world.posts.borrow(), [["view 1"], ["click 1"]]);
    assert_eq!(*page.world.lost.borrow(), ["view 1"]);
}

#[test]
fn what_comes_while_a_request_is_under_way_waits_its_second_and_not_for_the_answer() {
    let mut page = Page::load();
    page.handle(Kind::Send);
    page.handle(Kind::Click);
    assert_eq!(page.wake(Kind::Send), 1_000);
    page.reply(202);
    assert_eq!(page.world.posts.borrow().len(), 1, "its second is not over");
    page.handle(Kind::Send);
    assert_eq!(*page.world.posts.borrow(), [["view 1"], ["click 1"]]);
}

#[test]
fn what_waits_no_longer_still_waits_for_a_server_that_is_down() {
    let mut page = Page::load();
    page.handle(Kind::Send);
    page.handle_with(Kind::Reply, 503, 60);
    let pause = page.wake(Kind::Send);
    page.handle(Kind::Click);
    page.handle(Kind::Flush);
    assert_eq!(page.wake(Kind::Send), pause);
}

#[test]
fn what_is_due_while_a_request_is_under_way_follows_the_answer_at_once() {
    let mut page = Page::load();
    page.handle(Kind::Send);
    page.handle(Kind::Click);
    page.handle(Kind::Flush);
    assert_eq!(page.wake(Kind::Send), 0, "the page may be left");
    page.handle(Kind::Send);
    assert_eq!(page.world.posts.borrow().len(), 1, "one request at a time");
    page.reply(202);
    assert_eq!(page.world.posts.borrow().len(), 2);
    assert_eq!(page.world.delivered.borrow().len(), 1);
}

#[test]
fn a_batch_that_is_too_large_is_halved_until_only_what_is_too_large_itself_is_lost() {
    let mut page = Page::load();
    for form in 1..8 {
        page.handle_with(Kind::Input, form, 0);
    }
    page.handle(Kind::Send);
    let mut sizes = Vec::new();
    loop {
        let Some(batch) = page.world.posts.borrow_mut().pop() else { break };
        sizes.push(batch.len());
        page.reply(if batch.contains(&"input 1 3".to_owned()) { 413 } else { 202 });
    }
    assert_eq!(sizes, [8, 4, 2, 6, 3, 1, 5, 2, 1, 1, 3]);
    assert_eq!(*page.world.lost.borrow(), ["input 1 3"]);
    assert_eq!((page.world.delivered.borrow().len(), page.queued()), (7, 0));
}

#[test]
fn a_server_that_wants_nothing_of_this_page_gets_nothing_more_and_nothing_is_kept() {
    for status_code in [401, 403, 404, 405, 410, 415] {
        let mut page = Page::load();
        page.handle(Kind::Send);
        page.handle(Kind::Click);
        page.reply(status_code);
        page.handle(Kind::Click);
        page.handle_with(Kind::Consent, word::GRANTED, 0);
        assert!(page.deliver().iter().all(|text| text == "view 1"), "{status_code}");
        assert!(page.leave().is_empty() && !page.world.is_watching.get());
        assert_eq!(*page.world.lost.borrow(), ["view 1", "click 1"]);
    }
}

#[test]
fn a_page_that_is_hidden_posts_and_one_that_ends_hands_over_what_the_next_page_sends_again() {
    let mut page = Page::load();
    page.is_visible = false;
    page.handle(Kind::Visibility);
    assert_eq!(*page.world.posts.borrow(), [["view 1"]]);
    page.handle(Kind::Call);
    let left = page.leave();
    assert_eq!(*page.world.beacons.borrow(), [["call 1"]]);
    let mut next = Page::load_with(0, 0, left);
    next.handle(Kind::Send);
    assert_eq!(*next.world.posts.borrow(), [["view 1", "view 1", "call 1"]]);
    next.reply(202);
    assert!(next.leave().is_empty());
}

#[test]
fn a_page_that_ends_with_a_backlog_hands_over_each_signal_once_and_leaves_all() {
    let mut page = Page::load();
    for _ in 0..250 {
        page.handle(Kind::Call);
    }
    let left = page.leave();
    assert_eq!(page.world.beacons.borrow().iter().map(Vec::len).collect::<Vec<_>>(), [100, 100, 51]);
    assert_eq!(left.len(), 251);
}

#[test]
fn without_consent_nothing_is_recorded_until_it_is_given() {
    let mut page = Page::load_with(1, 0, Vec::new());
    page.handle(Kind::Click);
    page.handle(Kind::Visibility);
    assert!(page.deliver().is_empty());
    assert_eq!((page.world.pending(), page.world.sessions.get()), (0, 0));
    page.handle_with(Kind::Consent, word::GRANTED, 0);
    page.handle_with(Kind::Consent, word::GRANTED, 0);
    assert_eq!(page.deliver(), ["view 1", "click 1"]);
}

#[test]
fn consent_given_or_refused_before_the_start_counts() {
    assert_eq!(Page::load_with(1, word::GRANTED, Vec::new()).deliver(), ["view 1"]);
    let mut denied = Page::load_with(0, word::DENIED, Vec::new());
    denied.handle(Kind::Click);
    assert!(denied.deliver().is_empty() && denied.leave().is_empty());
    assert_eq!(denied.world.visitors.get(), 1, "who it was is forgotten");
}

#[test]
fn what_is_held_until_consent_is_bounded() {
    let mut page = Page::load_with(1, 0, Vec::new());
    for form in 0..1_000 {
        page.handle_with(Kind::Input, form, 0);
    }
    page.handle_with(Kind::Consent, word::GRANTED, 0);
    assert_eq!(page.deliver().len(), 33, "the view, and as many forms as a view may have");
}

#[test]
fn denial_forgets_everything_and_consent_later_begins_anew() {
    let mut page = Page::load();
    page.handle_with(Kind::Consent, word::DENIED, 0);
    assert_eq!((page.world.pending(), page.world.visitors.get()), (0, 1));
    assert!(!page.world.is_watching.get());
    page.handle(Kind::Click);
    page.handle(Kind::Call);
    assert!(page.deliver().is_empty() && page.leave().is_empty());
    page.handle_with(Kind::Consent, word::GRANTED, 0);
    assert!(page.world.is_watching.get());
    assert_eq!(page.deliver(), ["view 1"]);
}

#[test]
fn reset_makes_another_visitor_and_what_the_one_before_did_is_still_theirs() {
    let mut page = Page::load();
    page.handle(Kind::Reset);
    page.handle(Kind::Call);
    assert_eq!((page.world.visitors.get(), page.world.sessions.get()), (1, 2));
    assert_eq!(page.deliver(), ["view 1", "call 1"]);
}

#[test]
fn calls_in_a_loop_are_bounded_and_counted() {
    let mut page = Page::load();
    for _ in 0..10_000 {
        page.now -= 1;
        page.handle(Kind::Call);
    }
    assert_eq!(page.world.lost.borrow().len(), 9_700);
    assert_eq!(page.deliver().len(), 301);
}
