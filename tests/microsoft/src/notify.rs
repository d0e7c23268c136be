//! Change notifications and lifecycle notifications: what is due, and the results of sending it.
//!
//! <https://learn.microsoft.com/graph/change-notifications-delivery-webhooks>,
//! <https://learn.microsoft.com/graph/change-notifications-lifecycle-events>

use crate::event::Event;
use crate::ids;
use crate::moment::stamp;
use crate::show;
use crate::subscriptions::Subscription;
use crate::world::World;
use jiff::Timestamp;
use serde_json::{Value as Json, json};
use std::collections::VecDeque;

/// Waits before further attempts, in milliseconds: Graph retries for up to four hours.
const RETRIES: [i64; 5] = [10_000, 60_000, 600_000, 3_600_000, 7_200_000];

/// A change of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    Created,
    Updated,
    Deleted,
}

impl Change {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Change::Created => "created",
            Change::Updated => "updated",
            Change::Deleted => "deleted",
        }
    }
}

/// A notification to send.
#[derive(Clone, Debug)]
pub(crate) struct Post {
    pub(crate) url: String,
    pub(crate) body: Json,
    attempt: usize,
    due: i64,
}

/// Notifications that wait, and those that were sent.
#[derive(Debug, Default)]
pub(crate) struct Deliveries {
    waiting: VecDeque<Post>,
    under_way: usize,
    pub(crate) sent: Vec<Json>,
    /// The number of notifications to lose.
    pub(crate) lose: usize,
    /// How many times more each notification is sent.
    pub(crate) repeat: usize,
    /// Whether notifications are kept back.
    pub(crate) is_held: bool,
}

impl Deliveries {
    fn add(&mut self, url: &str, value: Json, now: i64) {
        if self.lose > 0 {
            self.lose -= 1;
            self.sent.push(json!({"url": url, "value": value, "status": 0, "is_lost": true}));
            return;
        }
        let post = Post { url: url.to_owned(), body: json!({"value": [value]}), attempt: 0, due: now };
        self.waiting.extend(std::iter::repeat_n(post, 1 + self.repeat));
    }

    /// The next one that is due.
    pub(crate) fn take(&mut self, now: i64) -> Option<Post> {
        if self.is_held {
            return None;
        }
        let at = self.waiting.iter().position(|post| post.due <= now)?;
        self.under_way += 1;
        self.waiting.remove(at)
    }

    /// Notes the result of an attempt; 0 is no response. What was not taken is sent again later.
    pub(crate) fn ended(&mut self, post: Post, status: u16, now: i64) {
        self.under_way -= 1;
        let value = post.body["value"][0].clone();
        self.sent.push(json!({"url": post.url, "value": value, "status": status, "attempt": post.attempt}));
        if let Some(wait) = RETRIES.get(post.attempt).filter(|_| !(200..300).contains(&status)) {
            self.waiting.push_back(Post { attempt: post.attempt + 1, due: now + wait, ..post });
        }
    }

    /// Whether nothing is due or under way.
    pub(crate) fn is_quiet(&self, now: i64) -> bool {
        self.under_way == 0 && (self.is_held || self.waiting.iter().all(|post| post.due > now))
    }
}

/// Notifies the subscriptions of a change.
pub(crate) fn changed(world: &mut World, account: &str, event: &Event, change: Change) {
    let (now, millis) = (world.now(), world.now_millis());
    let World { subscriptions, deliveries, .. } = world;
    for subscription in subscriptions.values().filter(|one| one.wants(account, event.calendar, change, now)) {
        let id = ids::item(event.number, event.moves, None, subscription.is_immutable);
        let resource = format!("Users/{account}/Events/{id}");
        let data = json!({
            "@odata.type": "#Microsoft.Graph.Event", "@odata.id": resource, "@odata.etag": show::etag(event.version),
            "id": id,
        });
        let mut value = common(subscription);
        value["changeType"] = json!(change.as_str());
        value["resource"] = json!(resource);
        value["resourceData"] = data;
        deliveries.add(&subscription.notification_url, value, millis);
    }
}

/// Sends a lifecycle notification of a subscription that has an address for them.
///
/// # Errors
/// When there is no such subscription, or it has no address.
pub(crate) fn lifecycle(world: &mut World, id: &str, event: &str) -> Result<(), String> {
    let millis = world.now_millis();
    let subscription = world.subscriptions.get(id).ok_or("there is no such subscription")?.clone();
    let url = subscription.lifecycle_url.as_deref().ok_or("the subscription has no address for lifecycle events")?;
    let mut value = common(&subscription);
    value["lifecycleEvent"] = json!(event);
    world.deliveries.add(url, value, millis);
    if event == "subscriptionRemoved" {
        world.subscriptions.remove(id);
    }
    Ok(())
}

fn common(subscription: &Subscription) -> Json {
    json!({
        "subscriptionId": subscription.id, "subscriptionExpirationDateTime": stamp(subscription.expires),
        "clientState": subscription.client_state, "tenantId": subscription.tenant,
    })
}

/// Ends subscriptions whose time is over.
pub(crate) fn expire(world: &mut World, now: Timestamp) {
    world.subscriptions.retain(|_, subscription| subscription.expires > now);
}
