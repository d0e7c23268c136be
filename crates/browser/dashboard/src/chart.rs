//! The chart of the score: a library that is loaded by the first page that shows one.

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
    /// The score at each instant.
    pub(crate) scores: Vec<f64>,
    /// Signals that changed the score.
    pub(crate) marks: Vec<Mark>,
    /// The lower limits of the buckets.
    pub(crate) lines: Vec<Threshold>,
}

/// A change of the score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Mark {
    /// The instant, in seconds since 1970.
    pub(crate) at: f64,
    /// The score after it.
    pub(crate) score: f64,
    pub(crate) text: String,
}

/// The lower limit of a bucket.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Threshold {
    pub(crate) score: f64,
    /// The bucket.
    pub(crate) text: String,
}

/// Draws a chart in an element; `false` if the library could not be loaded.
pub(crate) async fn draw(host: HtmlElement, picture: Picture) -> bool {
    let Ok(json) = serde_json::to_string(&picture) else { return false };
    draw_json(&host, &json).await.is_ok()
}
