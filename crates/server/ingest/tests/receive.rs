//! The outcomes of a batch, as tables.

use knock_ingest::{LeftOut, Received, Refusal, Request, receive};
use knock_model::{Category, IdentifyPolicy, LinkKind, Millis, SiteId};
use knock_ports::Site;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::net::Ipv4Addr;

const NOW: i64 = 1_780_000_000_000;
const VISITOR: &str = "019e6f6e-1c00-7000-8000-000000000001";

fn site() -> Site {
    Site {
        id: SiteId(1),
        key: "k1".into(),
        name: "Acme".into(),
        origins: vec!["https://acme.test".into(), "https://shop.acme.test:8443".into()],
        base: String::new(),
        demo: false,
        categories: Vec::new(),
        identify: IdentifyPolicy::Open,
        identify_round: 1,
        removed_at: None,
    }
}

fn request<'a>(body: &'a [u8], own: &'a [String]) -> Request<'a> {
    Request {
        body,
        origin: Some("https://acme.test"),
        own_origins: own,
        has_ingest_key: false,
        user_agent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0",
        language: "",
        from: Ipv4Addr::LOCALHOST.into(),
        locations: None,
        purpose: "",
        gpc: "",
        dnt: "",
        received_at: Millis(NOW),
        identify_secret: &|site| format!("secret of {}", site.key),
    }
}

fn run(body: &Value) -> Result<Received, Refusal> {
    receive(&request(body.to_string().as_bytes(), &[]), |key| Some(site()).filter(|site| site.key == key))
}

/// A signal id for an instant.
fn id(at: i64, n: u8) -> String {
    knock_model::SignalId::new(Millis(at), &[n; 10]).to_string()
}

fn signal(n: u8) -> Value {
    json!({"id": id(NOW - 1_000, n), "at": NOW - 1_000, "type": "page_view", "url": "https://acme.test/pricing"})
}

fn batch(signals: Value) -> Value {
    json!({"v": 1, "site": "k1", "visitor": VISITOR, "session": VISITOR, "sent_at": NOW, "signals": signals})
}

fn with(mut value: Value, field: &str, to: Value) -> Value {
    value[field] = to;
    value
}

#[test]
fn a_good_batch_is_taken_and_categorised() {
    let received = run(&batch(json!([signal(1)]))).expect("taken");
    assert_eq!(received.signals.len(), 1);
    assert_eq!(received.signals[0].category, Category::Pricing);
    assert_eq!(received.signals[0].at, Millis(NOW - 1_000));
}

#[test]
fn what_opens_something_is_kept_of_no_address() {
    let sent = with(signal(1), "url", json!("https://acme.test/reset?to\u{0}ken=SESAME&utm_source=g2"));
    let sent = with(sent, "referrer", json!("https://ann:SESAME@mail.test/?email=ann%40acme.test"));
    let received = run(&batch(json!([with(sent, "href", json!("mailto:ann@acme.test"))]))).expect("taken");
    let detail = received.signals[0].detail.read();
    let kept = ["https://acme.test/reset?token=***&utm_source=g2", "https://mail.test/?email=***", "mailto:"];
    assert_eq!([&detail.url, &detail.referrer, &detail.href], kept);
}

#[test]
fn a_form_that_was_left_has_the_category_of_the_form_and_weighs_nothing() {
    let left = with(with(signal(1), "type", json!("form_abandon")), "form", json!("contactForm"));
    let received = run(&batch(json!([with(left, "fields", json!(["email", "name"]))]))).expect("taken");
    let signal = &received.signals[0];
    assert_eq!((signal.category, signal.strength), (Category::Demo, 0.0));
    assert_eq!(signal.detail.read().fields, ["email", "name"]);
}

#[test]
fn a_click_says_what_its_link_is() {
    let cases = [
        ("click", json!({"link": "download"}), Some(LinkKind::Download)),
        ("cta", json!({"link": "mail", "x": 1}), Some(LinkKind::Mail)),
        ("click", json!({"link": "teleport"}), None),
        ("click", json!({"link": 7}), None),
        ("click", json!({}), None),
        ("track", json!({"link": "phone"}), None),
    ];
    for (kind, props, expected) in cases {
        let click = with(with(signal(1), "type", json!(kind)), "props", props.clone());
        let received = run(&batch(json!([click]))).expect("taken");
        assert_eq!(received.signals[0].detail.read().link, expected, "{kind} {props}");
        assert_eq!(received.signals[0].detail.read().props, props.to_string());
    }
}

