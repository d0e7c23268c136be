//! Tests of the transitions by responses.

use knock_wire::FieldError;
use wasm_bindgen_test::wasm_bindgen_test;

use super::*;

fn day(text: &str) -> Day {
    Day::parse(text).expect("it is a day")
}

fn slot(start: &str, local: &str) -> MeetingSlot {
    MeetingSlot { start: start.to_owned(), end: String::new(), local: local.to_owned() }
}

fn list(verdict: &str, slots: Vec<MeetingSlot>, next: Option<&str>) -> SlotList {
    SlotList {
        verdict: verdict.to_owned(),
        reason: None,
        duration_min: 30,
        with: Vec::new(),
        tz: "America/New_York".to_owned(),
        slots,
        next: next.map(str::to_owned),
        is_unreachable: false,
    }
}

fn started(email: Option<&str>) -> BookingStarted {
    BookingStarted {
        title: String::new(),
        greeting: String::new(),
        duration_min: 30,
        is_mailed: false,
        email: email.map(str::to_owned),
        name: String::new(),
        questions: Vec::new(),
    }
}

fn in_month(month: &str) -> State {
    State { month: Month::parse(month), ..State::default() }
}

#[wasm_bindgen_test]
fn each_verdict_has_words_of_its_own() {
    for (verdict, reason, step, refusal) in [
        ("ok", None, Step::Slots, ""),
        ("spam", Some("Spam"), Step::Refused, "refused.spam"),
        ("unqualified", Some("private email"), Step::Refused, "refused.private"),
        ("unqualified", Some("routing"), Step::Refused, "refused.routing"),
        ("unbookable", Some("no_calendar"), Step::Refused, "refused.unbookable"),
        ("of a newer server", None, Step::Refused, "refused.unbookable"),
    ] {
        let mut state = State::default();
        let (verdict, reason) = (verdict.to_owned(), reason.map(str::to_owned));
        state.judged(BookingVerdict { verdict, reason, duration_min: 30, with: Vec::new() });
        assert_eq!((state.step, if step == Step::Slots { "" } else { state.refusal }), (step, refusal));
    }
}

#[wasm_bindgen_test]
fn a_form_says_what_is_missing_where() {
    let question = |id: &str, kind: &str, required| Question {
        id: id.to_owned(),
        label: String::new(),
        kind: kind.to_owned(),
        options: Vec::new(),
        required,
    };
    let mut state = State::default();
    let questions = vec![question("size", "number", true), question("why", "text", false)];
    state.open(BookingStarted { questions, ..started(None) });
    state.email = "ana@acme".to_owned();
    assert!(!state.check_form());
    let wrong = |state: &State| state.wrong.iter().map(|(field, ..)| field.clone()).collect::<Vec<_>>();
    assert_eq!(wrong(&state), ["email", "size"]);
    state.email = " ana@acme.test ".to_owned();
    state.take_answer("size", "many".to_owned());
    assert!(!state.check_form());
    assert_eq!(wrong(&state), ["size"]);
    state.take_answer("size", "-12.5".to_owned());
    assert!(state.check_form());
}

#[wasm_bindgen_test]
fn a_month_has_its_own_slots_and_the_first_day_with_one_is_shown() {
    let mut state = in_month("2026-11");
    let before = slot("2026-11-01T02:00:00Z", "2026-10-31T22:00:00-04:00");
    let inside = slot("2026-11-02T14:00:00Z", "2026-11-02T09:00:00-05:00");
    let after = slot("2026-12-01T14:00:00Z", "2026-12-01T09:00:00-05:00");
    assert!(!state.listed(list("ok", vec![before, inside, after], None), true));
    assert_eq!(state.slots.as_ref().map(Vec::len), Some(1));
    assert_eq!((state.day, state.times(day("2026-11-02")).len()), (Some(day("2026-11-02")), 1));
    assert_eq!(state.next.map(|next| next.day), Some(day("2026-12-01")));
}

#[wasm_bindgen_test]
fn an_empty_month_leads_to_the_first_with_a_slot_only_at_the_start() {
    let next = Some("2027-01-05T09:00:00-05:00");
    let mut state = in_month("2026-11");
    assert!(state.listed(list("ok", Vec::new(), next), true));
    assert_eq!(state.month, Month::parse("2027-01"));
    let mut state = in_month("2026-11");
    assert!(!state.listed(list("ok", Vec::new(), next), false));
    assert_eq!((state.month, state.slots), (Month::parse("2026-11"), Some(Vec::new())));
}

