//! What is asked, how long the answers take, and how long they may.

use crate::crowd::{BUSY, Crowd};
use knock_testing::{TestServer, stopwatch};
use serde_json::{Value, json};

/// Milliseconds for a search, at the 95th percentile.
const SEARCH: f64 = 200.0;
/// The same for a record.
const RECORD: f64 = 300.0;
/// The same for a report over 90 days.
const REPORT: f64 = 300.0;
/// The same for a dry run of a workflow over so many contacts at most.
const DRY_RUN: (u64, f64) = (10_000, 10_000.0);

/// Answer times of one kind of request.
pub(crate) struct Times {
    what: &'static str,
    times: Vec<f64>,
    goal: Option<f64>,
}

/// Asks and measures.
struct Asking<'s> {
    server: &'s TestServer,
    key: String,
    count: u64,
    asked: Vec<Times>,
}

impl Times {
    /// Everything that is asked.
    pub(crate) fn all(server: &TestServer, crowd: &Crowd, count: u64) -> Vec<Times> {
        let mut asking = Asking { server, key: server.admin_key(), count, asked: Vec::new() };
        asking.contacts(crowd);
        asking.accounts(crowd);
        asking.records(crowd);
        asking.reports(crowd);
        asking.asked
    }

    /// A line of the table; whether the goal was met.
    #[expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
    pub(crate) fn print(&self) -> bool {
        let at = |part: usize| self.times[(self.times.len() * part / 100).min(self.times.len() - 1)];
        let is_met = self.goal.is_none_or(|goal| at(95) < goal);
        let verdict = self.goal.map(|goal| format!("  {} {goal} ms", if is_met { "below" } else { "NOT BELOW" }));
        let most = self.times.last().copied().unwrap_or_default();
        println!("{:<44} {:>8.1} {:>8.1} {most:>8.1}{}", self.what, at(50), at(95), verdict.unwrap_or_default());
        is_met
    }
}