#[test]
fn a_wrong_envelope_is_refused_naming_the_field() {
    let good = batch(json!([signal(1)]));
    let cases = [
        (with(good.clone(), "v", json!(2)), "/v"),
        (with(good.clone(), "v", json!("1")), "/v"),
        (with(good.clone(), "site", json!(7)), "/site"),
        (with(good.clone(), "visitor", json!("me")), "/visitor"),
        (with(good.clone(), "visitor", json!("9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d")), "/visitor"),
        (with(good.clone(), "session", json!(null)), "/session"),
        (with(good.clone(), "signals", json!({})), "/signals"),
        (with(good.clone(), "sent_at", json!("now")), "/sent_at"),
        (with(good.clone(), "errors", json!(-1)), "/errors"),
        (with(good.clone(), "lost", json!("many")), "/lost"),
        (with(good.clone(), "lost", json!(4_294_967_296_u64)), "/lost"),
        (with(good.clone(), "automation", json!(true)), "/automation"),
        (with(good, "sent_at", json!(1.5)), "/sent_at"),
        (json!({"v": 1, "site": "k1", "visitor": VISITOR, "session": VISITOR}), "/signals"),
        (json!([]), "/v"),
        (json!("x"), ""),
    ];
    for (body, pointer) in cases {
        match run(&body) {
            Err(Refusal::Malformed(field)) if body.is_object() => {
                assert_eq!(field.pointer, pointer, "{body} {field:?}")
            }
            Err(Refusal::Malformed(_)) => {}
            other => panic!("{body}: {other:?}"),
        }
    }
    for body in [&b"not json"[..], b"", b"\xff\xfe", br#"{"v":1,"v":1}"#] {
        assert!(matches!(receive(&request(body, &[]), |_| Some(site())), Err(Refusal::Malformed(_))));
    }
}

#[test]
fn too_many_signals_are_refused() {
    let many: Vec<Value> = (0..501).map(|_| signal(1)).collect();
    assert!(matches!(run(&batch(json!(many))), Err(Refusal::TooMany(_))));
}

#[test]
fn a_signal_that_is_too_long_is_cut_and_says_which_fields() {
    let long = |field: &str, length: usize| with(signal(2), field, json!("x".repeat(length)));
    let cases = [
        (signal(2), vec![]),
        (with(signal(2), "props", json!({"x": "y".repeat(5_000)})), vec!["props"]),
        (long("title", 301), vec!["title"]),
        (with(signal(2), "fields", json!(vec!["a"; 51])), vec!["fields"]),
        // Each fits alone, all together do not.
        (
            with(
                with(with(long("url", 2_000), "href", json!("h".repeat(2_000))), "referrer", json!("r".repeat(2_000))),
                "props",
                json!({"x": "y".repeat(4_000)}),
            ),
            vec!["props"],
        ),
        (with(long("href", 2_001), "url", json!("ä".repeat(2_000))), vec!["href"]),
    ];
    for (sent, cut) in cases {
        let received = run(&batch(json!([signal(1), sent]))).expect("taken");
        let detail = received.signals[1].detail.read();
        assert_eq!(
            (detail.cut, received.cut),
            (cut.iter().map(|field| field.to_string()).collect(), u32::from(!cut.is_empty()))
        );
        let texts = [&detail.url, &detail.href, &detail.referrer, &detail.title, &detail.props];
        assert!(texts.map(|text| text.len()).into_iter().sum::<usize>() <= 8_192);
    }
}

