//! Rows over HTTP.

use super::{ANN, MONDAY, TABLES, TUESDAY, lived, rows, tables};
use crate::meetings::Office;
use serde_json::{Value, json};

/// All rows, page by page; each page is asked for twice.
fn by_pages(office: &Office, table: &str, limit: usize) -> Vec<Value> {
    let mut found = Vec::new();
    let mut path = format!("/api/v1/export/{table}?limit={limit}");
    loop {
        let page = office.knock.get(&path, &office.key);
        let again = office.knock.get(&path, &office.key);
        assert_eq!((page.code, &page.body), (200, &again.body), "{path}");
        let lines: Vec<Value> = match &page.body {
            Value::String(lines) => lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect(),
            one => vec![one.clone()],
        };
        assert!(lines.len() <= limit, "{path}");
        found.extend(lines);
        let Some(link) = page.header("link") else { return found };
        let next = link.strip_prefix('<').and_then(|link| link.strip_suffix(">; rel=\"next\""));
        path = next.unwrap_or_else(|| panic!("{link}")).to_owned();
    }
}

#[test]
fn pages_and_days_have_each_row_once() {
    let office = lived();
    for table in TABLES {
        let all = rows(&office, table, "");
        assert!(!all.is_empty(), "{table}");
        for limit in [1, 2, 3, 10_000] {
            assert_eq!(by_pages(&office, table, limit), all, "{table} {limit}");
        }
        let of_days = [MONDAY, TUESDAY].map(|day| rows(&office, table, &format!("day={day}")));
        assert_eq!(of_days.concat(), all, "{table}");
        let until_then = rows(&office, table, "to=2026-06-02T00:00:00Z");
        let since_then = rows(&office, table, "from=2026-06-02T02:00:00%2B02:00&to=2026-06-02");
        assert_eq!([until_then, since_then], of_days, "{table}");
        assert!(rows(&office, table, "day=2026-05-31").is_empty(), "{table}");
    }
    assert!(!rows(&office, "messages", &format!("day={TUESDAY}")).is_empty());
    assert_eq!(rows(&office, "meetings", "").len(), 1);
}

#[test]
fn a_row_has_the_columns_of_the_list() {
    let office = lived();
    let tables = tables(&office);
    let names: Vec<&Value> = tables.iter().map(|table| &table["name"]).collect();
    assert_eq!(names, TABLES.map(|name| json!(name)).iter().collect::<Vec<_>>());
    for table in &tables {
        let columns = table["columns"].as_array().expect("a list");
        assert!(table["about"].as_str().is_some_and(|about| about.ends_with('.')), "{table}");
        assert!(columns.iter().all(|column| column["about"].as_str().is_some_and(|about| about.len() > 5)), "{table}");
        for row in rows(&office, table["name"].as_str().expect("a name"), "") {
            let row = row.as_object().expect("a row");
            assert_eq!(row.len(), columns.len());
            for column in columns {
                let value = &row[column["name"].as_str().expect("a name")];
                let fits = match column["kind"].as_str().expect("a kind") {
                    "text" => value.is_string(),
                    "integer" | "instant" => value.is_i64(),
                    "double" => value.is_number(),
                    "flag" => value.is_boolean(),
                    other => panic!("{other}"),
                };
                assert!(fits || value.is_null(), "{column} {value}");
            }
        }
    }
}

#[test]
fn who_is_erased_has_no_rows() {
    let office = lived();
    let named = |email: &str| TABLES.iter().any(|table| json!(rows(&office, table, "")).to_string().contains(email));
    let count = |table: &str| rows(&office, table, "").len();
    let [before, chats] = [count("messages"), count("chats")];
    assert!(named(ANN) && before > 1 && chats > 0);
    let erased = office.knock.ask("POST", "/api/v1/persons/erase", &office.key, &json!({"email": ANN}));
    assert_eq!(erased.code, 200, "{}", erased.body);
    assert!(!named(ANN));
    assert!(count("messages") < before && count("chats") < chats && count("meetings") == 1);
}

#[test]
fn each_export_is_in_the_audit_log() {
    let office = lived();
    rows(&office, "signals", "from=2026-06-01&to=2026-06-01&limit=2");
    let entries = office.knock.get("/api/v1/audit?action=warehouse.exported", &office.key).body["entries"].clone();
    assert_eq!(entries.as_array().map(Vec::len), Some(1), "{entries}");
    let text = entries.to_string();
    let noted =
        ["\"table\":\"signals\"", "\"format\":\"ndjson\"", "2026-06-01T00:00:00.000Z", "2026-06-02T00:00:00.000Z"];
    assert!(noted.iter().all(|word| text.contains(word)), "{text}");
}
