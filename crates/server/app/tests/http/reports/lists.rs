//! Groups add up, a number opens as many as it says, and a file has what the page has.

use super::{DAYS, Day, columns, encoded, names, rows};
use serde_json::Value;

/// What a number opens.
fn items(day: &Day, report: &Value, metric: &Value, row: Option<&str>) -> Value {
    let (name, metric) = (report["name"].as_str().expect("a name"), metric["name"].as_str().expect("a name"));
    let row = row.map(|key| format!("&row={}", encoded(key))).unwrap_or_default();
    let path = format!("/api/v1/reports/{name}/items?{DAYS}&metric={metric}{row}");
    let reply = day.office.knock.get(&path, &day.office.key);
    assert_eq!(reply.code, 200, "{path}: {}", reply.body);
    let listed = reply.body["items"].as_array().map(|items| items.len() as u64);
    assert_eq!(listed, reply.body["count"].as_u64(), "{path}");
    reply.body
}

#[test]
fn groups_add_up_and_each_number_opens_as_many_as_it_says() {
    let day = Day::lived();
    let mut opened = 0;
    for name in names(&day) {
        let report = day.report(&name, DAYS);
        for (place, column) in columns(&report).iter().enumerate().filter(|(_, column)| column["unit"] == "count") {
            let metric = format!("{name} {}", column["name"]);
            let counts: Vec<f64> =
                rows(&report).iter().map(|row| row["values"][place].as_f64().expect("a count")).collect();
            let total = report["total"][place].as_f64().expect("a count");
            assert_eq!(counts.iter().sum::<f64>(), total, "{metric}: {report}");
            if column["opens"] != true {
                continue;
            }
            assert_eq!(items(&day, &report, column, None)["count"].as_f64(), Some(total), "{metric}");
            for (row, count) in rows(&report).iter().zip(counts) {
                let key = row["key"].as_str().expect("a key");
                assert_eq!(items(&day, &report, column, Some(key))["count"].as_f64(), Some(count), "{metric} {key}");
            }
            opened += 1;
        }
    }
    assert!(opened > 30, "{opened}");
}

#[test]
fn a_number_opens_the_leads_that_it_counts() {
    let day = Day::lived();
    let response = day.report("response", DAYS);
    let median = columns(&response).iter().find(|column| column["name"] == "first_reply_median").expect("a column");
    let found = items(&day, &response, median, None);
    let item = &found["items"][0];
    assert!(item["minutes"].as_f64().is_some_and(|minutes| (3.0..3.5).contains(&minutes)), "{found}");
    assert_eq!(item["rep"], "admin@localhost", "{found}");
    let contact = format!("/api/v1/contacts/{}", item["lead"].as_str().expect("an id"));
    let contact = day.office.knock.get(&contact, &day.office.key).body["contact"].clone();
    assert_eq!(item["name"], contact["display_name"]);
    assert_eq!(contact["attribution"]["campaign"], "spring", "it is Ann: {contact}");
}

/// The lines of a file.
fn lines(text: &str) -> Vec<Vec<String>> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().expect("CSV")
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.as_f64().expect("a number").to_string(),
    }
}

#[test]
fn a_file_has_the_rows_of_the_page_and_their_total() {
    let day = Day::lived();
    for name in names(&day) {
        let report = day.report(&name, DAYS);
        let file = day.office.knock.get(&format!("/api/v1/reports/{name}.csv?{DAYS}"), &day.office.key);
        assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8"));
        let kept = format!("attachment; filename=\"{name}_2026-06-01_2026-06-02.csv\"");
        assert_eq!(file.header("content-disposition"), Some(kept.as_str()));
        let written = lines(file.body.as_str().expect("a text"));
        let mut expected = vec![vec![text(&report["group"]), "label".to_owned()]];
        expected[0].extend(columns(&report).iter().map(|column| text(&column["name"])));
        let values = |values: &Value| values.as_array().expect("a list").iter().map(text).collect::<Vec<_>>();
        for row in rows(&report) {
            expected.push([vec![text(&row["key"]), text(&row["label"])], values(&row["values"])].concat());
        }
        expected.push([vec![String::new(), "Total".to_owned()], values(&report["total"])].concat());
        assert_eq!(written, expected, "{name}");
    }
}
