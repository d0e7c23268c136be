//! Contacts and accounts by score, page by page; the Accounts table with its orders, its file and its views.

use crate::support::{Knock, batch, identify, signal};
use serde_json::{Value, json};

const DAY: i64 = 24 * 3_600_000;

/// Five persons of five companies: the first ones did the most, and the last ones were seen last.
fn scene() -> (Knock, String) {
    let knock = Knock::start();
    let (site, key) = (knock.site(), knock.admin_key());
    for visitor in 1..=5 {
        let now = knock.now();
        let views = (1..=3 * (6 - visitor)).map(|n| {
            let page = if n % 2 == 0 { "/pricing" } else { "/blog" };
            signal(now - 1_000 * i64::try_from(n).expect("few"), visitor * 100 + n, "page_view", page)
        });
        let mut signals: Vec<Value> = views.collect();
        signals.push(identify(now, visitor * 100 + 90, &format!("lead{visitor}@firm{visitor}.example")));
        assert_eq!(knock.post_signals(&batch(&site, visitor, now, &signals)).code, 202);
        knock.advance(5_000);
    }
    (knock, key)
}

fn page(knock: &Knock, key: &str, list: &str, query: &str) -> Value {
    let reply = knock.get(&format!("/api/v1/{list}?{query}"), key);
    assert_eq!(reply.code, 200, "{query}: {}", reply.body);
    reply.body
}

fn rows(page: &Value, list: &str) -> Vec<Value> {
    page[list].as_array().expect("a list").clone()
}

fn scores(rows: &[Value]) -> Vec<f64> {
    rows.iter().map(|row| row["intent"]["score"].as_f64().expect("a score")).collect()
}

fn ids(rows: &[Value]) -> Vec<Value> {
    rows.iter().map(|row| row["id"].clone()).collect()
}

/// All rows by pages of two; `between` happens after each page.
fn by_pages(knock: &Knock, key: &str, (list, query): (&str, &str), between: impl Fn()) -> Vec<Value> {
    let (mut found, mut after) = (Vec::new(), String::new());
    loop {
        let page = page(knock, key, list, &format!("{query}&limit=2{after}"));
        found.extend(rows(&page, list));
        let Some(next) = page["next"].as_str() else { return found };
        let encoded: String = next.bytes().map(|byte| format!("%{byte:02x}")).collect();
        after = format!("&after={encoded}");
        between();
    }
}

#[test]
fn the_score_itself_is_the_order_of_contacts_and_accounts() {
    let (knock, key) = scene();
    for list in ["contacts", "accounts"] {
        let last_seen = rows(&page(&knock, &key, list, ""), list);
        let found = rows(&page(&knock, &key, list, "sort=-score"), list);
        assert_eq!(found.len(), 5);
        let numbers = scores(&found);
        assert!(numbers.is_sorted_by(|one, two| one >= two), "{list}: {numbers:?}");
        let mut distinct = numbers.clone();
        distinct.dedup();
        assert!(distinct.len() > 3, "more scores than there are buckets: {numbers:?}");
        assert_ne!(ids(&found), ids(&last_seen), "{list}");
        let up = rows(&page(&knock, &key, list, "sort=score"), list);
        assert!(scores(&up).is_sorted_by(|one, two| one <= two), "{list}: {:?}", scores(&up));
        for sort in ["score", "-score"] {
            let query = format!("sort={sort}");
            let whole = rows(&page(&knock, &key, list, &query), list);
            assert_eq!(ids(&by_pages(&knock, &key, (list, &query), || ())), ids(&whole), "{list} by {sort}");
        }
    }
}

#[test]
fn pages_by_score_fit_together_while_scores_fall() {
    let (knock, key) = scene();
    let whole = ids(&rows(&page(&knock, &key, "contacts", "sort=-score"), "contacts"));
    let found = by_pages(&knock, &key, ("contacts", "sort=-score"), || {
        knock.advance(20 * DAY);
    });
    assert_eq!(ids(&found), whole);
}

#[test]
fn accounts_have_every_order_of_their_columns() {
    let (knock, key) = scene();
    let domains = |query: &str| -> String {
        let found = rows(&page(&knock, &key, "accounts", query), "accounts");
        found.iter().map(|row| row["domain"].as_str().expect("a domain")[4..5].to_owned()).collect()
    };
    for (sort, expected) in [
        ("account", "12345"),
        ("-account", "54321"),
        ("last_seen", "12345"),
        ("-last_seen", "54321"),
        ("-signals", "12345"),
        ("signals", "54321"),
        // The same number of contacts: last seen first.
        ("contacts", "54321"),
        ("-contacts", "54321"),
    ] {
        assert_eq!(domains(&format!("sort={sort}")), expected, "{sort}");
        let query = format!("sort={sort}");
        let whole = ids(&rows(&page(&knock, &key, "accounts", &query), "accounts"));
        assert_eq!(ids(&by_pages(&knock, &key, ("accounts", &query), || ())), whole, "{sort}");
    }
    assert_eq!(domains("q=firm3&sort=-score"), "3");
    for (query, pointer) in [
        ("sort=type".to_owned(), "query/sort"),
        ("after=x&sort=account".to_owned(), "query/after"),
        (format!("sort=account&at={}", knock.now() - 1), "query/sort"),
    ] {
        let reply = knock.get(&format!("/api/v1/accounts?{query}"), &key);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (400, &json!(pointer)), "{query}");
    }
}

#[test]
fn the_file_of_accounts_has_them_in_the_order_asked_for_and_is_in_the_audit_log() {
    let (knock, key) = scene();
    let reply = knock.get("/api/v1/accounts.csv?sort=-account&q=firm", &key);
    assert_eq!(reply.header("content-type"), Some("text/csv; charset=utf-8"));
    let text = reply.body.as_str().expect("text").strip_prefix('\u{feff}').expect("a byte order mark");
    let lines = csv::Reader::from_reader(text.as_bytes()).into_records().collect::<Result<Vec<_>, _>>();
    let domains: Vec<String> = lines.expect("lines").iter().map(|line| line[1].to_owned()).collect();
    assert_eq!(domains, [5, 4, 3, 2, 1].map(|number| format!("firm{number}.example")));
    let entries = knock.get("/api/v1/audit?action=accounts.exported", &key).body["entries"].clone();
    assert_eq!(entries[0]["after"], json!({"filter": "sort=-account&q=***", "count": 5}), "{entries}");
    assert_eq!(knock.get("/api/v1/accounts.csv?sort=colour", &key).code, 400);
}

#[test]
fn views_of_accounts_are_saved_beside_those_of_contacts() {
    let (knock, key) = scene();
    for page in ["accounts", "contacts"] {
        let draft = json!({"page": page, "name": "Hot", "query": "score=High&sort=-score"});
        let saved = knock.ask("POST", "/api/v1/views", &key, &draft);
        assert_eq!((saved.code, &saved.body["page"]), (201, &json!(page)), "{}", saved.body);
    }
}
