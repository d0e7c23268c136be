//! Events of forms, clicks and companies as received, and webhooks that are limited to sites.

use super::Sender;
use crate::chat::open_as;
use crate::support::{batch, identify, signal};
use knock_testing::{Answer, ORIGIN, Receiver};
use serde_json::{Value, json};

const EVENTS: [&str; 3] = ["account.changed", "form.submitted", "link.clicked"];

#[test]
fn a_form_a_click_and_the_score_of_a_company_are_heard_of_once() {
    let (sender, receiver) = (Sender::start(), Receiver::start(|_, _| Answer::Code(200)));
    sender.add(&receiver.url("/"), &EVENTS);
    let (site, now) = (sender.knock.site(), sender.knock.now());
    let mut form = signal(now, 2, "form_submit", "/contact-sales");
    (form["form"], form["fields"]) = (json!("Contact sales"), json!(["email", "message"]));
    let mut cta = signal(now, 4, "cta", "/pricing");
    (cta["name"], cta["text"]) = (json!("Book a demo"), json!("Try it"));
    let sent = batch(&site, 1, now, &[form, identify(now, 3, "ann@first.example"), cta]);
    for _ in 0..2 {
        assert_eq!(sender.knock.post_signals(&sent).code, 202);
    }
    let all = |heard: &[knock_testing::Heard], event: &str| -> Vec<Value> {
        let bodies = heard.iter().map(knock_testing::Heard::body).filter(|body| body["type"] == event);
        bodies.map(|body| body["data"].clone()).collect()
    };
    let heard = receiver.until(|heard| EVENTS.iter().all(|event| !all(heard, event).is_empty()));
    let forms = all(&heard, "form.submitted");
    assert_eq!(forms.len(), 1, "{forms:?}");
    assert_eq!((&forms[0]["contact"]["email"], &forms[0]["site"]), (&json!("ann@first.example"), &json!(site)));
    assert_eq!((&forms[0]["form"], &forms[0]["fields"]), (&json!("Contact sales"), &json!(["email", "message"])));
    assert!(forms[0]["page"].as_str().is_some_and(|page| page.ends_with("/contact-sales")), "{forms:?}");
    let clicks = all(&heard, "link.clicked");
    assert_eq!((clicks.len(), &clicks[0]["kind"]), (1, &json!("cta")), "{clicks:?}");
    assert_eq!((&clicks[0]["name"], &clicks[0]["text"]), (&json!("Book a demo"), &json!("Try it")));
    assert!(clicks[0]["page"].as_str().is_some_and(|page| page.ends_with("/pricing")), "{clicks:?}");
    let accounts = all(&heard, "account.changed");
    assert_eq!(
        (&accounts[0]["account"]["domain"], &accounts[0]["previous"]["score"]),
        (&json!("first.example"), &Value::Null)
    );
}

#[test]
fn a_webhook_is_limited_to_the_sites_that_it_names() {
    let (sender, receiver) = (Sender::start(), Receiver::start(|_, _| Answer::Code(200)));
    let shop = sender.ask("POST", "/api/v1/sites", &json!({"name": "Shop", "origins": [ORIGIN]})).text("key");
    let demo = sender.knock.site();
    let draft =
        |path: &str, sites: &[&str]| json!({"url": receiver.url(path), "events": ["message.created"], "sites": sites});
    let wrong = sender.ask("POST", "/api/v1/webhooks", &draft("/x", &[demo.as_str(), "nosuch"]));
    assert_eq!((wrong.code, &wrong.body["errors"][0]["pointer"]), (422, &json!("/sites/1")), "{}", wrong.body);
    let made = |path: &str, sites: &[&str]| sender.ask("POST", "/api/v1/webhooks", &draft(path, sites)).body;
    let of_shop = made("/shop", &[shop.as_str()]);
    let of_demo = made("/demo", &[demo.as_str()]);
    assert_eq!((&of_shop["sites"], &of_demo["sites"]), (&json!([shop]), &json!([demo])));
    let chat = open_as(&sender.knock, &demo, 1);
    assert_eq!(chat.write(&sender.knock, 1, "Is anybody here?").code, 201);
    receiver.until(|heard| heard.iter().any(|one| one.body()["data"]["author"] == "lead"));
    assert!(receiver.all().iter().all(|one| one.path == "/demo"));
    assert!(sender.deliveries(&of_shop["id"]).is_empty());

    let path = format!("/api/v1/webhooks/{}", of_shop["id"].as_str().expect("an id"));
    let widened = sender.ask("PUT", &path, &draft("/shop", &[]));
    assert_eq!((widened.code, &widened.body["sites"]), (200, &json!([])));
    assert_eq!(chat.write(&sender.knock, 2, "Hello?").code, 201);
    receiver.until(|heard| heard.iter().any(|one| one.path == "/shop"));
}
