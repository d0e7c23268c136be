//! Charts over time: a library that is loaded by the first page that shows one.

use knock_model::Millis;
use leptos::web_sys::HtmlElement;
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/chart.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = draw)]
    async fn draw_json(host: &HtmlElement, picture: &str) -> Result<JsValue, JsValue>;
    /// Removes the chart of an element.
    pub(crate) fn erase(host: &HtmlElement);
}

/// The data of a chart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Picture {
    /// Instants in seconds since 1970, ascending.
    pub(crate) times: Vec<f64>,
    /// The lines, each with a value at each instant.
    pub(crate) series: Vec<Series>,
    /// What follows a value, such as `%`; empty for none.
    pub(crate) unit: &'static str,
    /// Digits after the point of a value.
    pub(crate) digits: u8,
    /// The upper end of the axis; none is what the values need.
    pub(crate) top: Option<f64>,
    pub(crate) marks: Vec<Mark>,
    pub(crate) lines: Vec<Threshold>,
}

/// A line of a chart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Series {
    pub(crate) label: String,
    /// The values; none is a gap.
    pub(crate) values: Vec<Option<f64>>,
}

/// An event on the first line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Mark {
    /// The instant, in seconds since 1970.
    pub(crate) at: f64,
    /// The value after it.
    pub(crate) value: f64,
    pub(crate) text: String,
}

/// A value with a name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Threshold {
    pub(crate) value: f64,
    pub(crate) text: String,
}

/// The table that has the same as a chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ChartTable {
    /// The columns after the instant: the label, and whether they hold numbers.
    pub(crate) columns: Vec<(String, bool)>,
    /// The rows, in their order: the instant, and a text for each column.
    pub(crate) rows: Vec<(Millis, Vec<String>)>,
    /// The instants of the rows in words; one without words is written exactly, in the reader's time.
    pub(crate) whens: Vec<String>,
}

/// Draws a chart in an element; `false` if the library could not be loaded.
pub(crate) async fn draw(host: HtmlElement, picture: Picture) -> bool {
    let Ok(json) = serde_json::to_string(&picture) else { return false };
    draw_json(&host, &json).await.is_ok()
}
