//! The page Home: first steps, and today.

use knock_model::FirstStep;
use knock_wire::{Home, HomeToday, LiveEvent};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos_router::components::Router;
use std::sync::{Arc, Mutex};
use wasm_bindgen_test::wasm_bindgen_test;

use super::team::sign_in;
use super::{Stage, settle};
use crate::api::{Method, Reply};
use crate::kit::reactive::handler;
use crate::pages::home::HomePage;
use crate::sample;
use crate::state::live::use_live;

/// The page with this answer of the server, which a test may replace.
pub(super) fn show(home: &Arc<Mutex<Home>>) -> Stage {
    let home = Arc::clone(home);
    Stage::answering(
        move |call| match call.method {
            Method::Get => {
                let body = serde_json::to_string(&*home.lock().expect("no panic while locked")).expect("JSON");
                Reply { status_code: 200, body }
            }
            _ => Reply { status_code: 204, body: String::new() },
        },
        || {
            sign_in("admin");
            let live = use_live();
            view! {
                <button id="miss" on:click=handler(move |_| live.tell(&LiveEvent::Missed(1)))></button>
                <Router>
                    <HomePage />
                </Router>
            }
        },
    )
}

pub(super) fn held(home: Home) -> Arc<Mutex<Home>> {
    Arc::new(Mutex::new(home))
}

#[wasm_bindgen_test]
async fn steps_show_their_proof_or_what_is_missing_and_lead_to_their_page() {
    let stage = show(&held(sample::home()));
    settle().await;
    let steps: Vec<String> = stage.all(".first-step-title").iter().map(|link| link.inner_text()).collect();
    assert_eq!(steps.len(), FirstStep::ALL.len());
    assert_eq!(steps[..2], ["Add your name and picture", "Connect your site"]);
    assert_eq!(stage.find("#step-site").get_attribute("href").as_deref(), Some("/app/install"));
    assert!(stage.find(".first-step-done").inner_text().contains("Lena Ito"));
    assert!(stage.text().contains("1 of 11 done"));
    assert!(stage.text().contains("Waiting for the first signal of brew.example"));
    for quiet in [
        "None of your chats waits, and no unassigned one.",
        "No meetings today or tomorrow.",
        "2 visitors now.",
        "Nothing is broken.",
    ] {
        assert!(stage.text().contains(quiet), "{quiet}: {}", stage.text());
    }
    assert!(!stage.has("#home-broken"));
}

#[wasm_bindgen_test]
async fn the_step_of_the_site_is_done_by_itself_once_its_signal_is_there() {
    let home = held(sample::home());
    let stage = show(&home);
    settle().await;
    {
        let mut home = home.lock().expect("no panic while locked");
        (home.steps[1].is_done, home.steps[1].at) = (true, Some(sample::AT));
    }
    stage.find("#miss").click();
    settle().await;
    assert!(stage.text().contains("brew.example: signal received"), "{}", stage.text());
    assert!(stage.text().contains("2 of 11 done"));
}

#[wasm_bindgen_test]
async fn a_step_is_put_aside_and_taken_up_again() {
    let home = held(sample::home());
    let stage = show(&home);
    settle().await;
    let place = sample::home().steps.iter().position(|step| step.step.known() == Some(&FirstStep::Slack));
    let place = place.expect("a step");
    home.lock().expect("no panic while locked").steps[place].is_put_aside = true;
    let button = stage.all(".first-step")[place].query_selector("button").expect("valid").expect("a button");
    button.unchecked_into::<leptos::web_sys::HtmlElement>().click();
    settle().await;
    let put = stage.calls().into_iter().find(|call| call.method == Method::Put).expect("it was sent");
    assert_eq!((&*put.path, put.body.as_deref()), ("/api/v1/home/steps/slack", Some(r#"{"is_put_aside":true}"#)));
    assert!(stage.find(".first-step-aside").inner_text().contains("Take it up again"));
    let focused = document().active_element().map(|element| element.id());
    assert_eq!(focused.as_deref(), Some("step-slack"));
}

#[wasm_bindgen_test]
async fn a_busy_day_leads_to_what_waits_and_to_what_is_broken() {
    let mut home = sample::home();
    home.steps.iter_mut().for_each(|step| step.is_done = true);
    home.today = sample::busy_day();
    let stage = show(&held(home));
    settle().await;
    assert!(stage.text().contains("All done") && stage.has("details .first-steps"), "the steps are folded");
    let wanted = "/app/inbox/06060606-0606-4606-8606-060606060606";
    assert!(
        stage
            .all("[aria-labelledby=home-waiting] a")
            .iter()
            .any(|link| link.get_attribute("href").as_deref() == Some(wanted))
    );
    let text = stage.text();
    for words in ["7 chats wait in all.", "Grace", "with Bo", "2 meetings changed since you looked."] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(text.contains("The webhook to hooks.example: 3 deliveries were given up, the last 2 h ago."), "{text}");
    assert!(text.contains("the server answered 500"));
    assert_eq!(stage.all("[aria-labelledby=home-broken] a").len(), 1);
    assert!(!text.contains("Nothing is broken."));
}

#[wasm_bindgen_test]
async fn what_a_note_above_the_page_says_is_not_said_twice() {
    let mut home = sample::home();
    let held_copy = knock_wire::HomeTrouble { kind: "held".to_owned(), ..Default::default() };
    home.today = HomeToday { broken: vec![held_copy], ..HomeToday::default() };
    let stage = show(&held(home));
    settle().await;
    assert!(stage.text().contains("The note above says what.") && !stage.text().contains("Nothing is broken."));
}
