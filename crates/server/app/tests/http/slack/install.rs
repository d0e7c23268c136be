//! Installing the app in a Slack workspace, by the requests of an admin's browser.

use super::{Office, SETTINGS};
use crate::members::Browser;
use crate::support::{Knock, Reply};
use contract_slack::{Slack, seed};
use knock_model::Role;
use serde_json::{Value, json};
use url::{Url, form_urlencoded};

const INSTALL: &str = "/api/v1/slack/install";
const MINUTE: i64 = 60_000;

pub(super) fn app() -> Value {
    json!({"client_id": seed::CLIENT_ID, "client_secret": seed::CLIENT_SECRET, "signing_secret": seed::SIGNING_SECRET})
}

impl Browser {
    /// Begins the installation of an app; the address of Slack's consent page.
    pub(super) fn installs(&self, knock: &Knock, app: &Value) -> Url {
        let reply = self.ask(knock, "POST", INSTALL, app);
        assert_eq!(reply.code, 200, "{}", reply.body);
        Url::parse(reply.body["url"].as_str().expect("a URL")).expect("a URL")
    }

    /// Follows Slack's redirect; the page of the dashboard that opens.
    pub(super) fn comes_back(&self, knock: &Knock, back: &Url) -> String {
        let path = format!("{}?{}", back.path(), back.query().unwrap_or_default());
        page(&self.get(knock, &path))
    }
}

fn page(reply: &Reply) -> String {
    assert_eq!((reply.code, reply.header("cache-control")), (303, Some("no-store")), "{}", reply.body);
    let location = reply.header("location").expect("a redirect");
    location.strip_prefix("/app/settings/slack?install=").expect("the page").to_owned()
}

/// Submits a decision on Slack's consent page; the address of its redirect.
pub(super) fn decided(url: &Url, decision: &str) -> Url {
    let fields = url.query_pairs().chain([("decision".into(), decision.into())]);
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let agent = ureq::Agent::new_with_config(ureq::Agent::config_builder().max_redirects(0).build());
    let mut page = url.clone();
    page.set_query(None);
    let answer = agent.post(page.as_str()).content_type("application/x-www-form-urlencoded").send(body);
    let location = answer.expect("an answer").headers()["location"].to_str().expect("an address").to_owned();
    Url::parse(&location).expect("an address")
}

fn with(url: &Url, name: &str, value: &str) -> Url {
    let mut other = url.clone();
    let pairs = url.query_pairs().filter(|(known, _)| known != name).chain([(name.into(), value.into())]);
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    other.set_query(Some(&query));
    other
}

#[test]
fn an_admin_installs_the_app_and_slack_is_connected() {
    let office = Office::bare();
    let admin = Browser::admin(&office.knock);
    assert_eq!(office.settings()["is_app_known"], false);
    let url = admin.installs(&office.knock, &app());
    assert_eq!(url.path(), "/oauth/v2/authorize");
    let parameter = |name: &str| url.query_pairs().find(|(known, _)| known == name).expect(name).1.into_owned();
    assert_eq!(parameter("client_id"), seed::CLIENT_ID);
    assert_eq!(parameter("redirect_uri"), format!("{}/hooks/slack/oauth", office.knock.url));
    assert!(parameter("scope").split(',').any(|scope| scope == "chat:write"));
    let back = decided(&url, "allow");
    assert_eq!(admin.comes_back(&office.knock, &back), "done");
    let settings = office.settings();
    assert_eq!((&settings["is_connected"], &settings["is_app_known"]), (&json!(true), &json!(true)), "{settings}");
    assert_eq!((&settings["team"], &settings["missing_scopes"]), (&json!("Acme"), &json!([])));
    office.until("the people are listed", |settings| settings["users"] == 4);
    // The same redirect again is unknown.
    assert_eq!(admin.comes_back(&office.knock, &back), "unknown");
    let log = office.knock.get("/api/v1/audit?limit=200", &office.key).body;
    let entries = log["entries"].as_array().expect("a list");
    let entry = entries.iter().find(|entry| entry["action"] == "destination.created").expect("an entry");
    assert_eq!(entry["subject"]["kind"], "slack");
    assert!(entry["actor"].to_string().contains("admin") || entry["actor"]["email"].is_string(), "{entry}");
    let code = back.query_pairs().find(|(name, _)| name == "code").expect("a code").1.into_owned();
    let stored = office.knock.select("SELECT value FROM settings").join(" ");
    let shown = format!("{log} {settings} {stored} {}", office.knock.said());
    for secret in [seed::CLIENT_SECRET, seed::SIGNING_SECRET, &code, "xoxb-", &parameter("state")] {
        assert!(!shown.contains(secret), "{secret}: {shown}");
    }
    // Slack's requests are verified by the secret of the app, also after a restart.
    let office = Office { knock: office.knock.kill_and_restart(), ..office };
    office.slack.control("POST", "verify", &json!({"challenge": "abc"}));
    // It is installed again without pasting anything.
    let admin = Browser::admin(&office.knock);
    let back = decided(&admin.installs(&office.knock, &json!({})), "allow");
    assert_eq!(admin.comes_back(&office.knock, &back), "done");
}

