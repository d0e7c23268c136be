//! Delivers messages of channels: without a body, again after a failure of the receiver.

use super::{Message, logged};
use crate::server::Shared;
use std::sync::Arc;
use std::time::Duration;
use ureq::Agent;

/// The timeout of a delivery.
const PATIENCE: Duration = Duration::from_secs(10);
/// The interval at which a moved clock is checked.
const LOOK: Duration = Duration::from_millis(200);
/// The statuses of success, and those after which a message is sent again with growing pauses.
const SUCCESS: [u16; 5] = [200, 201, 202, 204, 102];
const AGAIN: [u16; 4] = [500, 502, 503, 504];
/// The number of failures after which a message is given up, and the first pause in milliseconds.
const MOST: u32 = 5;
const PAUSE: i64 = 1_000;

/// Delivers for as long as the server lives.
pub(crate) async fn work(shared: Arc<Shared>) {
    let config = Agent::config_builder().http_status_as_error(false).max_redirects(0).timeout_global(Some(PATIENCE));
    let agent: Agent = config.max_idle_connections(0).build().into();
    loop {
        let message = due(&shared);
        match message {
            Some(message) => {
                let (shared, agent) = (Arc::clone(&shared), agent.clone());
                // It ends by itself within its timeout.
                drop(tokio::task::spawn_blocking(move || send(&shared, &agent, message)));
            }
            None => drop(tokio::time::timeout(LOOK, shared.changed.notified()).await),
        }
    }
}

fn due(shared: &Shared) -> Option<Message> {
    let mut world = shared.lock();
    let now = world.now();
    let at = world.pushes.waiting.iter().position(|message| message.due <= now)?;
    Some(world.pushes.waiting.remove(at))
}

fn send(shared: &Shared, agent: &Agent, mut message: Message) {
    let status = posted(agent, &message);
    let mut world = shared.lock();
    let now = world.now();
    let is_temporary = status.is_none_or(|status| AGAIN.contains(&status));
    if status.is_some_and(|status| SUCCESS.contains(&status)) {
        let entry = logged(&message, "delivered");
        world.pushes.log.push(entry);
    } else if is_temporary && message.failures < MOST {
        message.due = now + (PAUSE << message.failures);
        message.failures += 1;
        world.pushes.waiting.push(message);
    } else {
        let entry = logged(&message, "failed");
        world.pushes.log.push(entry);
    }
}

fn posted(agent: &Agent, message: &Message) -> Option<u16> {
    let channel = &message.channel;
    let uri = format!("https://www.googleapis.com/calendar/v3/calendars/{}/events?alt=json", channel.calendar);
    let mut request = agent
        .post(&channel.address)
        .header("user-agent", "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)")
        .header("x-goog-channel-id", &channel.id)
        .header("x-goog-channel-expiration", expiration(channel.expires))
        .header("x-goog-resource-id", &channel.resource)
        .header("x-goog-resource-state", message.state)
        .header("x-goog-resource-uri", uri)
        .header("x-goog-message-number", message.number.to_string());
    if let Some(token) = &channel.token {
        request = request.header("x-goog-channel-token", token);
    }
    request.send_empty().ok().map(|response| response.status().as_u16())
}

/// As the header has it: `Tue, 19 Nov 2026 01:13:52 GMT`.
fn expiration(at: i64) -> String {
    let at = jiff::Timestamp::from_millisecond(at);
    at.map(|at| at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()).unwrap_or_default()
}
