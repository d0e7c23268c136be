//! Proofs of an `identify`, and the outcome without a proof.

use knock_ingest::{Received, Request, receive};
use knock_model::{IdentifyPolicy, Millis, SignalId, SiteId, Trust};
use knock_ports::Site;
use serde_json::{Value, json};
use std::net::Ipv4Addr;

const NOW: i64 = 1_780_000_000_000;
const VISITOR: &str = "019e6f6e-1c00-7000-8000-000000000001";
/// Made elsewhere: `printf ann@acme.example | openssl dgst -sha256 -hmac a-secret`.
const HMAC: &str = "2ac89d5da7eba41675906a6ccf90271cdced117a71e29c59bd5cb318dff2fc25";
/// Made elsewhere: `{"alg":"HS256","typ":"JWT"}`, `{"email":"Ann@acme.example","exp":1780000300,"aud":"x"}`, `a-secret`.
const JWT: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJlbWFpbCI6IkFubkBhY21lLmV4YW1wbGUiLCJleHAiOjE3ODAwMDAzMDAs\
                   ImF1ZCI6IngifQ.5RL3hVj256BsztwMESCBFu97Ox0ol426nvEb62twAm4";
/// The same claims, not signed at all.
const UNSIGNED: &str =
    "eyJhbGciOiJub25lIn0.eyJlbWFpbCI6IkFubkBhY21lLmV4YW1wbGUiLCJleHAiOjE3ODAwMDAzMDAsImF1ZCI6IngifQ.";
/// Signed with the right secret by HS512.
const HS512: &str = "eyJhbGciOiJIUzUxMiJ9.eyJlbWFpbCI6ImFubkBhY21lLmV4YW1wbGUiLCJleHAiOjE3ODAwMDAzMDB9.4RHUvGvzVAVGBy0j8uF7psudcMDxxd4bMtLvbOj1FYIvxZLGaFjSgdLo2hy2foOQNUdoeWz3uK8KZ8LX0HUGtA";
/// Signed with the right secret, but without `exp`.
const ENDLESS: &str =
    "eyJhbGciOiJIUzI1NiJ9.eyJlbWFpbCI6ImFubkBhY21lLmV4YW1wbGUifQ.ID4HgeeXO-LVR90L4mbY27l2WOoAdcF5jShkVQRQNNU";
/// Signed with the right secret: `{"email":"ann@acme.example","exp":1780009000,"nbf":1780000300}`.
const LATER: &str = "eyJhbGciOiJIUzI1NiJ9.eyJlbWFpbCI6ImFubkBhY21lLmV4YW1wbGUiLCJleHAiOjE3ODAwMDkwMDAsIm5iZiI6MTc4MDAwMDMwMH0.U1AFLwlL03S7m9JcdyyMlY19LT6r1rTkgXv2EInW2RA";
/// The same with a text as `nbf`.
const NO_INSTANT: &str = "eyJhbGciOiJIUzI1NiJ9.eyJlbWFpbCI6ImFubkBhY21lLmV4YW1wbGUiLCJleHAiOjE3ODAwMDkwMDAsIm5iZiI6InNvb24ifQ.MNmNBkaNE9GEmXISSCjTa06QT83BcojDvNCSG81_nGg";

fn identify(props: Value, proof: Value) -> Value {
    let id = SignalId::new(Millis(NOW), &[1; 10]).to_string();
    json!({"id": id, "at": NOW, "type": "identify", "props": props, "proof": proof})
}

fn run(signal: Value, identify: IdentifyPolicy, received_at: i64) -> Received {
    let batch =
        json!({"v": 1, "site": "k1", "visitor": VISITOR, "session": VISITOR, "sent_at": NOW, "signals": [signal]});
    let body = batch.to_string();
    let request = Request {
        body: body.as_bytes(),
        origin: Some("https://acme.test"),
        own_origins: &[],
        has_ingest_key: false,
        user_agent: "",
        language: "",
        from: Ipv4Addr::LOCALHOST.into(),
        locations: None,
        purpose: "",
        gpc: "",
        dnt: "",
        received_at: Millis(received_at),
        identify_secret: &|_| "a-secret".to_owned(),
    };
    let site = Site {
        id: SiteId(1),
        key: "k1".into(),
        name: "Acme".into(),
        origins: vec!["https://acme.test".into()],
        base: String::new(),
        demo: false,
        categories: Vec::new(),
        identify,
        identify_round: 1,
        removed_at: None,
    };
    receive(&request, |_| Some(site.clone())).expect("taken")
}

