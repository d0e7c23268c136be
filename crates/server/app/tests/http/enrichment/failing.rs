//! A provider that is slow, down, or responds with nonsense costs a lead at most 800 ms, and no decision.

use super::{KEY, NETWORKS, Office, SETTINGS, draft, provider, says};
use crate::meetings::Office as Meetings;
use crate::support::Knock;
use knock_testing::{Answer, Receiver, eventually, stopwatch};
use serde_json::json;
use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::time::Duration;

/// 800 ms, and the time for the rest on a busy machine; a request itself may take 10 s.
const SOON: Duration = Duration::from_secs(5);

#[test]
fn a_lead_waits_a_moment_for_a_provider_that_never_answers() {
    let (office, provider) = (Office::open(), Receiver::start(|_, _| Answer::Silence));
    office.set_up(&provider, &json!({}));
    let chat = office.site.visitor(1).opens_chat(&office.knock);
    let begun = stopwatch();
    assert_eq!(chat.write(&office.knock, 1, "I am ann@acme.example and need a quote").code, 201);
    let took = begun.elapsed();
    assert!((Duration::from_millis(700)..SOON).contains(&took), "{took:?}");
    assert_eq!(office.segment(&chat), "Fallback Segment");
    // Later leads do not wait: the provider is paused after a timeout.
    assert!(office.problem().contains("did not answer in time"));
    let begun = stopwatch();
    let chat = office.writes(2, "I am bo@hollis.example and need a quote");
    assert!(begun.elapsed() < SOON);
    assert_eq!((office.segment(&chat).as_str(), provider.all().len()), ("Fallback Segment", 1));
}

#[test]
fn an_answer_that_comes_too_late_is_kept_and_counts_from_then_on() {
    let (release, gate) = channel::<()>();
    let gate = Mutex::new(gate);
    let provider = Receiver::start(move |_, _| {
        let _ = gate.lock().expect("one at a time").recv();
        says(250)
    });
    let office = Office::open();
    let fields = json!([{"field": "company.employees", "pointer": "/company/employees"}]);
    office.set_up(&provider, &json!({"url": provider.url("/{domain}"), "fields": fields}));
    let begun = stopwatch();
    let chat = office.writes(1, "I am ann@acme.example and need a quote");
    assert!(begun.elapsed() < SOON);
    assert_eq!(office.segment(&chat), "Fallback Segment");
    assert!(!office.contact("ann@acme.example")["enrichment"].is_array());
    drop(release);
    office.enriched("ann@acme.example");
    assert_eq!(office.segment(&office.writes(2, "I am bo@acme.example, a colleague")), "Large");
    assert_eq!(provider.all().len(), 1);
}

#[test]
fn an_erased_person_is_not_brought_back_by_a_late_answer() {
    let (release, gate) = channel::<()>();
    let gate = Mutex::new(gate);
    let provider = Receiver::start(move |heard, _| {
        if heard.path.contains("acme") {
            let _ = gate.lock().expect("one at a time").recv();
        }
        says(250)
    });
    let office = Office::open();
    office.set_up(&provider, &json!({}));
    office.writes(1, "I am ann@acme.example and need a quote");
    assert_eq!(office.ask("POST", "/api/v1/persons/erase", &json!({"email": "ann@acme.example"})).code, 200);
    drop(release);
    provider.count(1);
    // Data requested after the erasure is stored.
    office.writes(2, "I am bo@hollis.example");
    office.enriched("bo@hollis.example");
    let sources = office.knock.select("SELECT source FROM person_enrichments");
    assert_eq!(sources.len(), 1, "of Bo alone");
}

#[test]
fn a_visitor_who_books_waits_no_longer() {
    let meetings = Meetings::of(Knock::start_with(&NETWORKS));
    let provider = Receiver::start(|_, _| Answer::Silence);
    let draft = draft(&provider.url("/find/{email}"));
    assert_eq!(meetings.admin.ask(&meetings.knock, "PUT", SETTINGS, &draft).code, 200);
    let admin = meetings.admin.id_of(&meetings.knock, "admin@localhost");
    meetings.offers("single", &[admin]);
    assert_eq!(meetings.opens(1).code, 201);
    let begun = stopwatch();
    let said = meetings.gives(1, "ann@acme.example");
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    assert_eq!((said.code, &said.body["verdict"]), (200, &json!("ok")), "{}", said.body);
    provider.count(1);
}

