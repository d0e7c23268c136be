//! From a signal's post to its frame on an open dashboard, while others post.

use crate::server::Server;
use knock_model::{Millis, SessionId, SignalId, VisitorId};
use knock_testing::{now, stopwatch};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use tungstenite::Message;
use tungstenite::client::IntoClientRequest;

/// Between two signals that are watched for.
const PAUSE: Duration = Duration::from_millis(100);

/// Milliseconds from post to frame: median and the slowest of a hundred, and how many never came.
pub(crate) fn feed(server: &Server, key: &str, site: &str, time: Duration) -> (f64, f64, usize) {
    let (seen, frames) = mpsc::channel();
    let mut request = server.url.as_str().replace("http://", "ws://") + "api/v1/live";
    request.shrink_to_fit();
    let mut request = request.into_client_request().expect("an address");
    request.headers_mut().insert("authorization", format!("Bearer {key}").parse().expect("a header"));
    let (mut socket, _) = tungstenite::connect(request).expect("it opens");
    std::thread::spawn(move || {
        // Ends with the server.
        while let Ok(message) = socket.read() {
            if let Message::Text(text) = message
                && let Some((_, name)) = text.split_once("probe-")
                && seen.send((name.chars().take_while(char::is_ascii_digit).collect::<String>(), stopwatch())).is_err()
            {
                return;
            }
        }
    });
    let end = stopwatch() + time;
    let mut posted: Vec<Instant> = Vec::new();
    while stopwatch() < end {
        posted.push(stopwatch());
        post(server, site, posted.len());
        std::thread::sleep(PAUSE);
    }
    let mut times: Vec<f64> = Vec::new();
    while times.len() < posted.len()
        && let Ok((number, at)) = frames.recv_timeout(Duration::from_secs(3))
    {
        let number: usize = number.parse().expect("a number");
        times.push((at - posted[number - 1]).as_secs_f64() * 1_000.0);
    }
    times.sort_by(f64::total_cmp);
    let lost = posted.len() - times.len();
    let (half, most) = (times.len() / 2, (times.len() * 99 / 100).min(times.len().saturating_sub(1)));
    (times.get(half).copied().unwrap_or(f64::NAN), times.get(most).copied().unwrap_or(f64::NAN), lost)
}

fn post(server: &Server, site: &str, number: usize) {
    let at = now();
    let random = |place: u8| {
        let mut bytes = [place; 10];
        bytes[2..].copy_from_slice(&(number as u64).to_be_bytes());
        bytes
    };
    let visitor = VisitorId::new(at - Millis::DAY, &[7; 10]);
    let (session, id) = (SessionId::new(at, &random(1)), SignalId::new(at, &random(2)));
    let (at, origin) = (at.0, server.url.origin().ascii_serialization());
    let body = format!(
        r#"{{"v":1,"site":"{site}","visitor":"{visitor}","session":"{session}","sent_at":{at},"signals":[{{"id":"{id}","at":{at},"type":"track","name":"probe-{number}","url":"{origin}/"}}]}}"#
    );
    let url = server.url.join("v1/signals").expect("a path");
    ureq::post(url.as_str()).header("origin", &origin).content_type("text/plain").send(&body).expect("accepted");
}
