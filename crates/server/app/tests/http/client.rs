//! Client data of page views: read from the request, stored with them, and matched by rules.

use crate::support::{Knock, ORIGIN, Reply, batch, id, signal};
use knock_testing::Binary;
use maxminddb_writer::Database;
use maxminddb_writer::paths::IpAddrWithMask;
use serde_json::{Value, json};
use std::path::Path;
use tempfile::TempDir;

const JSON: (&str, &str) = ("content-type", "application/json");
const PHONE: [(&str, &str); 3] = [
    (
        "user-agent",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
         Version/26.0 Mobile/15E148 Safari/604.1",
    ),
    ("accept-language", "de-AT,de;q=0.9,en;q=0.8"),
    ("x-forwarded-for", "203.0.113.9"),
];

/// A location database with one network.
fn places(dir: &Path) -> String {
    let mut database = Database::default();
    database.metadata.binary_format_major_version = 2;
    let vienna = json!({"country": {"iso_code": "AT"}, "city": {"names": {"en": "Vienna"}}});
    let vienna = database.insert_value(vienna).expect("it is kept");
    database.insert_node("203.0.113.0/24".parse::<IpAddrWithMask>().expect("a network"), vienna);
    let file = dir.join("places.mmdb");
    std::fs::write(&file, database.write_to(Vec::new()).expect("it is made")).expect("it is written");
    file.to_str().expect("text").to_owned()
}

fn send(knock: &Knock, headers: &[(&str, &str)], batch: &Value) {
    let headers: Vec<_> = [JSON, ("origin", ORIGIN)].into_iter().chain(headers.iter().copied()).collect();
    let reply = knock.send("POST", "/v1/signals", &headers, Some(batch.to_string().as_bytes()));
    assert_eq!(reply.code, 202, "{}", reply.body);
}

fn ask(knock: &Knock, key: &str, method: &str, path: &str, body: &Value) -> Reply {
    let bearer = format!("Bearer {key}");
    knock.send(method, path, &[JSON, ("authorization", &bearer)], Some(body.to_string().as_bytes()))
}

/// The client data of the timeline's entries, oldest first.
fn clients(knock: &Knock, key: &str) -> Vec<Value> {
    let page = knock.get("/api/v1/timeline", key).body;
    let entries = page["entries"].as_array().expect("a list");
    entries.iter().rev().map(|entry| entry["client"].clone()).collect()
}

#[test]
fn the_first_page_view_of_a_batch_says_who_it_came_from_and_a_rule_asks_it() {
    let dir = TempDir::new().expect("a directory");
    let knock = Knock::start_with(&[
        ("KNOCK_LOCATION_DATABASE", &places(dir.path())),
        ("KNOCK_HTTP_TRUSTED_PROXIES", "127.0.0.0/8"),
    ]);
    let (key, site, now) = (knock.admin_key(), knock.site(), knock.now());
    let kinds = ["click", "page_view", "page_view"];
    let signals: Vec<_> = (1..).zip(kinds).map(|(n, kind)| signal(now - 100 + n as i64, n, kind, "/pricing")).collect();
    send(&knock, &PHONE, &batch(&site, 1, now, &signals));
    let phone = json!({"device": "mobile", "os": "iOS", "browser": "Safari", "language": "de-AT", "country": "AT",
        "city": "Vienna"});
    assert_eq!(clients(&knock, &key), [Value::Null, phone, Value::Null]);

    let rules = knock.get("/api/v1/rules", &key).body;
    let conditions = [("device", "mobile"), ("os", "iOS"), ("browser", "Safari"), ("language", "de-AT")];
    let conditions = conditions.into_iter().chain([("country", "AT"), ("city", "Vienna")]);
    let all: Vec<_> = conditions
        .map(|(field, value)| json!({"field": format!("session.{field}"), "op": "eq", "value": value}))
        .collect();
    let rule = json!({"name": "Vienna", "funnel": "chat",
        "segments": [{"id": "vienna", "name": "Vienna", "when": {"all": all}, "assign": {"ai_agent": "buying"}}],
        "fallback": rules["rules"][0]["fallback"]});
    let made = ask(&knock, &key, "POST", "/api/v1/rules", &rule);
    assert_eq!(made.code, 201, "{}", made.body);
    let of_link = json!({"rule": made.body["id"]});
    assert_eq!(ask(&knock, &key, "PUT", "/api/v1/links/Website/rule", &of_link).code, 204);
    let segment = |visitor: u64| {
        let of = id(1_700_000_000_000, visitor);
        let body = json!({"site": site, "visitor": of, "session": of}).to_string();
        let opened = knock.send("POST", "/v1/chat", &[JSON, ("origin", ORIGIN)], Some(body.as_bytes())).body;
        let conversation = opened["conversation"].as_str().expect("an id");
        let bearer = format!("Bearer {}", opened["token"].as_str().expect("a token"));
        let message = json!({"id": id(knock.now(), visitor), "text": "How much is it for 200 people?"}).to_string();
        let headers = [JSON, ("origin", ORIGIN), ("authorization", bearer.as_str())];
        let path = format!("/v1/chat/{conversation}/messages");
        assert_eq!(knock.send("POST", &path, &headers, Some(message.as_bytes())).code, 201);
        knock.get(&format!("/api/v1/conversations/{conversation}"), &key).body["decisions"][0]["segment"].clone()
    };
    assert_eq!(segment(1), "Vienna");
    assert_ne!(segment(2), "Vienna");
}

#[test]
fn without_a_database_nothing_is_known_of_the_place_and_another_server_speaks_for_nobody() {
    let knock = Knock::start();
    let (key, site, now) = (knock.admin_key(), knock.site(), knock.now());
    let view = |n| [signal(now - 1_000 + i64::try_from(n).expect("small"), n, "page_view", "/pricing")];
    send(&knock, &PHONE, &batch(&site, 1, now, &view(1)));
    let bearer = format!("Bearer {}", knock.key("ingest"));
    let of_server: Vec<_> = PHONE.into_iter().chain([("authorization", bearer.as_str())]).collect();
    send(&knock, &of_server, &batch(&site, 2, now, &view(2)));
    send(&knock, &[("user-agent", "")], &batch(&site, 3, now, &view(3)));
    let phone =
        json!({"device": "mobile", "os": "iOS", "browser": "Safari", "language": "de-AT", "country": "", "city": ""});
    assert_eq!(clients(&knock, &key), [phone, Value::Null, Value::Null]);
}

#[test]
fn a_database_that_cannot_be_read_is_named_and_nothing_starts() {
    let dir = TempDir::new().expect("a directory");
    let file = dir.path().join("places.mmdb");
    for content in [None, Some("no database")] {
        if let Some(content) = content {
            std::fs::write(&file, content).expect("it is written");
        }
        let output = Binary::built()
            .command(&["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(dir.path().join("data"))
            .env("KNOCK_LOCATION_DATABASE", &file)
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && said.contains("`location_database`"), "{said}");
        assert!(said.contains("places.mmdb"), "{said}");
    }
}
