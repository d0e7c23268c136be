//! Reports of any workspace: their numbers, and that groups add up and numbers open as many as they say.

use super::{columns, encoded, place, row, rows};
use crate::support::Knock;
use serde_json::Value;

/// Reports of some days, asked with a key.
pub(crate) struct Asked<'k> {
    pub(crate) knock: &'k Knock,
    pub(crate) key: &'k str,
    /// The days, as they stand in an address; empty for the last four weeks.
    pub(crate) days: &'static str,
}

impl Asked<'_> {
    fn get(&self, path: &str) -> Value {
        let reply = self.knock.get(path, self.key);
        assert_eq!(reply.code, 200, "{path}: {}", reply.body);
        reply.body
    }

    pub(crate) fn by(&self, name: &str, group: &str) -> Value {
        self.get(&format!("/api/v1/reports/{name}?group={group}&{}", self.days))
    }

    /// The totals of some metrics.
    pub(crate) fn totals<const N: usize>(&self, name: &str, metrics: [&str; N]) -> [Option<f64>; N] {
        super::totals(&self.by(name, "day"), metrics)
    }

    /// The value of a metric in the row with a key, and the label of the row.
    pub(crate) fn of_row(&self, name: &str, group: &str, key: &str, metric: &str) -> (Option<f64>, String) {
        let report = self.by(name, group);
        let row = row(&report, key);
        let label = row["label"].as_str().expect("a label").to_owned();
        (row["values"][place(&report, metric)].as_f64(), label)
    }

    /// In every grouping of a report, counts add up to the total, and each opens a list of as many.
    pub(crate) fn check(&self, name: &str) {
        let list = self.get("/api/v1/reports");
        let reports = list["reports"].as_array().expect("a list");
        let info = reports.iter().find(|report| report["name"] == name).expect("the report");
        let groups = info["groups"].as_array().expect("a list");
        for group in groups.iter().map(|group| group["name"].as_str().expect("a name")) {
            let report = self.by(name, group);
            let counts = columns(&report).iter().enumerate().filter(|(_, column)| column["unit"] == "count");
            for (place, column) in counts {
                let about = format!("{name} by {group}: {}", column["name"]);
                let values = rows(&report).iter().map(|row| row["values"][place].as_f64().expect("a count"));
                assert_eq!(Some(values.sum::<f64>()), report["total"][place].as_f64(), "{about}: {report}");
                if column["opens"] == true {
                    self.check_lists(&report, group, place, column["name"].as_str().expect("a name"));
                }
            }
        }
    }

    fn check_lists(&self, report: &Value, group: &str, place: usize, metric: &str) {
        let name = report["name"].as_str().expect("a name");
        let path = format!("/api/v1/reports/{name}/items?group={group}&metric={metric}&{}", self.days);
        assert_eq!(self.get(&path)["count"].as_f64(), report["total"][place].as_f64(), "{path}");
        for row in rows(report).iter().filter(|row| row["values"][place].as_f64() > Some(0.0)) {
            let path = format!("{path}&row={}", encoded(row["key"].as_str().expect("a key")));
            assert_eq!(self.get(&path)["count"].as_f64(), row["values"][place].as_f64(), "{path}");
        }
    }
}
