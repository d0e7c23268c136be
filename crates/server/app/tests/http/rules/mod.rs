//! The requests of the rule editor over HTTP.

mod custom_fields;
mod fairness;
mod same_decision;
mod templates;
mod trying;
mod vectors;
mod versions;

use crate::routing::Team;
use crate::support::{batch, id, identify, signal};
use serde_json::{Value, json};

/// The conversation of a visitor who viewed a page, gave an address and wrote.
fn lead(team: &Team, visitor: u64, email: &str, text: &str) -> Value {
    let (site, now) = (team.knock.site(), team.knock.now());
    let signals = [signal(now, 1, "page_view", "/pricing"), identify(now, 2, email)];
    let mut sent = batch(&site, visitor, now, &signals);
    sent["session"] = json!(id(1_700_000_000_000, visitor));
    assert_eq!(team.knock.post_signals(&sent).code, 202);
    team.chat(visitor, &[text])
}

/// The reason of the refused field, whose pointer is checked.
fn refused(reply: &crate::support::Reply, code: u16, pointer: &str) -> String {
    assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (code, &json!(pointer)), "{}", reply.body);
    reply.body["errors"][0]["reason"].as_str().expect("a reason").to_owned()
}