#[test]
fn an_answer_that_is_not_of_this_installation_connects_nothing() {
    let office = Office::bare();
    let knock = &office.knock;
    let admin = Browser::admin(knock);
    let back = |browser: &Browser, decision: &str| decided(&browser.installs(knock, &app()), decision);
    let good = back(&admin, "allow");
    assert_eq!(admin.comes_back(knock, &with(&good, "state", "0123456789abcdef")), "unknown");
    assert_eq!(admin.comes_back(knock, &with(&good, "state", "")), "unknown");
    assert_eq!(admin.comes_back(knock, &Url::parse("http://x/hooks/slack/oauth").expect("a URL")), "unknown");
    // Another session of the same admin, a member without the permission, and a browser that is not signed in.
    assert_eq!(Browser::admin(knock).comes_back(knock, &good), "foreign");
    let rep = Browser::nameless(knock, &admin, "bo@us.example", Role::Rep);
    assert_eq!(rep.comes_back(knock, &good), "not-permitted");
    let path = format!("{}?{}", good.path(), good.query().expect("a query"));
    assert_eq!(page(&knock.get(&path, "")), "signed-out");
    assert_eq!(office.settings()["is_connected"], false);
    assert_eq!(admin.comes_back(knock, &back(&admin, "cancel")), "denied");
    let late = back(&admin, "allow");
    knock.advance(10 * MINUTE);
    assert_eq!(admin.comes_back(knock, &late), "expired");
    assert_eq!(admin.comes_back(knock, &late), "unknown");
    assert_eq!(office.settings()["is_connected"], false);
    let wrong_code = back(&admin, "allow");
    assert_eq!(admin.comes_back(knock, &with(&wrong_code, "code", "1")), "refused&why=invalid_code");
    let sentence = with(&back(&admin, "cancel"), "error", "Call us at once");
    assert_eq!(admin.comes_back(knock, &sentence), "refused");
    assert_eq!(office.settings()["is_connected"], false);
}

#[test]
fn a_failed_exchange_says_so_and_another_one_works() {
    let office = Office::bare();
    let admin = Browser::admin(&office.knock);
    let mut wrong = app();
    wrong["client_secret"] = json!("other");
    let back = decided(&admin.installs(&office.knock, &wrong), "allow");
    assert_eq!(admin.comes_back(&office.knock, &back), "refused&why=bad_client_secret");
    let back = decided(&admin.installs(&office.knock, &app()), "allow");
    office.slack.control("PUT", "outage", &json!({"on": true, "status": 503}));
    assert_eq!(admin.comes_back(&office.knock, &back), "unreachable");
    office.slack.control("PUT", "outage", &json!({"on": false}));
    assert_eq!(office.settings()["is_connected"], false);
    let back = decided(&admin.installs(&office.knock, &app()), "allow");
    assert_eq!(admin.comes_back(&office.knock, &back), "done");
    assert_eq!(office.settings()["is_connected"], true);
}

#[test]
fn what_is_wrong_with_an_app_is_said_at_its_field() {
    let office = Office::bare();
    let admin = Browser::admin(&office.knock);
    for (name, value) in
        [("client_id", "A01KNOCK1"), ("client_id", ""), ("client_secret", "a b"), ("signing_secret", "")]
    {
        let mut app = app();
        app[name] = json!(value);
        let reply = admin.ask(&office.knock, "POST", INSTALL, &app);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!(format!("/{name}"))), "{value}");
    }
    assert_eq!(admin.ask(&office.knock, "POST", INSTALL, &json!({})).code, 422, "no app is known");
    let by_key = office.ask("POST", INSTALL, &app());
    assert_eq!((by_key.code, &by_key.body["errors"][0]["pointer"]), (403, &json!("header/Authorization")));
    let configured = Office::configured();
    let admin = Browser::admin(&configured.knock);
    assert_eq!(admin.ask(&configured.knock, "POST", INSTALL, &app()).code, 409);
}

#[test]
fn the_app_of_the_configuration_is_installed_without_pasting_it() {
    let slack = Slack::start();
    let api_url = slack.api_url();
    let office = Office::with(
        slack,
        Knock::start_with(&[
            ("KNOCK_SLACK_API_URL", &*api_url),
            ("KNOCK_SLACK_CLIENT_ID", seed::CLIENT_ID),
            ("KNOCK_SLACK_CLIENT_SECRET", seed::CLIENT_SECRET),
            ("KNOCK_SLACK_SIGNING_SECRET", seed::SIGNING_SECRET),
        ]),
    );
    let settings = office.settings();
    assert_eq!((&settings["is_app_known"], &settings["is_connected"]), (&json!(true), &json!(false)));
    let admin = Browser::admin(&office.knock);
    let back = decided(&admin.installs(&office.knock, &json!({})), "allow");
    assert_eq!(admin.comes_back(&office.knock, &back), "done");
    assert_eq!(office.settings()["is_connected"], true);
    assert_eq!(office.ask("DELETE", SETTINGS, &Value::Null).code, 204);
    assert_eq!(office.settings()["is_app_known"], true);
}
