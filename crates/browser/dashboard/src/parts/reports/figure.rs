//! A value of a report.

use leptos::prelude::*;

use crate::words::reports::figure::{decimals, value_words};

/// The value at a place; none where there is no data.
pub(super) fn value_at(values: &[Option<f64>], place: usize) -> Option<f64> {
    values.get(place).copied().flatten()
}

/// A value in its unit, with the number of the server for programs.
pub(super) fn figure(unit: &str, value: Option<f64>) -> AnyView {
    match value {
        Some(value) => view! { <data value=decimals(value)>{value_words(unit, value)}</data> }.into_any(),
        None => view! { <span><span aria-hidden="true">"\u{2013}"</span><span class="unseen">"no data"</span></span> }
            .into_any(),
    }
}

/// The class of a verdict; the words say it too.
pub(super) fn tone(is_better: Option<bool>) -> &'static str {
    match is_better {
        Some(true) => "report-change report-better",
        Some(false) => "report-change report-worse",
        None => "report-change",
    }
}
