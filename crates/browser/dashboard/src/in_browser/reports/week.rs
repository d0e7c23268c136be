//! The hours of a week as a map, and the picture of a chart.

use wasm_bindgen_test::wasm_bindgen_test;

use super::super::settle;
use super::{RESPONSE, asked, ok, page, press, server};
use crate::api::{Call, Reply};
use crate::sample;

const BY_HOUR: &str = "/app/reports/response?period=7&tz=Europe%2FBerlin&group=week_hour";

fn by_hour(call: &Call) -> Reply {
    let path = call.path.as_str();
    let is_report = path.starts_with("/api/v1/reports/") && !path.contains("/items?");
    if is_report { ok(&sample::report_by_hour()) } else { server(call) }
}

#[wasm_bindgen_test]
async fn the_hours_of_a_week_are_a_map_whose_cells_open_their_lists() {
    let stage = page(BY_HOUR, by_hour).await;
    assert_eq!((stage.all(".report-heat tbody tr").len(), stage.all(".report-heat tbody td").len()), (7, 168));
    assert_eq!(stage.all(".report-heat td[class^=heat-]").len(), 1);
    assert_eq!(stage.find(".report-heat td.heat-5").inner_text(), "2");
    let title = stage.find(".report-heat td.heat-5").get_attribute("title");
    assert_eq!(title.as_deref(), Some("First replies awaited, Day 3, 09:00: 2"));
    assert_eq!(stage.all(".report-heat button").len(), 1, "nothing is behind a zero");
    press(&stage, "First replies awaited, Day 3, 09:00: 2").await;
    let last = asked(&stage).pop().unwrap_or_default();
    assert!(last.ends_with("&metric=first_replies&row=3-09"), "{last}");
    stage.find("dialog button").click();
    settle().await;
    // What is at no hour and the total stand below, so that the numbers add up.
    assert!(stage.has("[aria-label='First replies awaited, (none): 1']"));
    assert!(stage.has("[aria-label='First replies awaited, Total: 3']"));
}

#[wasm_bindgen_test]
async fn the_map_shows_the_chosen_figure() {
    let stage = page(&format!("{BY_HOUR}&metric=first_reply_median"), by_hour).await;
    assert_eq!(stage.find(".report-heat td.heat-5").inner_text(), "3m");
    assert!(stage.find(".report-heat tbody td").inner_text().contains("no data"));
    stage.find(".report-figures > li:nth-child(3) button").click();
    settle().await;
    assert_eq!(stage.find(".report-heat td.heat-5").inner_text(), "100%");
    assert_eq!(asked(&stage).len(), 1, "it is drawn from the same report");
}

#[wasm_bindgen_test]
async fn the_picture_of_a_chart_has_its_file_and_its_words() {
    let stage = page(&format!("{RESPONSE}&source=google"), server).await;
    let saver = stage.find("[data-file]");
    let file = saver.get_attribute("data-file");
    assert_eq!(file.as_deref(), Some("response-first_replies-2026-11-18-2026-11-20.png"));
    let words = saver.get_attribute("data-words").unwrap_or_default();
    assert!(words.starts_with("First replies awaited\n2026-11-18 to 2026-11-20 in Europe/Berlin"), "{words}");
    assert!(words.ends_with("\nShown only: Source google"), "{words}");
}
