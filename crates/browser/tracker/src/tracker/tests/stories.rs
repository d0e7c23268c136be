//! The stories.

use super::fake::{Page, ids, read, signals};
use knock_wire::BatchEnvelope;
use std::collections::BTreeMap;

const CLICK: [&str; 4] = ["0", "", "https://x.de/pricing", "See more"];

#[test]
fn a_visit_becomes_signals_in_order() {
    let mut page = Page::load("/");
    page.tell("click", &CLICK);
    page.tell("click", &["0", "+hero", "", "Whatever"]);
    page.tell("click", &["0", "", "", "Book a demo"]);
    page.tell("input", &["1", "contact"]);
    page.tell("input", &["1", "contact"]);
    page.tell(
        "submit",
        &["contact", "email\tmail\t\tAnn@X.de", "text\tname\tname\tAnn Lee", "submit\tgo\t\t", "radio\tsize\t\t"],
    );
    let expected = [
        "page_view /",
        "click / See more",
        "cta / heroWhatever",
        "cta / Book a demo",
        "form_start / contact",
        "form_submit / contact mail,name,size",
        r#"identify / {"email":"Ann@X.de","name":"Ann Lee"}"#,
    ];
    assert_eq!(page.deliver(), expected);
}

#[test]
fn every_signal_carries_its_view_and_number_and_an_id_of_its_instant() {
    let mut page = Page::load("/");
    page.tell("click", &CLICK);
    page.tell("send", &[]);
    let body = page.world.posts.borrow()[0].clone();
    let view = ids(&body)[0].clone();
    let facts = read(&body, |signal| (signal.seq, signal.view.as_deref().map(str::to_owned)));
    assert_eq!(facts, [(Some(1), Some(view.clone())), (Some(2), Some(view))]);
    for (at, id) in read(&body, |signal| (signal.at, knock_model::SignalId::parse(&signal.id).unwrap())) {
        assert_eq!(id.at().0, at);
    }
    let referrers = read(&body, |signal| signal.referrer.as_deref().map(str::to_owned));
    assert_eq!(referrers, [Some("https://from.de/?q=1".to_owned()), None]);
    let batch: BatchEnvelope<'_> = serde_json::from_str(&body).unwrap();
    assert_eq!((batch.site.as_ref(), batch.base.as_deref()), ("site", Some("/base")));
    assert_eq!(batch.intent_type.as_deref(), Some("Buying"));
}

#[test]
fn masked_labels_and_secrets_in_addresses_do_not_leave() {
    let mut page = Page::load("/?token=abc");
    page.tell("click", &["1", "", "https://ann:pw@x.de/a?email=ann@x.de", "Ann Lee"]);
    page.tell("click", &["0", "", "mailto:ann@x.de", "Write to ann@x.de"]);
    page.tell("send", &[]);
    let body = page.world.posts.borrow()[0].clone();
    assert_eq!(signals(&body), ["page_view /?token=***", "click /?token=*** ***", "click /?token=*** Write to ***"]);
    assert!(!body.contains("ann") && !body.contains("Ann") && !body.contains("abc"), "{body}");
}

#[test]
fn navigation_by_script_counts_once_and_a_hidden_page_when_it_is_seen() {
    let mut page = Page::hidden("/", BTreeMap::new());
    page.start("", "");
    assert!(page.deliver().is_empty());
    page.go("replaceState", "/start");
    page.is_visible = true;
    page.tell("visibility", &[]);
    page.tell("visibility", &[]);
    page.go("pushState", "/a");
    page.go("replaceState", "/a");
    page.tell("click", &CLICK);
    page.go("pushState", "/a#part");
    page.go("popstate", "/start");
    page.tell("settle", &[]);
    page.tell("restored", &[]);
    page.tell("page", &[]);
    let expected = ["page_view /start", "page_view /a", "click /a See more", "page_view /start", "page_view /start"];
    assert_eq!(page.deliver(), [&expected[..], &["page_view /start"]].concat());
}

#[test]
fn a_form_begins_again_on_the_next_view() {
    let mut page = Page::load("/");
    page.tell("input", &["1", "a"]);
    page.tell("input", &["2", "b"]);
    page.go("pushState", "/next");
    page.tell("input", &["1", "a"]);
    let expected = ["page_view /", "form_start / a", "form_start / b", "page_view /next", "form_start /next a"];
    assert_eq!(page.deliver(), expected);
}

