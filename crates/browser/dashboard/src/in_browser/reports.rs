//! Reports: what the address asks, figures, rows, and the leads behind a number.

mod goals;
mod week;

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Event, HtmlSelectElement};
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, nothing, settle};
use crate::api::{Call, Reply};
use crate::kit::browser;
use crate::pages::reports::ReportsPage;
use crate::sample;

const RESPONSE: &str = "/app/reports/response?period=7&tz=Europe%2FBerlin";

fn ok(body: &impl serde::Serialize) -> Reply {
    Reply { status_code: 200, body: serde_json::to_string(body).expect("it has a JSON form") }
}

fn server(call: &Call) -> Reply {
    match call.path.as_str() {
        "/api/v1/reports" => ok(&sample::report_list()),
        path if path.contains("/items?") => ok(&sample::report_items()),
        path if path.starts_with("/api/v1/reports/") => ok(&sample::report()),
        _ => nothing(),
    }
}

/// The page at an address, once it has its report.
async fn page(address: &str, answer: impl Fn(&Call) -> Reply + Send + Sync + 'static) -> Stage {
    page_after(|| (), address, answer).await
}

/// The same after something else was done in the app.
async fn page_after(
    first: impl FnOnce() + 'static,
    address: &str,
    answer: impl Fn(&Call) -> Reply + Send + Sync + 'static,
) -> Stage {
    let history = window().history().expect("the page has a history");
    history.replace_state_with_url(&JsValue::NULL, "", Some(address)).expect("the address is of this origin");
    let stage = Stage::answering(answer, move || {
        first();
        view! {
            <Router>
                <Routes fallback=|| ()>
                    <Route path=path!("/app/reports/*page") view=ReportsPage />
                </Routes>
            </Router>
        }
    });
    settle().await;
    stage
}

/// The requests for reports and for what is behind their numbers.
fn asked(stage: &Stage) -> Vec<String> {
    let paths = stage.calls().into_iter().map(|call| call.path);
    paths.filter(|path| path.starts_with("/api/v1/reports/")).collect()
}

async fn choose(stage: &Stage, name: &str, value: &str) {
    let select: HtmlSelectElement = stage.find(&format!("#report-{name}")).unchecked_into();
    select.set_value(value);
    select.dispatch_event(&Event::new("change").expect("an event can be made")).expect("it is dispatched");
    settle().await;
}

async fn press(stage: &Stage, label: &str) {
    stage.find(&format!("[aria-label='{label}']")).click();
    settle().await;
}

#[wasm_bindgen_test]
async fn a_report_has_its_figures_with_their_change_and_its_rows() {
    let stage = page(RESPONSE, server).await;
    assert!(asked(&stage)[0].starts_with("/api/v1/reports/response?from="), "{:?}", asked(&stage));
    assert!(asked(&stage)[0].ends_with("&tz=Europe%2FBerlin"), "{:?}", asked(&stage));
    assert_eq!(stage.find("h1").inner_text(), "Response");
    assert_eq!(stage.find("nav [aria-current=page]").inner_text(), "Response");
    let figures: Vec<String> = stage.all(".report-figures > li").iter().map(|card| card.inner_text()).collect();
    for (card, words) in [
        (0, "1 (50%) more than in the period before"),
        (1, "3 min 12 s"),
        (1, "1 min 12 s longer than in the period before: worse"),
        (2, "no data in the period before"),
    ] {
        assert!(figures[card].contains(words), "{words} in {figures:?}");
    }
    assert_eq!(stage.find(".report-figures > li:nth-child(3) data").get_attribute("value").as_deref(), Some("66.67"));
    assert!(stage.has("table[aria-label='Response by Source']"));
    assert_eq!(stage.all(".report-rows tbody tr").len(), 3);
    assert!(stage.find(".report-rows tbody tr:nth-child(2)").inner_text().contains("no data"));
    assert!(
        stage.text().contains("2026-11-18 to 2026-11-20 in Europe/Berlin, compared with 2026-11-15 to 2026-11-17.")
    );
}