#[test]
fn a_bad_signal_is_named_and_the_good_ones_are_kept() {
    let bad = [
        (json!(7), "/signals/1"),
        (with(signal(2), "id", json!("x")), "/signals/1/id"),
        (with(signal(2), "id", json!("9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d")), "/signals/1/id"),
        (with(signal(2), "id", json!(id(NOW - 62_000, 2))), "/signals/1/id"),
        (with(signal(2), "id", json!(id(NOW + 60_000, 2))), "/signals/1/id"),
        (with(signal(2), "at", json!("yesterday")), "/signals/1/at"),
        (with(signal(2), "at", json!(null)), "/signals/1/at"),
        (with(signal(2), "type", json!("meeting_booked")), "/signals/1/type"),
        (with(signal(2), "type", json!("nonsense")), "/signals/1/type"),
        (with(signal(2), "url", json!(["x"])), "/signals/1/url"),
        (with(signal(2), "view", json!("x")), "/signals/1/view"),
        (with(signal(2), "props", json!("x")), "/signals/1/props"),
        (with(with(signal(2), "type", json!("identify")), "props", json!({"email": "me"})), "/signals/1/props/email"),
        (with(signal(2), "type", json!("engagement")), "/signals/1/props/ms"),
        (json!({"id": id(NOW, 2), "at": NOW}), "/signals/1/type"),
    ];
    for (bad, pointer) in bad {
        let received = run(&batch(json!([signal(1), bad, signal(3)]))).expect("taken");
        let found: Vec<_> =
            received.rejected.iter().map(|one| &one.problem).map(|one| (one.index, one.pointer.as_str())).collect();
        assert_eq!(found, [(1, pointer)], "{bad}: {:?}", received.rejected);
        assert_eq!(received.signals.len(), 2);
    }
}

#[test]
fn an_engagement_keeps_its_visible_time_and_counts_from_half_a_minute_on() {
    let engagement = |number, ms| with(with(signal(number), "type", json!("engagement")), "props", json!({ "ms": ms }));
    let received = run(&batch(json!([engagement(1, 29_999), engagement(2, 30_000)]))).expect("taken");
    let kept: Vec<_> = received.signals.iter().map(|one| (one.detail.read().visible_ms, one.strength > 0.0)).collect();
    assert_eq!(kept, [(Some(29_999), false), (Some(30_000), true)]);
}

#[test]
fn only_origins_of_the_site_may_send() {
    let body = batch(json!([signal(1)])).to_string();
    let own = ["https://knock.acme.test".to_owned()];
    let cases = [
        (Some("https://acme.test"), true),
        (Some("https://ACME.test:443"), true),
        (Some("https://shop.acme.test:8443"), true),
        (Some("https://knock.acme.test"), true),
        (Some("http://acme.test"), false),
        (Some("https://evil-acme.test"), false),
        (Some("https://acme.test.evil.example"), false),
        (Some("https://shop.acme.test"), false),
        (Some("https://acme.test/path"), false),
        (Some("http://127.0.0.1:3000"), false),
        (Some("null"), false),
        (Some(""), false),
        (None, false),
    ];
    for (origin, allowed) in cases {
        let request = Request { origin, ..request(body.as_bytes(), &own) };
        assert_eq!(receive(&request, |_| Some(site())).is_ok(), allowed, "{origin:?}");
    }
    let keyed = Request { origin: None, has_ingest_key: true, ..request(body.as_bytes(), &[]) };
    assert!(receive(&keyed, |_| Some(site())).is_ok());
    let demo = || Some(Site { demo: true, ..site() });
    for (origin, allowed) in
        [("http://127.0.0.1:3000", true), ("http://localhost:1", true), ("http://evil.test", false)]
    {
        let request = Request { origin: Some(origin), ..request(body.as_bytes(), &[]) };
        assert_eq!(receive(&request, |_| demo()).is_ok(), allowed, "{origin}");
    }
}

#[test]
fn an_unknown_site_key_is_refused() {
    let body = with(batch(json!([])), "site", json!("k2"));
    assert!(matches!(run(&body), Err(Refusal::Forbidden(field)) if field.pointer == "/site"));
}

#[test]
fn a_removed_site_is_refused_for_any_sender() {
    let body = batch(json!([signal(1)])).to_string();
    let removed = || Some(Site { removed_at: Some(Millis(NOW)), ..site() });
    for (origin, has_ingest_key) in
        [(Some("https://acme.test"), false), (Some("https://evil.test"), false), (None, true)]
    {
        let request = Request { origin, has_ingest_key, ..request(body.as_bytes(), &[]) };
        let refusal = receive(&request, |_| removed()).expect_err("refused");
        assert!(matches!(refusal, Refusal::Removed(field) if field.pointer == "/site"), "{origin:?}");
    }
}

#[test]
fn crawlers_and_prefetches_are_left_out() {
    let body = batch(json!([signal(1), signal(2)])).to_string();
    let agents = [
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "", 2),
        ("Mozilla/5.0 HeadlessChrome/156.0", "", 2),
        ("Mozilla/5.0 Chrome/156.0", "prefetch;prerender", 2),
        ("Mozilla/5.0 (Linux; CUBOT NOTE) Chrome/156.0 Mobile", "", 0),
        ("curl/8.0", "", 0),
        ("", "", 0),
    ];
    for (user_agent, purpose, filtered) in agents {
        let request = Request { user_agent, purpose, ..request(body.as_bytes(), &[]) };
        assert_eq!(receive(&request, |_| Some(site())).map(|received| received.filtered), Ok(filtered), "{user_agent}");
    }
}

