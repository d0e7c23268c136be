//! Posts what is due: signed, for three seconds, again when that fails.

use super::queue::{Answered, Kind, Post};
use super::sign::signature;
use crate::server::Shared;
use crate::world::seed::SIGNING_SECRET;
use std::sync::Arc;
use std::time::Duration;
use ureq::Agent;

/// Slack's timeout of a response.
const PATIENCE: Duration = Duration::from_secs(3);
/// The interval at which a moved clock is checked.
const LOOK: Duration = Duration::from_millis(200);

/// Posts for as long as the server lives.
pub(crate) async fn work(shared: Arc<Shared>) {
    let agent = agent();
    loop {
        let (post, now, due) = {
            let mut world = shared.lock();
            let now = world.now();
            (world.deliveries.take(now), now, world.deliveries.due())
        };
        match post {
            Some(post) => {
                let (shared, agent) = (Arc::clone(&shared), agent.clone());
                // It ends by itself within the three seconds.
                drop(tokio::task::spawn_blocking(move || send(&shared, &agent, post)));
            }
            None => {
                let wait = due.map_or(LOOK, |due| Duration::from_millis(u64::try_from(due - now).unwrap_or(0)));
                let wait = wait.clamp(Duration::from_millis(1), LOOK);
                drop(tokio::time::timeout(wait, shared.woken()).await);
            }
        }
    }
}

fn agent() -> Agent {
    let config = Agent::config_builder().http_status_as_error(false).max_redirects(0).timeout_global(Some(PATIENCE));
    config.max_idle_connections(0).build().into()
}

fn send(shared: &Shared, agent: &Agent, post: Post) {
    let (address, secret, seconds, started) = {
        let world = shared.lock();
        let addresses = &world.deliveries.addresses;
        let address = match post.kind {
            Kind::Event | Kind::Verification => addresses.events.clone(),
            Kind::Action => addresses.actions.clone(),
            Kind::Command => addresses.commands.clone(),
        };
        let secret = world.deliveries.secret.clone().unwrap_or_else(|| SIGNING_SECRET.to_owned());
        let now = world.now();
        (address, secret, now / 1_000 + world.deliveries.skew, now)
    };
    let mut answered = match address {
        Some(address) => posted(agent, &address, &post, &signature(&secret, seconds, &post.body), seconds),
        None => Answered {
            status: 0,
            body: "no address".to_owned(),
            refuses_retries: true,
            reason: Some("connection_failed"),
            millis: 0,
        },
    };
    {
        let mut world = shared.lock();
        let now = world.now();
        answered.millis = now - started;
        world.deliveries.ended(post, answered, now);
    }
    shared.changed();
}

fn posted(agent: &Agent, address: &str, post: &Post, signature: &str, seconds: i64) -> Answered {
    let mut request = agent
        .post(address)
        .header("content-type", post.content_type())
        .header("user-agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
        .header("x-slack-request-timestamp", seconds.to_string())
        .header("x-slack-signature", signature);
    if post.retries > 0 {
        request =
            request.header("x-slack-retry-num", post.retries.to_string()).header("x-slack-retry-reason", post.reason);
    }
    let failed =
        |reason| Answered { status: 0, body: String::new(), refuses_retries: false, reason: Some(reason), millis: 0 };
    match request.send(&post.body) {
        Ok(mut response) => {
            let status = response.status().as_u16();
            let refuses_retries = response.headers().get("x-slack-no-retry").is_some_and(|value| value == "1");
            let Ok(body) = response.body_mut().read_to_string() else { return failed("http_timeout") };
            let reason = match status {
                200..=299 => None,
                300..=399 => Some("too_many_redirects"),
                _ => Some("http_error"),
            };
            Answered { status, body, refuses_retries, reason, millis: 0 }
        }
        Err(ureq::Error::Timeout(_)) => failed("http_timeout"),
        Err(_) => failed("connection_failed"),
    }
}
