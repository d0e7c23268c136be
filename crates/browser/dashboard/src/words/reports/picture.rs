//! What stands on the picture of a chart, and the name of its file.

use knock_wire::{Report, ReportColumn};

/// `response-first_reply_median-2026-11-18-2026-11-20.png`.
pub(crate) fn picture_file(report: &Report, column: &ReportColumn) -> String {
    format!("{}-{}-{}-{}.png", report.name, column.name, report.from, report.to)
}

/// Its title, then lines that say which days it counts in which zone.
pub(crate) fn picture_words(report: &Report, column: &ReportColumn) -> String {
    let Report { from, to, zone, step, .. } = report;
    format!("{}\n{from} to {to} in {zone}, by {step}", column.label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_picture_says_what_it_shows() {
        let report = sample::report();
        let column = &report.columns[1];
        assert_eq!(picture_file(&report, column), "response-first_reply_median-2026-11-18-2026-11-20.png");
        let words = "First reply, median\n2026-11-18 to 2026-11-20 in Europe/Berlin, by day";
        assert_eq!(picture_words(&report, column), words);
    }
}