#[test]
fn a_browser_that_says_it_is_steered_is_left_out_but_on_this_machine() {
    let cases = [
        (json!("webdriver"), "https://acme.test", 1),
        (json!("webdriver"), "http://127.0.0.1:3000", 0),
        (json!(""), "https://acme.test", 0),
        (json!(null), "https://acme.test", 0),
    ];
    for (automation, origin, filtered) in cases {
        let body = with(batch(json!([signal(1)])), "automation", automation.clone()).to_string();
        let request = Request { origin: Some(origin), ..request(body.as_bytes(), &[]) };
        let received = receive(&request, |_| Some(Site { demo: true, ..site() })).expect("taken");
        assert_eq!((received.filtered, received.unknown_fields), (filtered, 0), "{automation} {origin}");
    }
}

#[test]
fn a_browser_that_refuses_to_be_tracked_is_left_out_unless_the_snippet_ignores_that() {
    let cases = [
        ("1", "", json!(null), Some(LeftOut::GlobalPrivacyControl)),
        ("", "1", json!(false), Some(LeftOut::DoNotTrack)),
        ("1", "1", json!(null), Some(LeftOut::GlobalPrivacyControl)),
        ("", "1", json!(true), None),
        ("1", "", json!(true), None),
        ("0", "0", json!(null), None),
        ("", "", json!(true), None),
    ];
    for (gpc, dnt, ignore_dnt, expected) in cases {
        let body = with(batch(json!([signal(1)])), "ignore_dnt", ignore_dnt.clone()).to_string();
        let request = Request { gpc, dnt, ..request(body.as_bytes(), &[]) };
        let received = receive(&request, |_| Some(site())).expect("taken");
        assert_eq!(received.left_out, expected, "{gpc} {dnt} {ignore_dnt}");
        assert_eq!((received.filtered, received.unknown_fields), (u32::from(expected.is_some()), 0));
    }
    assert!(run(&with(batch(json!([signal(1)])), "ignore_dnt", json!("yes"))).is_err());
}

#[test]
fn a_page_tells_what_it_could_not_do() {
    let body = with(with(batch(json!([signal(1)])), "errors", json!(2)), "lost", json!(3));
    let received = run(&body).expect("taken");
    assert_eq!((received.errors, received.lost, received.unknown_fields), (2, 3, 0));
    let received = run(&batch(json!([]))).expect("taken");
    assert_eq!((received.errors, received.lost), (0, 0));
}

#[test]
fn unknown_fields_are_counted_and_change_nothing() {
    let body = with(batch(json!([with(signal(1), "colour", json!("red"))])), "extra", json!({"a": [1]}));
    let received = run(&body).expect("taken");
    assert_eq!((received.unknown_fields, received.signals.len()), (2, 1));
}

#[test]
fn the_base_path_of_the_site_is_taken_off() {
    let body = batch(json!([with(signal(1), "url", json!("https://acme.test/demo/docs"))]));
    let bases = [
        ("", json!(null), Category::Demo),
        ("/demo", json!(null), Category::Docs),
        ("", json!("/demo"), Category::Docs),
    ];
    for (base, sent, category) in bases {
        let body = with(body.clone(), "base", sent).to_string();
        let site = || Some(Site { base: base.into(), ..site() });
        let received = receive(&request(body.as_bytes(), &[]), |_| site()).expect("taken");
        assert_eq!(received.signals[0].category, category);
    }
}

proptest! {
    #[test]
    fn no_body_whatever_makes_it_panic(body in proptest::collection::vec(any::<u8>(), 0..400)) {
        drop(receive(&request(&body, &[]), |_| Some(site())));
    }

    #[test]
    fn every_signal_has_exactly_one_outcome(kinds in proptest::collection::vec("[a-z_]{0,12}|page_view|click", 0..20)) {
        let signals: Vec<Value> = kinds.iter().map(|kind| with(signal(1), "type", json!(kind))).collect();
        let received = run(&batch(json!(signals))).expect("taken");
        prop_assert_eq!(received.signals.len() + received.rejected.len(), kinds.len());
    }
}