impl Asking<'_> {
    fn contacts(&mut self, crowd: &Crowd) {
        let some = |number: u64| number * 7_919 % crowd.contacts / 2 * 2;
        self.list("contacts", |_| "/api/v1/contacts?limit=50".into(), None);
        self.pages("contacts, next pages", "/api/v1/contacts?limit=50");
        let search = |words: String| format!("/api/v1/contacts?limit=50&q={}", words.replace(' ', "%20"));
        self.list("contacts by name, common", |number| search(Crowd::name(number * 2)), Some(SEARCH));
        self.list(
            "contacts by name and first letters",
            |number| search(format!("{} ", &Crowd::name(number * 2)[..4])),
            Some(SEARCH),
        );
        self.list("contacts by whole address", move |number| search(Crowd::email(some(number))), Some(SEARCH));
        self.list("contacts by part of an address", move |number| search(Crowd::company(some(number))), Some(SEARCH));
        self.list(
            "contacts by label",
            |number| search(format!("Visitor {:04x}", number * 1_031 % 65_536)),
            Some(SEARCH),
        );
        self.list("contacts, nothing found", |number| search(format!("absent{number}")), Some(SEARCH));
        for (what, query) in [
            ("contacts with address", "named=true"),
            ("contacts without address", "named=false"),
            ("contacts, High", "score=High"),
            ("contacts, Support", "type=Support"),
            ("contacts, Unknown", "type=Unknown"),
            ("contacts, Job seeker, High, with address", "type=Job%20seeker&score=High&named=true"),
        ] {
            self.list(what, |_| format!("/api/v1/contacts?limit=50&{query}"), Some(SEARCH));
        }
    }

    fn accounts(&mut self, crowd: &Crowd) {
        let some = |number: u64| number * 7_919 % crowd.contacts / 2 * 2;
        self.list("accounts", |_| "/api/v1/accounts?limit=50".into(), None);
        self.pages("accounts, next pages", "/api/v1/accounts?limit=50");
        let search = |words: &str| format!("/api/v1/accounts?limit=50&q={words}");
        self.list("accounts by domain", move |number| search(&Crowd::company(some(number))), Some(SEARCH));
        self.list("accounts, nothing found", |number| search(&format!("absent{number}")), Some(SEARCH));
        for (what, query) in [
            ("accounts, High", "score=High"),
            ("accounts, Buying", "type=Buying"),
            ("accounts, Job seeker", "type=Job%20seeker"),
            ("accounts, Unknown", "type=Unknown"),
        ] {
            self.list(what, |_| format!("/api/v1/accounts?limit=50&{query}"), Some(SEARCH));
        }
    }

    fn records(&mut self, crowd: &Crowd) {
        let busy = self.id_of(&Crowd::email(BUSY));
        let usual: Vec<String> =
            (1..=self.count).map(|number| self.id_of(&Crowd::email(number * 7_919 % crowd.contacts / 2 * 2))).collect();
        let usual = |number: u64| usual[(number % usual.len() as u64) as usize].clone();
        let cases: [(&'static str, &dyn Fn(u64) -> String); 8] = [
            ("contact record", &|number| format!("/api/v1/contacts/{}", usual(number))),
            ("contact record, 2,000 signals", &|_| format!("/api/v1/contacts/{busy}")),
            ("timeline of a contact", &|number| format!("/api/v1/timeline?limit=50&contact={}", usual(number))),
            ("timeline, 2,000 signals", &|_| format!("/api/v1/timeline?limit=50&contact={busy}")),
            ("timeline of everybody", &|_| "/api/v1/timeline?limit=50".into()),
            ("score over time", &|number| format!("/api/v1/contacts/{}/score", usual(number))),
            ("score over time, 2,000 signals", &|_| format!("/api/v1/contacts/{busy}/score")),
            ("contact record as of a month ago", &|number| {
                format!(
                    "/api/v1/contacts/{}?at={}",
                    usual(number),
                    (knock_testing::now() - knock_model::Millis::days(30)).0
                )
            }),
        ];
        for (what, path) in cases {
            self.list(what, path, Some(RECORD));
        }
        let account = self.server.get("/api/v1/accounts?limit=1", &self.key).body["accounts"][0]["id"].clone();
        let account = account.as_str().expect("an id").to_owned();
        self.list("account record", |_| format!("/api/v1/accounts/{account}"), Some(RECORD));
    }

    fn reports(&mut self, crowd: &Crowd) {
        self.count = 3;
        self.list("backtest", |_| "/api/v1/backtest".into(), None);
        let from = (knock_testing::now() - knock_model::Millis::days(90)).0;
        let from = jiff::Timestamp::from_millisecond(from).expect("an instant").to_string();
        for what in [
            "report overview",
            "report funnel",
            "report response",
            "report agent",
            "report meetings",
            "report sources",
            "report team",
            "report routing",
            "report forms",
            "report workflows",
            "report crm",
            "report statuses",
        ] {
            let name = what.trim_start_matches("report ");
            self.list(what, |_| format!("/api/v1/reports/{name}?from={from}"), Some(REPORT));
        }
        let (contacts, goal) = DRY_RUN;
        self.dry_run(Some(goal).filter(|_| crowd.contacts <= contacts));
    }

    /// Runs a draft over all contacts.
    fn dry_run(&mut self, goal: Option<f64>) {
        let trigger = json!({"on": "signal", "signal": "page_view", "category": "Pricing", "count": 2,
            "within_ms": 604_800_000});
        let steps = json!([{"id": "s1", "wait": {"for_ms": 20_000}}, {"id": "s2", "do": "nudge"}]);
        let when = json!({"field": "chat.status", "op": "is_not_set"});
        let definition = json!({"trigger": trigger, "when": when, "again": "always", "steps": steps,
            "stop_when": [{"on": "message", "by": "lead"}]});
        let ask = json!({"draft": {"name": "Pricing", "definition": definition}, "days": 90});
        let path = "/api/v1/workflows/dry-run";
        let run = |_| {
            let start = stopwatch();
            let reply = self.server.ask("POST", path, &self.key, &ask);
            assert_eq!(reply.code, 200, "{path}: {}", reply.body);
            start.elapsed().as_secs_f64() * 1_000.0
        };
        let mut times: Vec<f64> = (0..self.count).map(run).collect();
        times.sort_by(f64::total_cmp);
        self.asked.push(Times { what: "dry run of a workflow", times, goal });
    }

    fn id_of(&self, email: &str) -> String {
        let found = self.server.get(&format!("/api/v1/contacts?q={email}"), &self.key).body;
        found["contacts"][0]["id"].as_str().unwrap_or_else(|| panic!("no {email}: {found}")).to_owned()
    }

    /// Asks for `count` paths, after one that is not counted.
    fn list(&mut self, what: &'static str, path: impl Fn(u64) -> String, goal: Option<f64>) {
        drop(self.timed(&path(0)));
        let mut times: Vec<f64> = (1..=self.count).map(|number| self.timed(&path(number)).0).collect();
        times.sort_by(f64::total_cmp);
        self.asked.push(Times { what, times, goal });
    }

    /// Follows a list from page to page.
    fn pages(&mut self, what: &'static str, path: &str) {
        let (mut times, mut after) = (Vec::new(), String::new());
        for _ in 0..self.count {
            let (time, body) = self.timed(&format!("{path}{after}"));
            let Some(next) = body["next"].as_str() else { break };
            after = format!("&after={next}");
            times.push(time);
        }
        times.sort_by(f64::total_cmp);
        self.asked.push(Times { what, times, goal: Some(SEARCH) });
    }

    fn timed(&self, path: &str) -> (f64, Value) {
        let start = stopwatch();
        let reply = self.server.get(path, &self.key);
        let time = start.elapsed().as_secs_f64() * 1_000.0;
        assert_eq!(reply.code, 200, "{path}: {}", reply.body);
        (time, reply.body)
    }
}
