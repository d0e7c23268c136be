//! An account of the contract server that has consented, with the connector under test.

use contract_google::Server;
use jiff::Timestamp;
use knock_google::{CLIENT_ID, CLIENT_SECRET, EMAIL, GoogleVendor, Settings};
use knock_model::Millis;
use knock_outbound::{Guard, Outbound, Request};
use knock_ports::{
    BusyPolicy, BusyQuery, CalendarAccount, CalendarEntry, CalendarOauth, CalendarVendor, Clock, CodeExchange,
    ConsentRequest, Credentials, OauthTokens, TokenFuture, TokenStore,
};
use knock_scheduling::Span;
use serde_json::{Value as Json, json};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use url::Url;
use url::form_urlencoded::Serializer;

/// Longer than a real answer takes on a busy machine; a silent server is waited for that long.
const PATIENCE: Duration = Duration::from_secs(5);
/// The verifier of RFC 7636, appendix B, and its challenge.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
pub(crate) const BACK: &str = "http://127.0.0.1:9/hooks/google/oauth";

/// The machine's clock.
pub(crate) struct Wall;

impl Clock for Wall {
    #[expect(clippy::disallowed_methods, reason = "tokens of the contract server end by it")]
    fn now(&self) -> Millis {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
        Millis(i64::try_from(since.as_millis()).expect("in this age"))
    }
}

/// Tokens in memory.
pub(crate) struct Kept(pub(crate) Mutex<OauthTokens>);

impl TokenStore for Kept {
    fn load(&self) -> TokenFuture<'_, OauthTokens> {
        Box::pin(async { Ok(self.0.lock().expect("a lock").clone()) })
    }

    fn save(&self, tokens: OauthTokens) -> TokenFuture<'_, ()> {
        Box::pin(async {
            *self.0.lock().expect("a lock") = tokens;
            Ok(())
        })
    }
}

pub(crate) struct Account {
    pub(crate) server: Server,
    pub(crate) tokens: Arc<Kept>,
    pub(crate) calendars: Arc<dyn CalendarAccount>,
}

fn outbound() -> Outbound {
    let loopback = "127.0.0.0/8".parse().expect("a network");
    Outbound::new(Guard::new(vec![loopback]), PATIENCE).expect("a client")
}

pub(crate) fn vendor(server: &Server) -> GoogleVendor {
    let at = |path: &str| Url::parse(&format!("{}{path}", server.url())).expect("an address");
    let settings = Settings {
        api_url: at(""),
        authorize_url: at("/o/oauth2/v2/auth"),
        token_url: at("/token"),
        revoke_url: at("/revoke"),
    };
    GoogleVendor::new(outbound(), Arc::new(Wall), settings)
}

pub(crate) fn oauth(vendor: &GoogleVendor) -> &dyn CalendarOauth {
    vendor.oauth().expect("a consent")
}

pub(crate) fn app() -> Credentials {
    Credentials::from([(CLIENT_ID, contract_google::CLIENT_ID), (CLIENT_SECRET, contract_google::CLIENT_SECRET)])
}

pub(crate) fn request() -> ConsentRequest<'static> {
    ConsentRequest { redirect_uri: BACK, state: "state-1", challenge: CHALLENGE, login: "" }
}

pub(crate) fn exchange(code: &str) -> CodeExchange<'_> {
    CodeExchange { code, redirect_uri: BACK, verifier: VERIFIER }
}

/// Presses Allow on the page of a consent, with these fields of its form; the query with which the browser returns.
pub(crate) async fn allowed(page: &str, fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut url = Url::parse(page).expect("an address");
    let hidden = url.query_pairs().into_owned().collect::<Vec<_>>();
    url.set_query(None);
    let body = Serializer::new(String::new()).extend_pairs(hidden).extend_pairs(fields).finish();
    let headers = vec![("content-type", "application/x-www-form-urlencoded".to_owned())];
    let request = Request { method: "POST", url, headers, secret: None, body, limit: 1 << 20 };
    let reply = outbound().send(request).await.expect("an answer");
    let back = reply.location.unwrap_or_else(|| panic!("{}: {}", reply.code, String::from_utf8_lossy(&reply.body)));
    Url::parse(&back).expect("an address").query_pairs().into_owned().collect()
}

/// A code of the account that is signed in, which grants everything.
pub(crate) async fn code(vendor: &GoogleVendor) -> String {
    let page = oauth(vendor).authorize_url(&app(), &request());
    let back = allowed(&page, &[("decision", "allow"), ("all", "1")]).await;
    value(&back, "code").to_owned()
}

