//! The folder in the engines that read it: DuckDB and ClickHouse, here as chDB.

use super::{TABLES, exported, lived, rows, tables};
use crate::meetings::HOUR;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

/// How an engine reads a table, names kinds of columns, and sums up a column of a kind.
struct Engine {
    name: &'static str,
    from: fn(&Path, &str) -> String,
    describe: fn(&str) -> String,
    kind: fn(&str) -> &'static str,
    sum: fn(&str, &str) -> String,
    to_text: fn(&str) -> String,
}

const DUCKDB: Engine = Engine {
    name: "duckdb",
    from: |folder, table| format!("read_parquet('{}/{table}/*/*.parquet', hive_partitioning = true)", folder.display()),
    describe: |from| format!("DESCRIBE SELECT * EXCLUDE (day) FROM {from}"),
    kind: |kind| match kind {
        "text" => "VARCHAR",
        "integer" => "BIGINT",
        "double" => "DOUBLE",
        "flag" => "BOOLEAN",
        _ => "TIMESTAMP WITH TIME ZONE",
    },
    sum: |kind, name| match kind {
        "text" => format!("sum(strlen(\"{name}\"))"),
        "integer" => format!("sum(\"{name}\")"),
        "double" => format!("count(\"{name}\")"),
        "flag" => format!("sum(\"{name}\"::INT)"),
        _ => format!("sum(epoch_ms(\"{name}\"))"),
    },
    to_text: |sum| format!("coalesce({sum}, 0)::VARCHAR"),
};

const CHDB: Engine = Engine {
    name: "chdb",
    from: |folder, table| format!("file('{}/{table}/day=*/*.parquet', Parquet)", folder.display()),
    describe: |from| format!("DESCRIBE TABLE {from}"),
    kind: |kind| match kind {
        "text" => "Nullable(String)",
        "integer" => "Nullable(Int64)",
        "double" => "Nullable(Float64)",
        "flag" => "Nullable(Bool)",
        _ => "Nullable(DateTime64(3, 'UTC'))",
    },
    sum: |kind, name| match kind {
        "text" => format!("sum(length(\"{name}\"))"),
        "integer" => format!("sum(\"{name}\")"),
        "double" => format!("count(\"{name}\")"),
        "flag" => format!("sum(toInt64(\"{name}\"))"),
        _ => format!("sum(toUnixTimestamp64Milli(\"{name}\"))"),
    },
    to_text: |sum| format!("toString(coalesce({sum}, 0))"),
};

/// The rows of each query.
fn run(engine: &Engine, queries: &[String]) -> Vec<Value> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/http/warehouse/engines.py");
    let arguments = queries.iter().map(|query| json!([engine.name, query]).to_string());
    let output = Command::new(knock_testing::python()).arg(script).args(arguments).output();
    let output = output.expect("Python starts: `cargo xtask test native` installs it with its packages");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).expect("text");
    lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// The sum of a column, as an engine has it.
fn summed(rows: &[Value], kind: &str, name: &str) -> String {
    let value = |row: &Value| match kind {
        "text" => i64::try_from(row[name].as_str().map_or(0, str::len)).expect("short"),
        "double" => i64::from(row[name].is_number()),
        "flag" => i64::from(row[name] == true),
        _ => row[name].as_i64().unwrap_or_default(),
    };
    rows.iter().map(value).sum::<i64>().to_string()
}

/// The name and the kind of each column of a table.
fn columns(table: &Value) -> Vec<(&str, &str)> {
    let columns = table["columns"].as_array().expect("a list").iter();
    columns.map(|column| (column["name"].as_str().expect("a name"), column["kind"].as_str().expect("a kind"))).collect()
}

fn check(engine: &Engine) {
    let office = lived();
    office.knock.advance(48 * HOUR);
    let home = tempfile::tempdir().expect("a folder");
    exported(&office, home.path(), &[]);
    let tables = tables(&office);
    assert_eq!(tables.len(), TABLES.len());
    for table in &tables {
        let (name, columns) = (table["name"].as_str().expect("a name"), columns(table));
        let from = (engine.from)(home.path(), name);
        let days = format!("SELECT day, count(*) FROM {from} GROUP BY day ORDER BY day");
        let sums = columns.iter().map(|(column, kind)| (engine.to_text)(&(engine.sum)(kind, column)));
        let sums = format!("SELECT {} FROM {from}", sums.collect::<Vec<_>>().join(", "));
        let found = run(engine, &[(engine.describe)(&from), days, sums]);

        let described: Vec<(&str, &str)> = found[0]
            .as_array()
            .expect("rows")
            .iter()
            .map(|row| (row[0].as_str().expect("a name"), row[1].as_str().expect("a type")))
            .filter(|(column, _)| *column != "day")
            .collect();
        let expected: Vec<_> = columns.iter().map(|(column, kind)| (*column, (engine.kind)(kind))).collect();
        assert_eq!(described, expected, "{name}");

        let all = rows(&office, name, "");
        let of_days = ["2026-06-01", "2026-06-02", "2026-06-03", "2026-06-04"]
            .map(|day| (day, rows(&office, name, &format!("day={day}")).len()));
        let of_days = of_days.iter().filter(|(_, count)| *count > 0);
        assert_eq!(found[1], of_days.map(|(day, count)| json!([day, count.to_string()])).collect::<Value>(), "{name}");
        let expected: Vec<String> = columns.iter().map(|(column, kind)| summed(&all, kind, column)).collect();
        assert_eq!(found[2], json!([expected]), "{name}");
    }
}

#[test]
fn duckdb_reads_the_rows_of_the_api() {
    check(&DUCKDB);
}

#[test]
fn clickhouse_reads_the_rows_of_the_api() {
    check(&CHDB);
}