#[test]
fn a_good_proof_verifies_whatever_the_site_asks() {
    for policy in IdentifyPolicy::ALL {
        for proof in [HMAC, JWT] {
            let received = run(identify(json!({"email": " ANN@Acme.example "}), json!(proof)), *policy, NOW);
            assert_eq!(received.rejected, [], "{proof}");
            assert_eq!(received.signals[0].detail.read().trust, Some(Trust::Verified));
            assert_eq!(received.unknown_fields, 0);
        }
    }
}

#[test]
fn without_a_proof_the_policy_of_the_site_decides() {
    let cases = [(IdentifyPolicy::Open, Trust::Claimed), (IdentifyPolicy::Verified, Trust::Unverified)];
    for (policy, expected) in cases {
        let received = run(identify(json!({"email": "ann@acme.example"}), json!(null)), policy, NOW);
        assert_eq!(received.signals[0].detail.read().trust, Some(expected));
        assert_eq!(received.signals[0].detail.read().email, "ann@acme.example");
    }
}

#[test]
fn a_wrong_proof_spoils_its_signal_and_says_why() {
    let ann = || json!({"email": "ann@acme.example"});
    let bob = || json!({"email": "bob@acme.example"});
    let changed = JWT.replace("RL3", "RL4");
    let minutes = 60_000;
    let cases = [
        (ann(), json!(HMAC.to_uppercase()), NOW, "is neither"),
        (ann(), json!(&HMAC[2..]), NOW, "is neither"),
        (ann(), json!(""), NOW, "is neither"),
        (ann(), json!("ann@acme"), NOW, "is neither"),
        (ann(), json!(HMAC.replace("2a", "2b")), NOW, "is not the HMAC-SHA256"),
        (bob(), json!(HMAC), NOW, "is not the HMAC-SHA256"),
        (bob(), json!(JWT), NOW, "names another address"),
        (ann(), json!(changed), NOW, "is not signed with"),
        (ann(), json!(HS512), NOW, "is not signed by HS256"),
        (ann(), json!(UNSIGNED), NOW, "is not a JWT with"),
        (ann(), json!(ENDLESS), NOW, "is not a JWT with"),
        (ann(), json!("a.b.c"), NOW, "is not a JWT with"),
        (ann(), json!("."), NOW, "is not a JWT with"),
        (ann(), json!(JWT), NOW + 6 * minutes, "has expired"),
        (ann(), json!(LATER), NOW, "is not valid yet"),
        (ann(), json!(LATER), NOW + 4 * minutes - 1, "is not valid yet"),
        (ann(), json!(NO_INSTANT), NOW, "is not a JWT with"),
        (json!({"name": "Ann"}), json!(HMAC), NOW, "proves an address"),
        (ann(), json!(7), NOW, "invalid type"),
    ];
    for (props, proof, received_at, reason) in cases {
        let received = run(identify(props, proof.clone()), IdentifyPolicy::Open, received_at);
        assert_eq!(received.signals.len(), 0, "{proof}");
        let rejected = &received.rejected[0].problem;
        assert_eq!(rejected.pointer, "/signals/0/proof", "{proof}");
        assert!(rejected.reason.contains(reason), "{proof} {rejected:?}");
    }
    let in_time = run(identify(ann(), json!(JWT)), IdentifyPolicy::Open, NOW + 6 * minutes - 1);
    assert_eq!(in_time.signals.len(), 1, "a minute of leeway");
    let begun = run(identify(ann(), json!(LATER)), IdentifyPolicy::Open, NOW + 4 * minutes);
    assert_eq!(begun.signals.len(), 1, "a minute of leeway");
}
