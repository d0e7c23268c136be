//! Proofs: the identify secret of a site, its rotation, and the effect of an unproven `identify`.

use crate::chat::open_as;
use crate::support::{Knock, Reply, batch, identify, signal};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use std::collections::BTreeMap;

const ANN: &str = "ann@acme.example";

struct Site<'k> {
    knock: &'k Knock,
    bearer: String,
    key: String,
}

impl Site<'_> {
    fn of(knock: &Knock) -> Site<'_> {
        Site { knock, bearer: format!("Bearer {}", knock.admin_key()), key: knock.site() }
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Reply {
        let headers = [("content-type", "application/json"), ("authorization", self.bearer.as_str())];
        self.knock.send(method, path, &headers, Some(body.to_string().as_bytes()))
    }

    fn shown(&self) -> Value {
        self.ask("GET", "/api/v1/sites", &json!(null)).body["sites"][0].clone()
    }

    fn secret(&self) -> String {
        self.shown()["identify_secret"].as_str().expect("a secret").to_owned()
    }

    fn set(&self, identify: &str) -> Reply {
        let draft = json!({"name": "Demo site", "origins": [], "base": "/demo", "identify": identify});
        self.ask("PUT", &format!("/api/v1/sites/{}", self.key), &draft)
    }

    /// Sends an `identify` of a browser, with a proof if there is one.
    fn say(&self, visitor: u64, email: &str, proof: Option<&str>) -> Value {
        let now = self.knock.now();
        let mut said = identify(now, 1, email);
        said["proof"] = json!(proof);
        let viewed = signal(now, 2, "page_view", "/pricing");
        self.knock.post_signals(&batch(&self.key, visitor, now, &[said, viewed])).body
    }

    fn contacts(&self) -> usize {
        self.ask("GET", "/api/v1/contacts", &json!(null)).body["contacts"].as_array().expect("a list").len()
    }

    /// The trust in the newest `identify`.
    fn trust(&self) -> Value {
        let entries = self.ask("GET", "/api/v1/timeline", &json!(null)).body["entries"].clone();
        let mut entries = entries.as_array().expect("a list").iter();
        entries.find(|entry| entry["type"] == "identify").expect("an identify")["trust"].clone()
    }
}

fn proof(secret: &str, email: &str) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any length");
    hex::encode(mac.chain_update(email).finalize().into_bytes())
}

#[test]
fn a_site_that_takes_only_proven_words_merges_nothing_else() {
    let knock = Knock::start();
    let site = Site::of(&knock);
    assert_eq!(site.shown()["identify"], "open");
    assert_eq!(site.set("verified").body["identify"], "verified");
    assert_eq!(site.say(1, ANN, None)["accepted"], 2);
    assert_eq!((site.contacts(), site.trust()), (0, json!("unverified")));
    let secret = site.secret();
    assert_eq!(site.say(2, "Ann@ACME.example ", Some(&proof(&secret, ANN)))["accepted"], 2);
    assert_eq!((site.contacts(), site.trust()), (1, json!("verified")));
    let contact = site.ask("GET", "/api/v1/contacts", &json!(null)).body["contacts"][0].clone();
    assert_eq!((&contact["email"], &contact["signals"]), (&json!(ANN), &json!(2)), "none of the first browser's");
    // A claim that was not trusted then is not trusted later either.
    assert_eq!(site.set("open").code, 200);
    let rebuilt = knock.command(&["rebuild"]);
    assert!(String::from_utf8_lossy(&rebuilt.stdout).lines().all(|line| line.ends_with(" 0 changed")), "{rebuilt:?}");
    assert_eq!(site.contacts(), 1);
    site.say(3, "bob@acme.example", None);
    assert_eq!((site.contacts(), site.trust()), (2, json!("claimed")));
}

#[test]
fn an_address_is_shown_as_proven_or_as_stated() {
    let knock = Knock::start();
    let site = Site::of(&knock);
    site.say(1, ANN, Some(&proof(&site.secret(), ANN)));
    site.say(2, ANN, None);
    site.say(3, "bob@acme.example", None);
    let record = |path: &str| site.ask("GET", path, &json!(null)).body;
    let api_key = knock.admin_key();
    let mut shown: Vec<Value> = Vec::new();
    for visitor in 1..=4 {
        let chat = open_as(&knock, &site.key, visitor);
        assert_eq!(chat.write(&knock, visitor, "We need a quote").code, 201);
        shown.push(chat.record(&knock, &api_key)["trust"].clone());
    }
    assert_eq!(shown, [json!("verified"), json!("claimed"), json!("claimed"), json!(null)], "by browser");
    let list = record("/api/v1/contacts");
    let contacts = list["contacts"].as_array().expect("a list").iter().filter(|contact| contact["email"] != "");
    let trusts = contacts.map(|contact| {
        let path = format!("/api/v1/contacts/{}", contact["id"].as_str().expect("an id"));
        (contact["email"].as_str().expect("a text").to_owned(), record(&path)["trust"].clone())
    });
    let trusts: BTreeMap<String, Value> = trusts.collect();
    assert_eq!(json!(trusts), json!({ANN: "verified", "bob@acme.example": "claimed"}));
}

#[test]
fn a_wrong_proof_is_refused_by_its_field_and_the_rest_is_kept() {
    let knock = Knock::start();
    let site = Site::of(&knock);
    let reply = site.say(1, ANN, Some(&proof("another secret", ANN)));
    assert_eq!((&reply["accepted"], &reply["rejected"][0]["pointer"]), (&json!(1), &json!("/signals/0/proof")));
    assert!(reply["rejected"][0]["reason"].as_str().is_some_and(|reason| reason.starts_with("proof: ")), "{reply}");
    assert_eq!(site.contacts(), 0);
}

#[test]
fn a_new_secret_ends_the_one_before_and_lasts() {
    let knock = Knock::start();
    let site = Site::of(&knock);
    let first = site.secret();
    let rotated = site.ask("POST", &format!("/api/v1/sites/{}/identify-secret", site.key), &json!({}));
    let second = rotated.body["identify_secret"].as_str().expect("a secret").to_owned();
    assert_eq!((rotated.code, second.len()), (200, 64));
    assert_ne!(first, second);
    assert_eq!(site.say(1, ANN, Some(&proof(&first, ANN)))["rejected"].as_array().map(Vec::len), Some(1));
    assert_eq!(site.say(2, ANN, Some(&proof(&second, ANN)))["accepted"], 2);
    assert_eq!(site.set("open").body["identify_secret"], json!(second), "saving a site changes no secret");
    assert_eq!(site.ask("POST", "/api/v1/sites/unknown/identify-secret", &json!({})).code, 404);
    let knock = knock.kill_and_restart();
    assert_eq!(Site::of(&knock).secret(), second);
}

#[test]
fn an_unknown_policy_is_refused() {
    let knock = Knock::start();
    let reply = Site::of(&knock).set("strict");
    assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (400, &json!("/identify")));
}
