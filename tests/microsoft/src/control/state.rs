//! What there is, for tests to look at.

use super::Done;
use crate::account::Account;
use crate::ids;
use crate::show::{self, Shape};
use crate::subscriptions::Subscription;
use crate::world::World;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// `GET /_control/...`.
pub(super) fn shown(world: &World, path: &[&str]) -> Done {
    match path {
        ["state"] => Ok(json!({
            "accounts": world.accounts.values().map(account).collect::<Vec<_>>(),
            "subscriptions": subscriptions(world), "invitations": world.invitations,
        })),
        ["events"] => Ok(json!(world.accounts.values().flat_map(events).collect::<Vec<_>>())),
        ["subscriptions"] => Ok(json!(subscriptions(world))),
        ["invitations"] => Ok(json!(world.invitations)),
        ["deliveries"] => Ok(json!(world.deliveries.sent)),
        ["calls"] => Ok(json!(world.requests)),
        ["counts"] => Ok(counts(world)),
        _ => Err("there is no such path".to_owned()),
    }
}

fn subscriptions(world: &World) -> Vec<Json> {
    world.subscriptions.values().map(Subscription::shown).collect()
}

fn account(account: &Account) -> Json {
    let calendars: Vec<Json> = account.calendars.values().map(|calendar| calendar.shown(account)).collect();
    json!({"id": account.id, "mail": account.mail, "calendars": calendars, "events": events(account)})
}

/// Single events and series, with the calendar of each.
fn events(account: &Account) -> Vec<Json> {
    let shape = Shape { zone: "UTC".to_owned(), shows_times: true, ..Shape::default() };
    let one = |event: &crate::event::Event| {
        let mut shown = show::event(&event.whole(), &shape);
        shown["calendar"] = json!(ids::calendar(event.calendar));
        shown["singleValueExtendedProperties"] = json!(event.details.extended);
        shown["immutable_id"] = json!(ids::item(event.number, event.moves, None, true));
        shown
    };
    account.events.values().map(one).collect()
}

/// The number of requests by method and path, and of refusals by limits.
fn counts(world: &World) -> Json {
    let mut by_label: BTreeMap<&str, usize> = BTreeMap::new();
    for request in &world.requests {
        *by_label.entry(request["label"].as_str().unwrap_or_default()).or_default() += 1;
    }
    json!({
        "requests": world.requests.len(), "by_label": by_label, "refused_by_limits": world.refused_by_limits,
        "tokens_refreshed": world.identity.refreshed,
    })
}
