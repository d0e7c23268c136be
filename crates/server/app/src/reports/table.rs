//! A report as the lines of a table.

use knock_wire::{Report, ReportRow};

/// The lines of a file: the names of the columns, the rows, and the total as the last one.
pub(crate) fn lines(report: &Report) -> Vec<Vec<String>> {
    let mut head = vec![report.group.clone(), "label".to_owned()];
    head.extend(report.columns.iter().map(|column| column.name.clone()));
    let mut lines = vec![head];
    lines.extend(report.rows.iter().map(line));
    lines.push(line(&total(report)));
    lines
}

/// The whole period as a row.
pub(crate) fn total(report: &Report) -> ReportRow {
    ReportRow { key: String::new(), label: "Total".to_owned(), values: report.total.clone() }
}

fn line(row: &ReportRow) -> Vec<String> {
    let values = row.values.iter().map(|value| value.map(|value| value.to_string()).unwrap_or_default());
    [row.key.clone(), row.label.clone()].into_iter().chain(values).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_wire::ReportColumn;

    #[test]
    fn a_file_has_a_line_for_each_row_and_the_total_last() {
        let row = |key: &str, values: &[Option<f64>]| ReportRow {
            key: key.to_owned(),
            label: format!("<{key}>"),
            values: values.to_vec(),
        };
        let column = |name: &str| ReportColumn { name: name.to_owned(), ..Default::default() };
        let report = Report {
            group: "source".to_owned(),
            columns: ["leads", "median"].map(column).into(),
            rows: vec![row("google", &[Some(2.0), Some(12.35)]), row("", &[Some(0.0), None])],
            total: vec![Some(2.0), Some(12.35)],
            ..Default::default()
        };
        let expected = [
            ["source", "label", "leads", "median"],
            ["google", "<google>", "2", "12.35"],
            ["", "<>", "0", ""],
            ["", "Total", "2", "12.35"],
        ];
        assert_eq!(lines(&report), expected);
    }
}