#[wasm_bindgen_test]
fn a_taken_slot_leads_back_to_free_ones() {
    let mut state = State { step: Step::Confirm, held_until: Some(Millis(1)), ..in_month("2026-11") };
    state.failed(Failure::Taken(vec![slot("2026-12-03T14:00:00Z", "2026-12-03T09:00:00-05:00")]));
    assert_eq!((state.step, state.is_taken, state.held_until), (Step::Slots, true, None));
    assert_eq!((state.day, state.month), (Some(day("2026-12-03")), Month::parse("2026-12")));
    assert_eq!(state.trouble, None);
}

#[wasm_bindgen_test]
fn what_the_server_refuses_is_said_at_its_field() {
    let refused = |pointer: &str| {
        let errors = vec![FieldError { pointer: pointer.to_owned(), reason: "r".to_owned() }];
        let mut state = State { step: Step::Slots, ..State::default() };
        state.failed(Failure::Refused(Problem { title: "T".to_owned(), errors, ..Problem::default() }));
        (state.step, state.wrong.first().map(|(field, ..)| field.clone()), state.trouble.map(|(key, _)| key))
    };
    assert_eq!(refused("/email"), (Step::Email, Some("email".to_owned()), None));
    assert_eq!(refused("/answers/size"), (Step::Email, Some("size".to_owned()), None));
    assert_eq!(refused("/name"), (Step::Confirm, Some("name".to_owned()), None));
    assert_eq!(refused("/start"), (Step::Slots, None, Some("trouble.refused")));
}

#[wasm_bindgen_test]
fn another_address_that_is_probably_meant_is_asked_about_also_where_the_address_was_known() {
    let mut state = State::default();
    state.open(started(Some("joe@gmial.com")));
    assert!(state.is_known() && state.meant().is_none());
    let errors = vec![FieldError { pointer: "/email".to_owned(), reason: "r".to_owned() }];
    let suggestion = "joe@gmail.com".to_owned();
    state.failed(Failure::Refused(Problem { errors, suggestion, ..Problem::default() }));
    assert_eq!((state.step, state.meant(), state.is_known()), (Step::Email, Some("joe@gmail.com"), false));
    assert_eq!((state.email.as_str(), state.trouble.clone()), ("joe@gmial.com", None));
    assert!(state.check_form());
    assert_eq!(state.meant(), None, "an answered question is gone");
}

#[wasm_bindgen_test]
fn an_address_is_not_sent_before_the_line_is_agreed_to() {
    let mut state = State { email: "ann@acme.test".to_owned(), consent: "Yes".to_owned(), ..State::default() };
    assert!(!state.check_form());
    assert_eq!(state.wrong, [("consent".to_owned(), "consent.missing", String::new())]);
    state.has_agreed = true;
    assert!(state.check_form());
    state.has_agreed = false;
    state.open(started(Some("ann@acme.test")));
    assert!(state.check_form(), "a known address is not asked for");
}

#[wasm_bindgen_test]
fn a_hold_is_never_longer_than_it_can_be_whatever_the_clock_says() {
    let at = Local::parse("2026-11-23T20:00:00Z").expect("an instant").instant();
    for (skew, left) in [(0, "5:00"), (-3_600_000, "5:00"), (60_000, "4:00"), (3_600_000, "1:00")] {
        let mut state = State::default();
        state.held("2026-11-23T20:05:00Z", Millis(at + skew), Step::Confirm);
        assert_eq!(state.left(Millis(at + skew)).as_deref(), Some(left), "{skew}");
        assert_eq!(state.left(Millis(at + skew + 300_000)), None);
    }
}

#[wasm_bindgen_test]
fn a_slot_that_waits_for_a_mail_is_held_longer_and_is_no_drop_off() {
    let mut state = State::default();
    let at = Local::parse("2026-11-23T20:00:00Z").expect("an instant").instant();
    state.held("2026-11-23T20:30:00Z", Millis(at), Step::Mailed);
    assert_eq!((state.step, state.left(Millis(at)).as_deref()), (Step::Mailed, Some("30:00")));
    assert_eq!((state.previous(), state.is_open()), (Some(Step::Slots), false));
}
