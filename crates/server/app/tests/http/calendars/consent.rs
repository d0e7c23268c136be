//! Connecting a calendar by a consent at its provider: begun, given or denied, given again, ended.

use super::{MINUTE, OWN};
use crate::members::Browser;
use crate::support::Knock;
use contract_google::{ACCOUNT, CLIENT_ID, CLIENT_SECRET, Server};
use knock_model::Role;
use knock_testing::found;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use url::Url;

const CONSENT: &str = "/api/v1/calendars/consent";
const APP: &str = "/api/v1/calendar-apps/google";

fn app() -> Value {
    json!({"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET})
}

/// A server of ours beside Google's, with a signed-in admin and the app entered.
struct Office {
    knock: Knock,
    google: Server,
    admin: Browser,
}

impl Office {
    fn open() -> Office {
        let google = Server::start("127.0.0.1:0").expect("it listens");
        let knock = start(&google, &[]);
        let admin = Browser::admin(&knock);
        let entered = admin.ask(&knock, "PUT", APP, &app());
        assert_eq!(entered.code, 200, "{}", entered.body);
        // Busy times are those of the clock of the tests.
        google.control("PUT", "clock", &json!({"advance": knock.now() - knock_testing::now().0}));
        Office { knock, google, admin }
    }

    /// The page of Google on which a member consents, with its parameters.
    fn asks(&self, browser: &Browser, account: Option<&str>) -> BTreeMap<String, String> {
        let mut asked = json!({"provider": "google"});
        if let Some(account) = account {
            asked["account"] = account.into();
        }
        let reply = browser.ask(&self.knock, "POST", CONSENT, &asked);
        assert_eq!(reply.code, 200, "{}", reply.body);
        let url = Url::parse(reply.body["url"].as_str().expect("a URL")).expect("a URL");
        url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
    }

    /// What the member does on the page; the query with which the browser is redirected.
    fn answers(&self, page: &BTreeMap<String, String>, choice: &[(&str, &str)]) -> String {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(page).extend_pairs(choice);
        let agent = ureq::Agent::new_with_config(
            ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).build(),
        );
        let url = format!("{}/o/oauth2/v2/auth", self.google.url());
        let sent = agent.post(&url).header("content-type", "application/x-www-form-urlencoded").send(form.finish());
        let reply = sent.expect("an answer");
        let location = reply.headers()["location"].to_str().expect("a text");
        let back = Url::parse(location).expect("a URL");
        assert_eq!(back.path(), "/hooks/google/oauth");
        back.query().expect("a query").to_owned()
    }

    /// Follows the redirect; the outcome on the page of the dashboard.
    fn comes_back(&self, browser: &Browser, query: &str) -> String {
        let reply = browser.get(&self.knock, &format!("/hooks/google/oauth?{query}"));
        assert_eq!(reply.code, 303, "{}", reply.body);
        let location = reply.header("location").expect("a redirect");
        let outcome = location.strip_prefix("/app/settings/calendars?calendar=google&install=");
        outcome.expect("the page of calendars").to_owned()
    }

    fn connects(&self, browser: &Browser, account: Option<&str>) -> String {
        let page = self.asks(browser, account);
        let query = self.answers(&page, &[("decision", "allow"), ("all", "on")]);
        self.comes_back(browser, &query)
    }

    /// The only account of a member.
    fn account(&self, browser: &Browser) -> Value {
        let accounts = self.accounts(browser);
        let [account] = &accounts[..] else { panic!("one account: {accounts:?}") };
        account.clone()
    }

    fn accounts(&self, browser: &Browser) -> Vec<Value> {
        browser.get(&self.knock, OWN).body["accounts"].as_array().expect("a list").clone()
    }

    fn grants(&self) -> Value {
        self.google.control("GET", "grants", &Value::Null)
    }

    /// The number of requests of a name.
    fn requests(&self, name: &str) -> u64 {
        let counts = self.google.control("GET", "counts", &Value::Null);
        counts["by_name"][name].as_u64().unwrap_or(0)
    }
}

/// A server whose Google is this one.
fn start(google: &Server, more: &[(&str, &str)]) -> Knock {
    let url = google.url();
    let [authorize, token, revoke] = ["/o/oauth2/v2/auth", "/token", "/revoke"].map(|path| format!("{url}{path}"));
    let own = [
        ("KNOCK_GOOGLE_API_URL", &*url),
        ("KNOCK_GOOGLE_AUTHORIZE_URL", &*authorize),
        ("KNOCK_GOOGLE_TOKEN_URL", &*token),
        ("KNOCK_GOOGLE_REVOKE_URL", &*revoke),
    ];
    super::start(&[&own[..], more].concat())
}

fn id(account: &Value) -> String {
    account["id"].as_str().expect("an id").to_owned()
}

#[test]
fn a_member_consents_and_the_account_is_connected() {
    let office = Office::open();
    let provider = |office: &Office| {
        let shown = office.admin.get(&office.knock, OWN).body;
        let providers = shown["providers"].as_array().expect("a list").iter();
        providers.clone().find(|provider| provider["provider"] == "google").expect("Google").clone()
    };
    assert_eq!(provider(&office)["consent"], json!({"is_ready": true}));
    let page = office.asks(&office.admin, None);
    assert_eq!(page["redirect_uri"], format!("{}/hooks/google/oauth", office.knock.url));
    assert_eq!((&*page["code_challenge_method"], page["code_challenge"].len()), ("S256", 43));
    let query = office.answers(&page, &[("decision", "allow"), ("all", "on")]);
    assert_eq!(office.comes_back(&office.admin, &query), "done");
    assert_eq!(office.comes_back(&office.admin, &query), "unknown", "a state is good once");

    let account = office.account(&office.admin);
    assert_eq!((&account["name"], &account["health"]["problem"]), (&json!(ACCOUNT), &json!("")), "{account}");
    assert_eq!(account["credentials"], json!({"email": ACCOUNT}));
    assert_eq!(account["events_in"], account["calendars"][0]["id"], "the first own one takes meetings: {account}");
    let key = office.knock.admin_key();
    let log = office.knock.get("/api/v1/audit?limit=200", &key).body;
    assert!(log.to_string().contains("calendar.connected"), "{log}");
    let stored = office.knock.select("SELECT details || tokens FROM calendar_accounts").concat();
    let shown = format!("{log} {account} {stored} {}", office.knock.said());
    for secret in [CLIENT_SECRET, "ya29.contract", "1//contract", &page["state"]] {
        assert!(!shown.contains(secret), "{secret}: {shown}");
    }
}

#[test]
fn what_goes_wrong_leads_back_to_the_page_and_connects_nothing() {
    let office = Office::open();
    let (admin, allowed) = (&office.admin, [("decision", "allow"), ("all", "on")]);
    let page = office.asks(admin, None);
    assert_eq!(office.comes_back(admin, &office.answers(&page, &[("decision", "deny")])), "denied");
    let granted = [("decision", "allow"), ("granted", "https://www.googleapis.com/auth/calendar.events")];
    let query = office.answers(&office.asks(admin, None), &granted);
    assert_eq!(office.comes_back(admin, &query), "refused&why=missing_scopes");
    let query = office.answers(&office.asks(admin, None), &allowed);
    let other = Browser::admin(&office.knock);
    assert_eq!(office.comes_back(&other, &query), "foreign");
    assert_eq!(office.comes_back(&Browser { cookie: String::new() }, &query), "signed-out");
    office.knock.advance(10 * MINUTE);
    assert_eq!(office.comes_back(admin, &query), "expired");
    let query = office.answers(&office.asks(admin, None), &allowed);
    office.google.control("PUT", "outage", &json!({"on": true, "status": 503}));
    assert_eq!(office.comes_back(admin, &query), "unreachable");
    office.google.control("PUT", "outage", &json!({"on": false}));
    let state = &office.asks(admin, None)["state"];
    assert_eq!(office.comes_back(admin, &format!("state={state}&code=invented")), "refused");
    assert!(office.accounts(admin).is_empty());

    let ask = |body: Value| {
        let reply = admin.ask(&office.knock, "POST", CONSENT, &body);
        (reply.code, reply.body["errors"][0]["pointer"].clone())
    };
    assert_eq!(ask(json!({"provider": "caldav"})), (422, json!("/provider")));
    let unknown = json!({"provider": "google", "account": "0e000000-0000-4000-8000-000000000001"});
    assert_eq!(ask(unknown), (422, json!("/account")));
    let draft = admin.ask(&office.knock, "POST", OWN, &json!({"provider": "google"}));
    assert_eq!((draft.code, &draft.body["errors"][0]["pointer"]), (422, &json!("/provider")));
}

#[test]
fn signing_in_again_keeps_the_use_and_takes_no_other_account() {
    let office = Office::open();
    let admin = &office.admin;
    office.google.control("POST", "accounts", &json!({"email": "other@example.com", "name": "Other"}));
    assert_eq!(office.connects(admin, None), "done");
    let account = id(&office.account(admin));
    let policy = json!({"tentative": false, "unanswered": true, "elsewhere": true});
    let path = format!("{OWN}/{account}");
    let changed = admin.ask(&office.knock, "PATCH", &path, &json!({"events_in": "", "policy": policy}));
    assert_eq!((changed.code, &changed.body["policy"]), (200, &policy), "{}", changed.body);
    let secret = admin.ask(&office.knock, "PATCH", &path, &json!({"password": "heron-granite-41"}));
    assert_eq!((secret.code, &secret.body["errors"][0]["pointer"]), (422, &json!("/password")));

    // The account takes the access back.
    office.google.control("POST", "grants/revoke", &json!({}));
    office.knock.advance(2 * MINUTE);
    let tested = admin.ask(&office.knock, "POST", &format!("{path}/test"), &Value::Null).body;
    let problem = tested["health"]["problem"].as_str().expect("a text");
    assert!(problem.contains("Sign in again"), "{problem}");

    office.google.control("PUT", "signed_in", &json!({"email": "other@example.com"}));
    let mut page = office.asks(admin, Some(&account));
    assert_eq!(page["login_hint"], ACCOUNT);
    page.remove("login_hint");
    let query = office.answers(&page, &[("decision", "allow"), ("all", "on")]);
    assert_eq!(office.comes_back(admin, &query), "refused&why=other_account");
    assert_eq!(office.connects(admin, Some(&account)), "done");
    let mended = office.account(admin);
    assert_eq!((&mended["health"]["problem"], &mended["policy"]), (&json!(""), &policy), "{mended}");
    assert_eq!((id(&mended), &mended["events_in"]), (account.clone(), &json!("")));
    // Connected as a new one, it is the same one too.
    office.google.control("PUT", "signed_in", &json!({"email": ACCOUNT}));
    assert_eq!(office.connects(admin, None), "done");
    assert_eq!(id(&office.account(admin)), account);
}

#[test]
fn tokens_are_renewed_once_and_kept_over_a_restart() {
    let office = Office::open();
    assert_eq!(office.connects(&office.admin, None), "done");
    let before = office.requests("token");
    office.google.control("POST", "tokens/expire", &json!({}));
    office.knock.advance(2 * MINUTE);
    let path = format!("{OWN}/{}/test", id(&office.account(&office.admin)));
    let read = |office: &Office| office.admin.ask(&office.knock, "POST", &path, &Value::Null).body["health"].clone();
    assert_eq!(read(&office)["problem"], "");
    assert_eq!(office.requests("token"), before + 1);
    let Office { knock, google, admin } = office;
    let office = Office { knock: knock.kill_and_restart(), google, admin };
    assert_eq!(read(&office)["problem"], "");
    assert_eq!(office.requests("token"), before + 1, "the renewed token is stored");
}

#[test]
fn disconnecting_ends_the_consent_unless_another_member_has_the_same_account() {
    let office = Office::open();
    let bo = Browser::member(&office.knock, &office.admin, "bo@us.example", Role::Rep);
    assert_eq!((office.connects(&office.admin, None), office.connects(&bo, None)), ("done".into(), "done".into()));
    let path = |who: &Browser| format!("{OWN}/{}", id(&office.account(who)));
    assert_eq!(office.admin.ask(&office.knock, "DELETE", &path(&bo), &Value::Null).code, 404, "another member's");
    assert_eq!(office.admin.ask(&office.knock, "DELETE", &path(&office.admin), &Value::Null).code, 204);
    assert!(office.grants()["granted"][ACCOUNT].is_array(), "Bo's stays");
    assert_eq!(bo.ask(&office.knock, "DELETE", &path(&bo), &Value::Null).code, 204);
    assert_eq!(office.grants()["granted"], json!({}));
    assert!(office.accounts(&bo).is_empty());
}

#[test]
fn a_meeting_is_written_by_the_consent() {
    let office = Office::open();
    assert_eq!(office.connects(&office.admin, None), "done");
    let member = office.admin.id_of(&office.knock, "admin@localhost");
    let draft = json!({"id": "0e000000-0000-4000-8000-000000000001", "owner": member, "email": "kim@added.example",
        "start_at": office.knock.now() + 86_400_000});
    let added = office.admin.ask(&office.knock, "POST", "/api/v1/meetings", &draft);
    assert!(added.code < 300, "{}", added.body);
    let calendar = office.account(&office.admin)["events_in"].as_str().expect("an id").to_owned();
    found("the meeting is an event", || {
        let events = office.google.control("GET", &format!("events/{calendar}"), &Value::Null);
        (!events.as_array().expect("a list").is_empty()).then_some(())
    });
}