#[test]
fn what_failed_is_sent_again_under_the_same_ids_and_removed_when_it_arrives() {
    let mut page = Page::load("/");
    page.tell("send", &[]);
    for reply in [["0", ""], ["503", ""], ["429", "7"]] {
        page.tell("reply", &reply);
        assert_eq!(page.world.posts.borrow().len(), 1, "no attempt before the wait is over");
        page.tell("send", &[]);
        let posts = page.world.posts.take();
        assert_eq!(ids(&posts[0]), ids(&posts[1]));
        page.world.posts.borrow_mut().push(posts[1].clone());
    }
    assert!(page.world.wakes.borrow()["send"] >= 7_000);
    page.tell("reply", &["202", ""]);
    page.tell("send", &[]);
    assert_eq!(page.world.posts.borrow().len(), 1);
    assert!(page.world.storage.borrow().keys().all(|key| !key.starts_with("knock_q")));
}

#[test]
fn being_online_again_ends_our_own_wait_but_not_the_servers() {
    let mut page = Page::load("/");
    page.tell("send", &[]);
    page.tell("reply", &["0", ""]);
    page.tell("online", &[]);
    assert_eq!(page.world.posts.borrow().len(), 2);
    page.tell("reply", &["503", "60"]);
    page.tell("online", &[]);
    page.tell("pagehide", &[]);
    assert_eq!((page.world.posts.borrow().len(), page.world.beacons.borrow().len()), (2, 0));
}

#[test]
fn a_refused_batch_is_dropped_and_the_next_one_goes_on() {
    let mut page = Page::load("/");
    page.tell("send", &[]);
    page.tell("click", &CLICK);
    page.tell("reply", &["400", ""]);
    let posts = page.world.posts.take();
    assert_eq!(posts.iter().map(|body| signals(body)).collect::<Vec<_>>(), [["page_view /"], ["click / See more"]]);
}

#[test]
fn a_page_that_ends_hands_over_once_and_the_next_page_sends_it_again() {
    let mut page = Page::load("/");
    page.tell("click", &CLICK);
    page.is_visible = false;
    page.tell("visibility", &[]);
    let storage = page.leave();
    let beacons = page.world.beacons.take();
    assert_eq!(beacons.iter().map(|body| ids(body).len()).collect::<Vec<_>>(), [2]);
    let mut next = Page::load_with("/next", "", "", storage);
    next.tell("send", &[]);
    let posts = next.world.posts.take();
    assert_eq!(ids(&posts[0])[..2], ids(&beacons[0]));
    assert_eq!(read(&posts[0], |signal| signal.seq), [Some(1), Some(2), Some(3)]);
    next.tell("reply", &["202", ""]);
    assert!(next.leave().keys().all(|key| !key.starts_with("knock_q")));
}

#[test]
fn a_beacon_that_is_not_taken_waits_for_the_next_page() {
    let mut page = Page::load("/");
    page.world.takes_beacons.set(false);
    let storage = page.leave();
    let mut next = Page::load_with("/next", "", "", storage);
    assert_eq!(next.deliver(), ["page_view /", "page_view /next"]);
}

#[test]
fn a_living_tab_keeps_its_queue_and_a_crashed_one_is_taken_over() {
    let mut page = Page::load("/");
    let storage = page.world.storage.take();
    let mut other = Page::load_with("/other", "", "", storage.clone());
    assert_eq!(other.deliver(), ["page_view /other"]);
    let mut later = Page::hidden("/later", storage);
    later.is_visible = true;
    later.now += 120_000;
    later.start("", "");
    assert_eq!(later.deliver(), ["page_view /", "page_view /later"]);
    page.tell("click", &CLICK);
}

