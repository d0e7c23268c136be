//! Installing the app in an account of HubSpot, and writing with tokens that expire.

use super::{Office, SETTINGS, place};
use crate::members::Browser;
use knock_testing::found;
use serde_json::{Value, json};
use url::Url;

const ANN: &str = "ann@acme.example";
const BO: &str = "bo@acme.example";
const MINUTE: i64 = 60_000;

fn app() -> Value {
    json!({"client_id": "client", "client_secret": "secret"})
}

impl Office {
    /// Begins the installation of an app; the `state` that HubSpot is to send back.
    fn begins(&self, admin: &Browser, app: &Value) -> String {
        let reply = admin.ask(&self.knock, "POST", &format!("{SETTINGS}/install"), app);
        assert_eq!(reply.code, 200, "{}", reply.body);
        let url = Url::parse(reply.body["url"].as_str().expect("a URL")).expect("a URL");
        let parameter = |name: &str| url.query_pairs().find(|(known, _)| known == name).expect(name).1.into_owned();
        assert_eq!((url.host_str(), parameter("client_id").as_str()), (Some("app.hubspot.com"), "client"));
        assert_eq!(parameter("redirect_uri"), format!("{}/hooks/{}/oauth", self.knock.url, place().as_str()));
        assert!(parameter("scope").contains("crm.objects.contacts.write"));
        parameter("state")
    }

    /// Follows HubSpot's redirect; the page of the dashboard that opens.
    fn comes_back(&self, browser: &Browser, query: &str) -> String {
        let reply = browser.get(&self.knock, &format!("/hooks/{}/oauth?{query}", place().as_str()));
        assert_eq!(reply.code, 303, "{}", reply.body);
        let location = reply.header("location").expect("a redirect");
        location
            .strip_prefix(&format!("/app/settings/crm?crm={}&install=", place().as_str()))
            .expect("the page")
            .to_owned()
    }

    fn installs(&self, admin: &Browser, app: &Value) {
        let state = self.begins(admin, app);
        assert_eq!(self.comes_back(admin, &format!("code=code&state={state}")), "done");
    }

    /// An office connected by an installation, with all standard properties, and the sync on.
    fn installed() -> (Office, Browser) {
        let office = Office::open();
        let admin = Browser::admin(&office.knock);
        office.installs(&admin, &app());
        assert_eq!(office.ask("POST", &format!("{SETTINGS}/fields"), &Value::Null).code, 200);
        office.turn_on(&json!({}));
        (office, admin)
    }

    /// The number of token refreshes.
    fn renewed(&self) -> Value {
        self.hubspot.control("GET", "counts", &Value::Null)["tokens_refreshed"].clone()
    }
}

#[test]
fn an_admin_installs_the_app_and_nothing_shows_a_secret() {
    let office = Office::open();
    let admin = Browser::admin(&office.knock);
    let state = office.begins(&admin, &app());
    assert_eq!(office.comes_back(&admin, &format!("code=code&state={state}")), "done");
    assert_eq!(office.comes_back(&admin, &format!("code=code&state={state}")), "unknown");
    let settings = office.settings();
    assert_eq!((&settings["is_connected"], &settings["is_app_known"]), (&json!(true), &json!(true)), "{settings}");
    assert_eq!(
        settings["account"],
        json!({"id": "1234", "name": "contract.example", "missing_scopes": [], "unchecked_scopes": []})
    );
    let log = office.knock.get("/api/v1/audit?limit=200", &office.key).body;
    let entries = log["entries"].as_array().expect("a list");
    assert!(entries.iter().any(|entry| entry["action"] == "crm.connected"), "{log}");
    let stored = office.knock.select("SELECT value FROM settings").concat();
    let shown = format!("{log} {settings} {stored} {}", office.knock.said());
    for secret in ["\"secret\"", "refresh-0", "access-", &state] {
        assert!(!shown.contains(secret), "{secret}: {shown}");
    }
    // Installed again without pasting anything.
    office.installs(&admin, &json!({}));
    assert_eq!(office.ask("DELETE", &SETTINGS, &Value::Null).code, 204);
    assert_eq!(
        (&office.settings()["is_connected"], &office.settings()["is_app_known"]),
        (&json!(false), &json!(false))
    );
}

#[test]
fn the_scopes_are_asked_for_by_a_form_with_the_app_and_nothing_else() {
    let office = Office::open();
    office.installs(&Browser::admin(&office.knock), &app());
    let calls = office.hubspot.control("GET", "calls", &Value::Null);
    let asked = |label: &str| {
        let mut calls = calls.as_array().into_iter().flatten();
        calls.find(|call| call["label"] == label).unwrap_or_else(|| panic!("{label}: {calls:?}")).clone()
    };
    let introspected = asked("POST /oauth/token/introspect");
    let names: Vec<&str> = introspected["body"].as_object().expect("a form").keys().map(String::as_str).collect();
    assert_eq!((names, &introspected["code"]), (vec!["client_id", "client_secret", "token"], &json!(200)));
    assert_eq!(introspected["body"]["client_id"], "client");
    assert_eq!(asked("POST /oauth/token")["body"]["grant_type"], "authorization_code");
}

#[test]
fn scopes_that_cannot_be_looked_up_are_a_warning_and_the_app_is_installed() {
    for fault in [
        json!({"do": "status", "status": 415}),
        json!({"do": "status", "status": 401}),
        json!({"do": "status", "status": 503}),
        json!({"do": "lose_answer"}),
    ] {
        let office = Office::open();
        let admin = Browser::admin(&office.knock);
        let mut fault = fault;
        fault["on"] = json!("token/introspect");
        office.hubspot.control("POST", "faults", &fault);
        office.installs(&admin, &app());
        let account = office.settings()["account"].clone();
        let unchecked = account["unchecked_scopes"].as_array().expect("a list");
        assert!(unchecked.contains(&json!("crm.objects.contacts.write")), "{fault}: {account}");
        assert_eq!((&account["missing_scopes"], &account["id"]), (&json!([]), &json!("1234")), "{fault}");
        // Asked again, they are known.
        office.installs(&admin, &json!({}));
        assert_eq!(office.settings()["account"]["unchecked_scopes"], json!([]));
    }
}

