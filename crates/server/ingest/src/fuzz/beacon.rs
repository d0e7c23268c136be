//! Any body: it is refused with a field, or each signal has one outcome, whatever the other signals are.

use super::laws::check_signal;
use crate::{MAX_SIGNALS, Received, Refusal, Request, Unusable, receive};
use knock_model::{IdentifyPolicy, Millis, SiteId};
use knock_ports::Site;
use knock_wire::{BatchEnvelope, Rejected};
use serde_json::Value;
use std::borrow::Cow;
use std::net::Ipv4Addr;

const NOW: Millis = Millis(1_780_000_000_000);
/// The maximum size of batches that are checked signal by signal.
const FEW: usize = 12;

fn site() -> Site {
    Site {
        id: SiteId(1),
        key: "k1".into(),
        name: "Acme".into(),
        origins: vec!["https://acme.test".into()],
        base: String::new(),
        demo: false,
        categories: Vec::new(),
        identify: IdentifyPolicy::Open,
        identify_round: 1,
        removed_at: None,
    }
}

fn run(body: &[u8]) -> Result<Received, Refusal> {
    let request = Request {
        body,
        origin: Some("https://acme.test"),
        own_origins: &[],
        has_ingest_key: false,
        // Only the first page view of a batch gets the client, so a signal in a batch of its own would contain more.
        user_agent: "",
        language: "",
        from: Ipv4Addr::LOCALHOST.into(),
        locations: None,
        purpose: "",
        gpc: "",
        dnt: "",
        received_at: NOW,
        identify_secret: &|_| "secret".to_owned(),
    };
    receive(&request, |key| Some(site()).filter(|site| site.key == key))
}

#[test]
fn beacon() {
    knock_fuzz::target("beacon", |body| match run(body) {
        Ok(received) => check_received(body, &received),
        Err(refusal) => check_refused(body, &refusal),
    });
}

/// A refusal names the field; only a body that is not an object has none.
fn check_refused(body: &[u8], refusal: &Refusal) {
    let field = refusal.field();
    assert!(!field.reason.is_empty());
    let is_object = serde_json::from_slice::<Value>(body).is_ok_and(|body| body.is_object());
    assert!(!is_object || field.pointer.starts_with('/'), "{field:?}");
}

fn answer(unusable: &Unusable) -> &Rejected {
    &unusable.problem
}

fn check_received(body: &[u8], received: &Received) {
    let envelope: BatchEnvelope<'_> = serde_json::from_slice(body).expect("what was taken is a batch");
    let sent = envelope.signals.len();
    assert!(sent <= MAX_SIGNALS);
    let filtered = usize::try_from(received.filtered).expect("few");
    assert_eq!(received.signals.len() + received.rejected.len() + filtered, sent);
    assert_eq!(received.left_out.is_some(), !envelope.automation.as_deref().unwrap_or_default().is_empty());
    assert!(received.left_out.is_none() || filtered == sent);
    assert!(received.rejected.is_sorted_by(|one, two| answer(one).index < answer(two).index));
    for rejected in received.rejected.iter().map(answer) {
        assert!((rejected.index as usize) < sent && !rejected.reason.is_empty());
        assert!(rejected.pointer.starts_with(&format!("/signals/{}", rejected.index)));
    }
    received.signals.iter().for_each(|signal| check_signal(signal, NOW));
    if received.left_out.is_none() && sent <= FEW {
        check_alone(&envelope, received);
    }
}

/// Checks that each signal has the same outcome in a batch of its own.
fn check_alone(envelope: &BatchEnvelope<'_>, received: &Received) {
    let (mut signals, mut rejected) = (received.signals.iter(), received.rejected.iter());
    for raw in &envelope.signals {
        let borrowed = |text: &'_ Cow<'_, str>| Cow::Owned(text.to_string());
        let alone = BatchEnvelope {
            v: envelope.v,
            site: borrowed(&envelope.site),
            visitor: borrowed(&envelope.visitor),
            session: borrowed(&envelope.session),
            sent_at: envelope.sent_at,
            base: envelope.base.as_ref().map(borrowed),
            intent_type: None,
            errors: None,
            lost: None,
            automation: None,
            ignore_dnt: None,
            signals: vec![*raw],
        };
        let alone = run(&serde_json::to_vec(&alone).expect("it is written")).expect("it is taken");
        match alone.rejected.first() {
            Some(why) => assert_eq!(Some(&answer(why).reason), rejected.next().map(|it| &answer(it).reason)),
            None => assert_eq!(alone.signals.first(), signals.next()),
        }
    }
}