#[test]
fn without_consent_nothing_is_stored_or_sent_until_it_is_given() {
    let mut first = Page::load("/");
    first.deliver();
    let storage = first.leave();
    let mut page = Page::load_with("/a", "required", "", storage.clone());
    page.tell("click", &CLICK);
    page.tell("visibility", &[]);
    assert!(page.deliver().is_empty());
    assert_eq!(*page.world.storage.borrow(), storage);
    page.tell("consent", &["granted"]);
    page.tell("consent", &["granted"]);
    page.tell("send", &[]);
    let body = page.world.posts.borrow()[0].clone();
    assert_eq!(signals(&body), ["page_view /a", "click /a See more"]);
    assert_eq!(read(&body, |signal| signal.seq), [Some(2), Some(3)], "it goes on in the open session");
    let batch: BatchEnvelope<'_> = serde_json::from_str(&body).unwrap();
    assert_eq!(batch.visitor, storage["knock_v"]);
}

#[test]
fn consent_given_before_the_start_counts() {
    assert_eq!(Page::load_with("/", "required", "granted", BTreeMap::new()).deliver(), ["page_view /"]);
}

#[test]
fn typing_while_consent_is_awaited_does_not_crowd_out_the_rest() {
    let mut page = Page::load_with("/", "required", "", BTreeMap::new());
    for _ in 0..1000 {
        page.tell("input", &["1", "contact"]);
    }
    page.tell("click", &CLICK);
    page.tell("consent", &["granted"]);
    assert_eq!(page.deliver(), ["page_view /", "form_start / contact", "click / See more"]);
}

#[test]
fn denial_forgets_everything_and_consent_later_begins_anew() {
    let mut page = Page::load("/");
    page.tell("consent", &["denied"]);
    assert!(page.world.storage.borrow().is_empty());
    assert!(!page.world.is_watching.get());
    page.tell("click", &CLICK);
    page.tell("track", &["x"]);
    assert!(page.deliver().is_empty() && page.leave().is_empty());
    page.tell("consent", &["granted"]);
    assert!(page.world.is_watching.get());
    assert_eq!(page.deliver(), ["page_view /"]);
    let mut denied = Page::load_with("/", "", "denied", BTreeMap::from([("knock_v".into(), "x".into())]));
    assert!(denied.deliver().is_empty() && denied.leave().is_empty());
}

#[test]
fn reset_makes_another_visitor_and_tracking_goes_on() {
    let mut page = Page::load("/");
    let before = page.world.storage.borrow()["knock_v"].clone();
    page.tell("reset", &[]);
    assert_eq!(page.world.beacons.borrow().len(), 1);
    page.tell("track", &["after"]);
    assert_ne!(page.world.storage.borrow()["knock_v"], before);
    assert_eq!(page.deliver(), ["track / after"]);
}

#[test]
fn calls_of_the_page_become_signals_and_empty_ones_nothing() {
    let mut page = Page::load("/");
    page.tell("track", &["signup", r#""plan":"pro""#, r#""n":1"#]);
    page.tell("track", &[""]);
    page.tell("identify", &["", r#""email":"ann@x.de""#]);
    page.tell("identify", &[""]);
    page.tell("unknown", &["x"]);
    let expected = ["page_view /", r#"track / signup {"plan":"pro","n":1}"#, r#"identify / {"email":"ann@x.de"}"#];
    assert_eq!(page.deliver(), expected);
}

#[test]
fn the_page_hears_of_a_new_category_or_type_once() {
    let mut page = Page::load("/");
    page.go("pushState", "/pricing");
    page.tell("settle", &[]);
    page.tell("input", &["1", "x"]);
    page.go("pushState", "/careers");
    page.tell("settle", &[]);
    assert_eq!(*page.world.intents.borrow(), ["Home/Other Unknown", "Pricing Buying", "Find a Job Buying"]);
}

#[test]
fn a_storage_that_is_emptied_gets_the_same_visitor_again() {
    let mut page = Page::load("/");
    let before = page.world.storage.take()["knock_v"].clone();
    page.tell("track", &["x"]);
    assert_eq!(page.world.storage.borrow()["knock_v"], before);
}

#[test]
fn nonsense_in_the_storage_does_no_harm() {
    let keys = ["knock_v", "knock_s", "knock_e", "knock_q:site:1"];
    let storage = keys.map(|key| (key.to_owned(), "\u{0}nonsense 1 2\n3 4".to_owned()));
    let mut page = Page::load_with("/", "", "", BTreeMap::from(storage));
    assert_eq!(page.deliver(), ["page_view /"]);
    assert_eq!(page.leave().len(), 3);
}