#[test]
fn a_problem_is_shown_until_it_is_fixed_and_no_decision_is_lost() {
    let office = Office::open();
    let answers = [Answer::Full(200, Vec::new(), b"<html>".to_vec()), Answer::Code(401), Answer::Code(503)];
    for (visitor, (answer, problem)) in (1..).zip(answers.into_iter().zip(["is no JSON", "the key", "503"])) {
        let provider = Receiver::start(move |_, _| answer.clone());
        office.set_up(&provider, &json!({}));
        let chat = office.writes(visitor, &format!("I am ann@{visitor}.example and need a quote"));
        assert_eq!(office.segment(&chat), "Fallback Segment");
        assert!(office.problem().contains(problem), "{problem}");
    }
    let gone = provider(1);
    let url = gone.url("/{email}");
    drop(gone);
    assert_eq!(office.ask("PUT", SETTINGS, &draft(&url)).code, 200);
    assert_eq!(office.segment(&office.writes(8, "I am ann@eight.example")), "Fallback Segment");
    assert!(office.problem().contains("could not be reached"));
    let good = provider(250);
    office.set_up(&good, &json!({}));
    assert_eq!(office.segment(&office.writes(9, "I am ann@nine.example")), "Large");
    let settings = office.knock.get(SETTINGS, &office.key).body;
    assert_eq!((&settings["problem"], &settings["problem_since"]), (&json!(""), &json!(null)), "{settings}");
}

#[test]
fn a_provider_that_wants_a_pause_has_it() {
    let provider = Receiver::start(|_, before| match before {
        0 => Answer::With(429, "retry-after", "600".to_owned()),
        _ => says(250),
    });
    let office = Office::open();
    office.set_up(&provider, &json!({}));
    office.writes(1, "I am ann@acme.example");
    assert!(office.problem().contains("no more requests"));
    office.knock.set_clock(&json!({"advance_ms": 500_000}));
    assert_eq!(office.segment(&office.writes(2, "I am bo@acme.example")), "Fallback Segment");
    assert_eq!(provider.all().len(), 1);
    office.knock.set_clock(&json!({"advance_ms": 120_000}));
    assert_eq!(office.segment(&office.writes(3, "I am cat@acme.example")), "Large");
    eventually("it is well again", || office.knock.get(SETTINGS, &office.key).body["problem"] == "");
}

#[test]
fn the_key_is_in_no_log_however_loud_and_in_no_answer() {
    let settings = [&NETWORKS[..], &[("KNOCK_LOG_FORMAT", "json"), ("KNOCK_LOG", "trace")]].concat();
    let office = Office::of(Knock::start_with(&settings));
    let answers =
        |number: usize| [says(250), Answer::Code(401), Answer::Full(200, Vec::new(), KEY.into())][number % 3].clone();
    let provider = Receiver::start(move |_, before| answers(before));
    office.set_up(&provider, &json!({}));
    let test = format!("{SETTINGS}/test");
    let mut shown = vec![office.knock.get(SETTINGS, &office.key).body.to_string()];
    for _ in 0..3 {
        shown.push(office.ask("POST", &test, &json!({"email": "ann@acme.example"})).body.to_string());
        shown.push(office.knock.get(SETTINGS, &office.key).body.to_string());
    }
    office.writes(1, "I am ann@acme.example");
    provider.count(4);
    let change = json!({"secret": "ibis-basalt-77", "header": "X-Other"});
    office.set_up(&provider, &change);
    shown.push(office.knock.get("/api/v1/audit?limit=200", &office.key).body.to_string());
    shown.extend(office.knock.select("SELECT value FROM settings"));
    let mut knock = office.knock;
    knock.ask_to_stop();
    knock.ended();
    shown.push(knock.said());
    for (text, key) in shown.iter().flat_map(|text| [(text, KEY), (text, "ibis-basalt-77")]) {
        let line = text.lines().find(|line| line.contains(key));
        assert_eq!(line, None);
    }
}
