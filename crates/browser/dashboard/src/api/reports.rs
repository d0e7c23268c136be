//! Reports, the lists behind their numbers, goals, and the mail every Monday.

use knock_wire::{Report, ReportGoal, ReportGoals, ReportItems, ReportList, ReportMail, ReportMailDraft};

use super::{Client, Failure, Method, encode, json};

const GOALS: &str = "/api/v1/report-goals";
const MAIL: &str = "/api/v1/report-mail";

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

    /// Sets the goal of a metric, in its unit; none removes it. The goals of others stay as they are now.
    pub(crate) async fn set_report_goal(&self, metric: &str, value: Option<f64>) -> Result<(), Failure> {
        let mut all: ReportGoals = self.get(GOALS.to_owned()).await?;
        all.goals.retain(|goal| goal.metric != metric);
        all.goals.extend(value.map(|value| ReportGoal { metric: metric.to_owned(), value }));
        self.done(Method::Put, GOALS.to_owned(), Some(json(&all)?)).await
    }

    /// Whether the member is mailed the figures every Monday.
    pub(crate) async fn report_mail(&self) -> Result<ReportMail, Failure> {
        self.get(MAIL.to_owned()).await
    }

    pub(crate) async fn set_report_mail(&self, is_on: bool) -> Result<ReportMail, Failure> {
        self.ask(Method::Put, MAIL.to_owned(), Some(json(&ReportMailDraft { is_on })?)).await
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
