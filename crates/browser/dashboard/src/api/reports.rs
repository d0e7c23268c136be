//! Reports, and the lists behind their numbers.

use knock_wire::{Report, ReportItems, ReportList};

use super::{Client, Failure, encode};

impl Client {
    /// All reports, with what each can be asked.
    pub(crate) async fn reports(&self) -> Result<ReportList, Failure> {
        self.get("/api/v1/reports".to_owned()).await
    }

    /// A report; `query` are its parameters, separated by `&`.
    pub(crate) async fn report(&self, name: &str, query: &str) -> Result<Report, Failure> {
        self.get(format!("/api/v1/reports/{}?{query}", encode(name))).await
    }

    /// What a number of a report counts: of the row with a key, which may be empty, else of the total.
    pub(crate) async fn report_items(
        &self,
        (name, query): (&str, &str),
        metric: &str,
        row: Option<&str>,
    ) -> Result<ReportItems, Failure> {
        self.get(items_path((name, query), metric, row)).await
    }
}

/// The path of the file with the rows and the total of a report.
pub(crate) fn report_csv(name: &str, query: &str) -> String {
    format!("/api/v1/reports/{}.csv?{query}", encode(name))
}

fn items_path((name, query): (&str, &str), metric: &str, row: Option<&str>) -> String {
    let row = row.map(|key| format!("&row={}", encode(key))).unwrap_or_default();
    format!("/api/v1/reports/{}/items?{query}&metric={}{row}", encode(name), encode(metric))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn an_empty_row_is_another_one_than_the_total() {
        let of = ("funnel", "from=2026-11-01");
        assert_eq!(items_path(of, "leads", None), "/api/v1/reports/funnel/items?from=2026-11-01&metric=leads");
        assert_eq!(items_path(of, "leads", Some("")), "/api/v1/reports/funnel/items?from=2026-11-01&metric=leads&row=");
        assert!(items_path(of, "leads", Some("a&b")).ends_with("&row=a%26b"));
        assert_eq!(report_csv("funnel", "tz=UTC"), "/api/v1/reports/funnel.csv?tz=UTC");
    }
}
