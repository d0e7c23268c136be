//! Reports over HTTP, as files and by the command, of a day that was made through the API.

pub(crate) mod asked;
mod command;
mod document;
mod forms;
mod goals;
mod lists;
mod numbers;
mod refused;
mod routing;
mod weekly;
mod whose;
mod workflows;

use crate::chat::{Chat, open_as, rep_writes};
use crate::meetings::{HOUR, Office, TUESDAY_TEN};
use crate::support::{batch, signal};
use serde_json::{Value, json};

/// The days of it.
const DAYS: &str = "from=2026-06-01&to=2026-06-02";
const BO: &str = "bo@globex.example";
/// How a visitor came from a campaign.
const CAMPAIGN: &str = "?utm_source=newsletter&utm_campaign=spring";

/// Monday, 2026-06-01, from noon by UTC, and the morning after.
///
/// A campaign brings Ann, whom a person answers after three minutes, and a visitor of whom nothing else comes. One asks
/// what the agent knows, one is spam, and Bo books a meeting, which takes place.
struct Day {
    office: Office,
    ann: Chat,
}

impl Day {
    fn lived() -> Day {
        Day::lived_in(Office::open())
    }

    fn lived_in(office: Office) -> Day {
        let (knock, site) = (&office.knock, office.knock.site());
        let seen = |visitor: u64, path: &str| {
            let now = knock.now();
            let seen = signal(now, visitor * 100, "page_view", path);
            assert_eq!(knock.post_signals(&batch(&site, visitor, now, &[seen])).code, 202);
        };
        let opens = |visitor: u64, text: &str| {
            let chat = open_as(knock, &site, visitor);
            assert_eq!(chat.write(knock, visitor, text).code, 201);
            chat
        };
        let known = json!({"site": site, "question": "Do you ship to Norway?", "answer": "Yes, within three days."});
        assert_eq!(knock.ask("POST", "/api/v1/knowledge/answers", &office.key, &known).code, 201);

        seen(1, &format!("/pricing{CAMPAIGN}"));
        let ann = opens(1, "We are 200 people and need a quote");
        knock.advance(180_000);
        assert_eq!(rep_writes(knock, &ann, 50, "Hello, happy to help!"), 201);
        seen(2, &format!("/blog{CAMPAIGN}"));
        seen(3, "/docs");
        opens(3, "Do you ship to Norway?");
        seen(4, "/docs");
        assert_eq!(opens(4, "We need a quote").act(knock, &office.key, &json!("mark_spam")), 204);

        assert_eq!(office.gives(5, BO).body["verdict"], "ok");
        let booked = office.books(5, BO, TUESDAY_TEN);
        assert_eq!(booked.code, 201, "{}", booked.body);
        knock.advance(21 * HOUR);
        let path = format!("/api/v1/meetings/{}", booked.text("meeting"));
        let held = office.admin.ask(knock, "PATCH", &path, &json!({"took_place": true}));
        assert_eq!(held.code, 200, "{}", held.body);
        Day { office, ann }
    }

    fn report(&self, name: &str, query: &str) -> Value {
        let reply = self.office.knock.get(&format!("/api/v1/reports/{name}?{query}"), &self.office.key);
        assert_eq!(reply.code, 200, "{name}?{query}: {}", reply.body);
        reply.body
    }

    /// The totals of some metrics of a report over both days.
    fn totals<const N: usize>(&self, name: &str, metrics: [&str; N]) -> [Option<f64>; N] {
        totals(&self.report(name, DAYS), metrics)
    }
}

/// The totals of some metrics; none where there is no data.
fn totals<const N: usize>(report: &Value, metrics: [&str; N]) -> [Option<f64>; N] {
    metrics.map(|metric| report["total"][place(report, metric)].as_f64())
}

/// The place of a metric in the values.
fn place(report: &Value, metric: &str) -> usize {
    let found = columns(report).iter().position(|column| column["name"] == metric);
    found.unwrap_or_else(|| panic!("no {metric}: {report}"))
}

fn columns(report: &Value) -> &Vec<Value> {
    report["columns"].as_array().expect("a list")
}

fn rows(report: &Value) -> &Vec<Value> {
    report["rows"].as_array().expect("a list")
}

/// The row with a key.
fn row<'r>(report: &'r Value, key: &str) -> &'r Value {
    rows(report).iter().find(|row| row["key"] == key).unwrap_or_else(|| panic!("no {key}: {report}"))
}

/// The names of all reports.
fn names(day: &Day) -> Vec<String> {
    let list = day.office.knock.get("/api/v1/reports", &day.office.key);
    assert_eq!(list.code, 200, "{}", list.body);
    let reports = list.body["reports"].as_array().expect("a list");
    reports.iter().map(|report| report["name"].as_str().expect("a name").to_owned()).collect()
}

/// A text as it stands in an address.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02x}")).collect()
}