pub(crate) fn value<'q>(query: &'q [(String, String)], name: &str) -> &'q str {
    let found = query.iter().find(|(known, _)| known == name);
    found.map_or_else(|| panic!("no {name}: {query:?}"), |(_, value)| value)
}

impl Account {
    /// One that has consented.
    pub(crate) fn connected() -> Account {
        Account::connected_to(Server::start("127.0.0.1:0").expect("a server"))
    }

    /// The same of a server that is there. The cases of every provider start it outside of asynchronous code, hence a
    /// thread of its own.
    pub(crate) fn connected_to(server: Server) -> Account {
        let granted = std::thread::scope(|threads| {
            let granted = threads.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
                runtime.block_on(async {
                    let vendor = vendor(&server);
                    let code = code(&vendor).await;
                    oauth(&vendor).exchange(&app(), exchange(&code)).await.expect("tokens")
                })
            });
            granted.join().expect("a consent")
        });
        let tokens = Arc::new(Kept(Mutex::new(granted.tokens)));
        let calendars = opened(&server, &tokens);
        Account { server, tokens, calendars }
    }

    /// Another server of ours that has the same tokens.
    pub(crate) fn beside(&self) -> Arc<dyn CalendarAccount> {
        opened(&self.server, &self.tokens)
    }

    pub(crate) fn steer(&self, method: &str, path: &str, body: &Json) -> Json {
        self.server.control(method, path, body)
    }

    /// Makes the next requests go wrong that have this in their label.
    pub(crate) fn fail_on(&self, on: &str, mut fault: Json) {
        fault["on"] = json!(on);
        self.steer("POST", "faults", &fault);
    }

    /// The requests so far, by the name of the method.
    pub(crate) fn requests(&self, name: &str) -> Vec<Json> {
        let all = self.steer("GET", "calls", &Json::Null);
        all.as_array().into_iter().flatten().filter(|request| request["name"] == name).cloned().collect()
    }

    pub(crate) fn forget_requests(&self) {
        self.steer("DELETE", "calls", &Json::Null);
    }

    pub(crate) fn add_calendar_as(&self, name: &str, role: &str) -> String {
        let added = self.steer("POST", "calendars", &json!({"summary": name, "role": role}));
        added["id"].as_str().expect("an id").to_owned()
    }

    /// Adds an event; its id.
    pub(crate) fn add(&self, calendar: &str, event: &Json) -> String {
        let added = self.steer("POST", "events", &json!({"calendar": calendar, "event": event}));
        added["id"].as_str().expect("an id").to_owned()
    }

    pub(crate) fn patch(&self, calendar: &str, id: &str, event: &Json) {
        self.steer("PATCH", "events", &json!({"calendar": calendar, "id": id, "event": event}));
    }

    /// The events of a calendar that are not cancelled.
    pub(crate) fn live(&self, calendar: &str) -> Vec<Json> {
        let all = self.steer("GET", &format!("events/{calendar}"), &Json::Null);
        all.as_array().into_iter().flatten().filter(|event| event["status"] != "cancelled").cloned().collect()
    }
}

fn opened(server: &Server, tokens: &Arc<Kept>) -> Arc<dyn CalendarAccount> {
    let account = Credentials::from([(EMAIL, contract_google::ACCOUNT)]);
    let store: Arc<dyn TokenStore> = Arc::<Kept>::clone(tokens);
    oauth(&vendor(server)).open(&app(), &account, store).expect("an account")
}

pub(crate) fn at(text: &str) -> Millis {
    Millis(text.parse::<Timestamp>().expect("an instant").as_millisecond())
}

/// The question for November 2026.
pub(crate) fn november(policy: BusyPolicy) -> BusyQuery {
    let window = Span { start: at("2026-11-01T00:00:00Z"), end: at("2026-12-01T00:00:00Z") };
    BusyQuery { window, zone: "Europe/Berlin".to_owned(), owner: contract_calendar::OWNER.to_owned(), policy }
}

/// A meeting of half an hour.
pub(crate) fn meeting(uid: &str, start: &str, sequence: u32) -> CalendarEntry {
    CalendarEntry {
        uid: uid.to_owned(),
        sequence,
        at: at("2026-11-01T10:00:00Z"),
        start: at(start),
        end: at(start) + Millis(30 * 60_000),
        title: "Demo".into(),
        description: "Zoe <zoe@hollis.example>".into(),
        place: "Room 4".into(),
        has_conference: false,
    }
}