#[test]
fn an_account_that_is_not_said_is_no_fault_of_the_app() {
    let office = Office::open();
    let admin = Browser::admin(&office.knock);
    let state = office.begins(&admin, &app());
    office.hubspot.control("POST", "faults", &json!({"on": "account-info", "do": "status", "status": 403}));
    assert_eq!(office.comes_back(&admin, &format!("code=code&state={state}")), "refused&why=account_unread");
    assert_eq!(office.settings()["is_connected"], false);
}

#[test]
fn what_goes_wrong_leads_back_to_the_page_and_connects_nothing() {
    let office = Office::open();
    let admin = Browser::admin(&office.knock);
    let back = |state: &str| office.comes_back(&admin, &format!("code=code&state={state}"));
    let state = office.begins(&admin, &app());
    assert_eq!(back("0123456789abcdef"), "unknown");
    let other = Browser::admin(&office.knock);
    assert_eq!(office.comes_back(&other, &format!("code=code&state={state}")), "foreign");
    assert_eq!(office.comes_back(&admin, &format!("error=access_denied&state={state}")), "denied");
    assert_eq!(back(&office.begins(&admin, &json!({"client_id": "client", "client_secret": "wrong"}))), "refused");
    let state = office.begins(&admin, &app());
    assert_eq!(office.comes_back(&admin, &format!("code=other&state={state}")), "refused");
    let state = office.begins(&admin, &app());
    office.knock.advance(10 * MINUTE);
    assert_eq!(back(&state), "expired");
    let state = office.begins(&admin, &app());
    office.hubspot.control("PUT", "outage", &json!({"on": true, "status": 503}));
    assert_eq!(back(&state), "unreachable");
    assert_eq!(office.settings()["is_connected"], false);
    let install = |body: &Value| admin.ask(&office.knock, "POST", &format!("{SETTINGS}/install"), body);
    for (name, value) in [("client_id", ""), ("client_secret", "a b")] {
        let mut app = app();
        app[name] = json!(value);
        let reply = install(&app);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!(format!("/{name}"))), "{value}");
    }
    assert_eq!(office.ask("POST", &format!("{SETTINGS}/install"), &app()).code, 403, "a key cannot come back");
}

#[test]
fn a_token_that_ends_in_the_middle_of_writes_loses_nothing_and_is_renewed_once() {
    let (office, _) = Office::installed();
    office.writes(1, ANN, "We need a quote");
    office.settle();
    assert_eq!(office.renewed(), 0);
    office.hubspot.control("POST", "token", &json!({"state": "expired"}));
    office.writes(2, BO, "We need a quote");
    office.writes(3, "cleo@acme.example", "We need a quote");
    office.settle();
    for email in [ANN, BO, "cleo@acme.example"] {
        assert!(office.contact(email).is_some_and(|contact| contact["knock_chat_status"].is_string()), "{email}");
    }
    assert_eq!(office.renewed(), 1);
    // The renewed token is stored: a restarted server uses it.
    let Office { knock, key, site, hubspot } = office;
    let office = Office { knock: knock.kill_and_restart(), key, site, hubspot };
    office.writes(4, "dan@acme.example", "We need a quote");
    office.settle();
    assert!(office.contact("dan@acme.example").is_some());
    assert_eq!(office.renewed(), 1);
    // Half an hour later it is renewed before HubSpot refuses it.
    office.hubspot.control("DELETE", "calls", &Value::Null);
    office.knock.advance(30 * MINUTE);
    office.writes(5, "eve@acme.example", "We need a quote");
    office.settle();
    assert!(office.contact("eve@acme.example").is_some());
    assert_eq!(office.renewed(), 2);
    let calls = office.hubspot.control("GET", "calls", &Value::Null);
    let refused = calls.as_array().expect("a list").iter().filter(|call| call["code"] == 401).count();
    assert_eq!(refused, 0, "{calls}");
}

#[test]
fn an_app_that_the_account_removed_is_a_problem_until_it_is_installed_again() {
    let (office, admin) = Office::installed();
    office.hubspot.control("POST", "token", &json!({"state": "revoked"}));
    office.writes(1, ANN, "We need a quote");
    office.knock.advance(super::SECOND);
    found("a problem is shown", || (office.health()["problem"] != "").then_some(()));
    assert!(office.contact(ANN).is_none());
    office.installs(&admin, &json!({}));
    // A request with the token from before may be under way still, and be refused after the installation.
    office.in_time();
    assert_eq!(office.contact(ANN).expect("a contact")["email"], ANN);
    found("the problem is over", || (office.health()["problem"] == "").then_some(()));
}

#[test]
fn the_app_of_the_configuration_is_installed_without_pasting_it() {
    let office = Office::with(&[("KNOCK_HUBSPOT_CLIENT_ID", "client"), ("KNOCK_HUBSPOT_CLIENT_SECRET", "secret")]);
    let settings = office.settings();
    let is = |name: &str, is: bool| assert_eq!(settings[name], is, "{name}: {settings}");
    is("is_app_known", true);
    is("is_configured", false);
    is("is_connected", false);
    let admin = Browser::admin(&office.knock);
    office.installs(&admin, &json!({}));
    assert_eq!(office.settings()["is_connected"], true);
}
