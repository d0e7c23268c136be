//! The score over time, and the backtest.

use knock_model::LeadId;
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, settle};
use crate::api::Reply;
use crate::pages::backtest::BacktestPage;
use crate::parts::record::score_course::ScoreOverTime;
use crate::sample;

fn reply(body: &impl serde::Serialize) -> Reply {
    Reply { status_code: 200, body: serde_json::to_string(body).expect("JSON") }
}

#[wasm_bindgen_test]
async fn without_the_library_the_table_has_the_score_over_time() {
    let id = LeadId::new([4; 16]);
    let follow = RwSignal::new((40.0, 3));
    let stage = Stage::show(reply(&sample::course()), move || view! { <ScoreOverTime id at=None follow /> });
    // The chart's script is missing on the page of these tests.
    while !stage.has(".note") {
        settle().await;
    }
    assert!(stage.text().contains("The chart could not be loaded"), "{}", stage.text());
    assert!(!stage.has("table"));
    stage.find("button").click();
    settle().await;
    assert!(stage.find("tbody tr:nth-child(3)").inner_text().contains("Form submit, Demo/Contact sales, /contact"));
    assert_eq!(stage.find("button").get_attribute("aria-expanded").as_deref(), Some("true"));

    // It is loaded again when the score of the record changes.
    assert_eq!(stage.calls().len(), 1);
    follow.set((41.0, 4));
    settle().await;
    let paths: Vec<String> = stage.calls().into_iter().map(|call| call.path).collect();
    assert_eq!(paths, [format!("/api/v1/contacts/{id}/score?days=90"), format!("/api/v1/contacts/{id}/score?days=90")]);
}

#[wasm_bindgen_test]
async fn a_back_test_has_rates_where_there_is_enough() {
    let stage = Stage::show(reply(&sample::backtest()), || view! { <BacktestPage /> });
    settle().await;
    let line = |number: usize| stage.find(&format!("[aria-label='By intent score'] tbody tr:nth-child({number})"));
    assert!(line(1).inner_text().contains("47.2% to 52.8%"), "{}", line(1).inner_text());
    assert!(line(3).inner_text().contains("too few"));
    assert!(stage.text().contains("not fitted to these outcomes"));
    assert_eq!(stage.calls()[0].path, "/api/v1/backtest?days=365");
}
