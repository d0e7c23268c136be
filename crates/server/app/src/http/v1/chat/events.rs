//! The live channel for clients whose way lets no WebSocket through: an event stream, asked for with the token.

use super::fresh::fresh;
use super::receipt::note_read;
use super::typing::rep_typing;
use super::visitor::valid;
use crate::http::access_changes::Checks;
use crate::http::conversation_watchers::{ConversationChange, ConversationWatch};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use knock_model::ConversationId;
use knock_ports::SecretHash;
use knock_wire::{Author, Message, RepTyping};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::watch;

/// The interval of pings on a silent stream.
const PING: Duration = Duration::from_secs(25);

struct Line {
    state: AppState,
    id: ConversationId,
    token: SecretHash,
    after: u64,
    watch: ConversationWatch,
    checks: Checks,
    stopping: watch::Receiver<bool>,
    waiting: VecDeque<Message>,
    /// The last reply that was handed to the connection, not noted yet.
    replied: Option<u64>,
}

/// The next event to send.
enum Next {
    Message(Box<Message>),
    Typing(RepTyping),
}

/// Every message after a number, then new ones as they come; the event's id is the message's number.
pub(super) async fn events(
    state: AppState,
    (id, token): (ConversationId, SecretHash),
    after: u64,
    stopping: watch::Receiver<bool>,
) -> Result<Response, Problem> {
    // Listening begins before reading, so that nothing falls between.
    let watch = state.watchers.listen(id);
    let waiting = fresh(&state, id, after).await?.ok_or_else(Problem::unauthorized)?.into();
    let checks = state.access.hourly_checks();
    let line = Line { state, id, token, after, watch, checks, stopping, waiting, replied: None };
    let stream = stream::unfold(line, |mut line| async move {
        let event = match line.next().await? {
            Next::Message(message) => Event::default().id(message.seq.to_string()).json_data(&message).ok()?,
            Next::Typing(typing) => Event::default().event("typing").json_data(&typing).ok()?,
        };
        Some((Ok::<Event, Infallible>(event), line))
    });
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(PING)).into_response())
}

impl Line {
    async fn next(&mut self) -> Option<Next> {
        loop {
            if let Some(message) = self.waiting.pop_front() {
                self.after = message.seq;
                if message.author == Author::Rep {
                    self.replied = Some(message.seq);
                }
                return Some(Next::Message(Box::new(message)));
            }
            // Asked for the next one, the connection has taken those before.
            if let Some(seq) = self.replied.take() {
                note_read(&self.state, self.id, seq).await;
            }
            tokio::select! {
                rung = self.watch.changed() => if let ConversationChange::Typing(rep) = rung? {
                    match rep_typing(&self.state, rep).await {
                        Some(typing) => return Some(Next::Typing(typing)),
                        None => continue,
                    }
                },
                () = self.checks.due() => {
                    if let Ok(None) = valid(&self.state, self.token).await {
                        return None;
                    }
                }
                _ = self.stopping.changed() => return None,
            }
            self.waiting = fresh(&self.state, self.id, self.after).await.ok()??.into();
        }
    }
}
