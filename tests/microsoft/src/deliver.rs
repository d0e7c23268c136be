//! Requests to the app: the question whether an address is its own, and notifications.
//!
//! <https://learn.microsoft.com/graph/change-notifications-delivery-webhooks>

use crate::server::Shared;
use std::time::Duration;
use ureq::Agent;
use url::Url;

/// The time in which an address answers the question.
const VALIDATION: Duration = Duration::from_secs(10);
/// The time in which a notification is taken.
const NOTIFICATION: Duration = Duration::from_secs(3);
/// The interval at which a moved clock is noticed.
const LOOK: Duration = Duration::from_millis(50);

fn agent(longest: Duration) -> Agent {
    let config = Agent::config_builder().http_status_as_error(false).max_redirects(0).timeout_global(Some(longest));
    config.max_idle_connections(0).build().into()
}

/// Asks each address to repeat a token as plain text.
///
/// # Errors
/// The reason for which an address is not taken.
pub(crate) fn validate(addresses: &[String], token: &str) -> Result<(), String> {
    let agent = agent(VALIDATION);
    for address in addresses {
        // Spaces and signs of the token test whether the app decodes it.
        let token = format!("Validation: Testing client application reachability for subscription Request-Id: {token}");
        let mut url = Url::parse(address).map_err(|error| error.to_string())?;
        url.query_pairs_mut().append_pair("validationToken", &token);
        let failed = |why: String| {
            format!(
                "Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request. {why}"
            )
        };
        let sent = agent.post(url.as_str()).header("content-type", "text/plain; charset=utf-8").send_empty();
        let mut response = sent.map_err(|error| failed(error.to_string()))?;
        let (status, kind) = (response.status().as_u16(), response.headers().get("content-type").cloned());
        let body = response.body_mut().read_to_string().map_err(|error| failed(error.to_string()))?;
        let is_plain = kind.is_some_and(|kind| kind.to_str().is_ok_and(|kind| kind.starts_with("text/plain")));
        if status != 200 || !is_plain || body != token {
            return Err(failed(format!("Status {status}, plain text: {is_plain}, token repeated: {}.", body == token)));
        }
    }
    Ok(())
}

/// Sends notifications until the server is dropped.
pub(crate) fn work(shared: &Shared) {
    let agent = agent(NOTIFICATION);
    while !shared.is_closed() {
        let mut world = shared.lock();
        let now = world.now_millis();
        let Some(post) = world.deliveries.take(now) else {
            drop(shared.wait(world, LOOK));
            continue;
        };
        drop(world);
        let body = post.body.to_string();
        let sent = agent.post(&post.url).header("content-type", "application/json; charset=utf-8").send(&body);
        let status = sent.map_or(0, |response| response.status().as_u16());
        let mut world = shared.lock();
        let now = world.now_millis();
        world.deliveries.ended(post, status, now);
        drop(world);
        shared.notify();
    }
}