#[wasm_bindgen_test]
async fn a_number_opens_as_many_leads_as_it_counts() {
    let stage = page(RESPONSE, server).await;
    assert!(!stage.has("[aria-label='First replies awaited, (none): 0']"), "nothing is behind a zero");
    press(&stage, "First replies awaited, google: 3").await;
    assert!(asked(&stage)[1].ends_with("&metric=first_replies&row=google"), "{:?}", asked(&stage));
    assert_eq!(stage.find("dialog h2").inner_text(), "First replies awaited, google");
    assert_eq!(stage.all("dialog li").len(), 3);
    let first = stage.find("dialog li").inner_text();
    assert!(first.contains("Ann Lee") && first.contains("3 min 12 s, Bo Lind"), "{first}");
    let lead = sample::report_items().items[0].lead;
    assert_eq!(stage.find("dialog li a").get_attribute("href"), Some(format!("/app/contacts/{lead}")));
    stage.find("dialog button").click();
    settle().await;
    assert!(!stage.has("dialog"));
    press(&stage, "First replies awaited, Total: 3").await;
    assert!(asked(&stage)[2].ends_with("&metric=first_replies"), "{:?}", asked(&stage));
    assert_eq!(stage.find("dialog h2").inner_text(), "First replies awaited, Total");
}

#[wasm_bindgen_test]
async fn what_is_asked_stands_in_the_address() {
    let stage = page(RESPONSE, server).await;
    choose(&stage, "group", "day").await;
    assert!(browser::address().ends_with("&group=day"), "{}", browser::address());
    assert!(asked(&stage)[1].ends_with("&group=day"), "{:?}", asked(&stage));
    choose(&stage, "anchor", "answered").await;
    choose(&stage, "calendar", "team").await;
    assert!(asked(&stage)[3].ends_with("&group=day&anchor=answered&calendar=team"), "{:?}", asked(&stage));
    let file = stage.find("a[download='response.csv']").get_attribute("href").unwrap_or_default();
    assert_eq!(file, asked(&stage)[3].replace("/response?", "/response.csv?"));

    choose(&stage, "period", "own").await;
    assert_eq!(stage.all("input[type=date]").len(), 2);
    assert!(browser::address().contains("?from=20"), "{}", browser::address());
    assert_eq!(asked(&stage).len(), 4, "the days are the same");
    // Another report has another group.
    let other = stage.find("nav a").get_attribute("href").unwrap_or_default();
    assert!(other.starts_with("/app/reports/overview?from=20") && !other.contains("group"), "{other}");
}

#[wasm_bindgen_test]
async fn a_row_can_be_shown_alone_and_is_a_filter_then() {
    let stage = page(RESPONSE, server).await;
    assert!(!stage.has("[aria-label='Only (none)']"));
    press(&stage, "Only google").await;
    assert!(browser::address().ends_with("&source=google"), "{}", browser::address());
    assert_eq!(stage.find(".chip bdi").inner_text(), "Source google");
    assert!(asked(&stage)[1].ends_with("&source=google"), "{:?}", asked(&stage));
    assert!(!stage.has("[aria-label='Only google']"));
    press(&stage, "Remove: Source google").await;
    assert!(!stage.has(".chip") && !browser::address().contains("source"), "{}", browser::address());
}

#[wasm_bindgen_test]
async fn a_figure_is_chosen_for_the_chart_without_another_request() {
    let stage = page(RESPONSE, server).await;
    assert_eq!(stage.find("#report-over-time").inner_text(), "First replies awaited");
    stage.find(".report-figures > li:nth-child(2) button").click();
    settle().await;
    assert_eq!(stage.find("#report-over-time").inner_text(), "First reply, median");
    assert!(stage.has(".report-figures > li:nth-child(2) [aria-pressed=true]"));
    assert!(browser::address().ends_with("&metric=first_reply_median"), "{}", browser::address());
    assert_eq!(asked(&stage).len(), 1);
    assert!(
        stage.find(".chart").get_attribute("aria-label").is_some_and(|label| label.contains("First reply, median"))
    );
}

#[wasm_bindgen_test]
async fn without_a_name_the_first_report_opens_and_a_refusal_is_shown() {
    let stage = page("/app/reports", server).await;
    assert_eq!(browser::address(), "/app/reports/overview");
    assert!(asked(&stage)[0].starts_with("/api/v1/reports/overview?"), "{:?}", asked(&stage));
    drop(stage);
    let refused = |call: &Call| match call.path.as_str() {
        "/api/v1/reports" => ok(&sample::report_list()),
        _ => {
            let body = r#"{"type":"x","title":"group is none of this report","status":400}"#.to_owned();
            Reply { status_code: 400, body }
        }
    };
    let stage = page("/app/reports/response?group=nothing", refused).await;
    assert!(stage.find("[role=alert]").inner_text().contains("group is none of this report"), "{}", stage.text());
    assert!(stage.has(".report-tools select"), "another question can be asked");
}
