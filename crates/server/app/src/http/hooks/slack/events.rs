//! `POST /hooks/slack/events`: what happened in the workspace.

use super::verified::{Verified, own_identity, repeatable, unreadable};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use knock_engine::Command;
use knock_engine::commands::{
    KeepSlackPerson, SLACK_UNSENT, SlackChanged, SlackEdit, SlackPlace, SlackTaken, SlackWritten, TellInSlack,
};
use knock_model::{MessageId, Millis, NoteId, RepId};
use knock_ports::{SlackFile, SlackTell};
use knock_slack::Ts;
use knock_slack::incoming::{Callback, Envelope, Event, File, Message, Written};
use knock_slack::text::{Names, from_slack, mentioned};
use knock_slack_workspace::person;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

/// Checks whether the thread of a message has become known, and the delay between them: Slack waits for three seconds.
const CHECKS: u32 = 10;
const CHECK_AGAIN: Duration = Duration::from_millis(200);

/// A repeated event changes nothing: ids are derived from the place of the message.
pub(super) async fn post(State(state): State<AppState>, Verified(body): Verified) -> Result<Response, Problem> {
    match Envelope::parse(&body).map_err(|error| unreadable(&error))? {
        Envelope::UrlVerification { challenge } => Ok(Json(json!({ "challenge": challenge })).into_response()),
        Envelope::Callback(callback) => {
            if let Some(identity) = own_identity(&state, &callback.team).await? {
                happened(&state, *callback, identity.bot_user).await?;
            }
            Ok(StatusCode::OK.into_response())
        }
        Envelope::RateLimited { .. } => {
            tracing::warn!("Slack tells only a part of what happens: there are more than 30,000 events in an hour");
            Ok(StatusCode::OK.into_response())
        }
        Envelope::Ignored(_) => Ok(StatusCode::OK.into_response()),
    }
}

async fn happened(state: &AppState, callback: Callback, bot_user: String) -> Result<(), Problem> {
    let own = Own { app: callback.app, bot_user };
    match callback.event {
        Event::Message(message) => match *message {
            Message::New(written) => wrote(state, &own, written).await,
            Message::Changed { now, before, at } => changed(state, &own, (now, before), at).await,
            Message::Deleted { channel, ts, thread } => deleted(state, channel, ts, thread).await,
        },
        Event::UserChanged(user) | Event::UserJoined(user) => {
            let fresh = RepId::new(state.core.chance.bytes16());
            let command = KeepSlackPerson { person: person(user), fresh, now: state.core.clock.now() };
            Ok(state.core.writer.commit(command).await?)
        }
        Event::AppUninstalled
        | Event::TokensRevoked { .. }
        | Event::ChannelArchived { .. }
        | Event::ChannelUnarchived { .. }
        | Event::ChannelDeleted { .. }
        | Event::ChannelRenamed { .. }
        | Event::BotLeft { .. }
        | Event::MemberLeft { .. } => {
            state.slack.look();
            Ok(())
        }
        Event::MemberJoined { user, .. } if user == own.bot_user => {
            state.slack.look();
            Ok(())
        }
        Event::MemberJoined { .. } | Event::Ignored(_) => Ok(()),
    }
}

/// The app of this server in Slack.
struct Own {
    app: String,
    bot_user: String,
}

impl Own {
    /// Whether a person wrote a message: neither this app, nor another one. A file that the bot shared names only its user.
    fn is_of_person(&self, written: &Written) -> bool {
        let is_of_user = written.user.as_ref().is_some_and(|user| *user != self.bot_user);
        is_of_user && written.bot.is_none() && written.app.as_ref().is_none_or(|app| *app != self.app)
    }
}

async fn wrote(state: &AppState, own: &Own, written: Written) -> Result<(), Problem> {
    if !own.is_of_person(&written) {
        return Ok(());
    }
    let Some(thread) = written.thread.filter(|_| written.is_reply()) else {
        return if written.is_direct { tell_unsent(state, written).await } else { Ok(()) };
    };
    let text = decoded(state, &written, &written.text).await?;
    let forwarded = forwarded(state, &written).await?;
    let place = place(&written, thread);
    let (mail_after, now) = (state.mail_reply_after, state.core.clock.now());
    let files = written.files.iter().map(|of| file(of, &place, mail_after)).collect();
    take(state, SlackWritten { place, text, forwarded, files, mail_after, now }).await
}

/// Tells who wrote to the bot outside a thread that no lead reads it.
async fn tell_unsent(state: &AppState, written: Written) -> Result<(), Problem> {
    let (channel, thread, user) = (written.channel, String::new(), written.user.unwrap_or_default());
    let tell = SlackTell { channel, thread, user, text: SLACK_UNSENT.to_owned() };
    Ok(state.core.writer.commit(TellInSlack { tell, now: state.core.clock.now() }).await?)
}

/// The texts of the messages that it forwards.
async fn forwarded(state: &AppState, written: &Written) -> Result<Vec<String>, Problem> {
    let mut forwarded = Vec::new();
    for words in &written.forwarded {
        forwarded.push(decoded(state, written, words).await?);
    }
    Ok(forwarded)
}

async fn changed(
    state: &AppState,
    own: &Own,
    (written, before): (Written, Option<(String, Vec<String>)>),
    at: Ts,
) -> Result<(), Problem> {
    let (Some(thread), true) = (written.thread, written.is_reply() && own.is_of_person(&written)) else {
        return Ok(());
    };
    // A link was unfolded.
    if before.is_some_and(|(text, forwarded)| text == written.text && forwarded == written.forwarded) {
        return Ok(());
    }
    let text = decoded(state, &written, &written.text).await?;
    let forwarded = forwarded(state, &written).await?;
    let ts = written.ts.to_string();
    let bits = repeatable(&["correction", &written.channel, &ts, &at.to_string(), &text]);
    let (correction, mail_after) = (MessageId::new(at.instant(), &bits), state.mail_reply_after);
    let change = NoteId::new(written.ts.instant(), &repeatable(&["change", &written.channel, &ts, &text]));
    let place = place(&written, thread);
    let (edit, now) = (Some(SlackEdit { text, forwarded, correction, mail_after }), state.core.clock.now());
    take(state, SlackChanged { place, edit, change, now }).await
}

async fn deleted(state: &AppState, channel: String, ts: Ts, thread: Option<Ts>) -> Result<(), Problem> {
    let Some(thread) = thread.filter(|thread| *thread != ts) else { return Ok(()) };
    let change = NoteId::new(ts.instant(), &repeatable(&["deletion", &channel, &ts.to_string()]));
    let place = place_of(&channel, ts, thread, String::new());
    let (edit, now) = (None, state.core.clock.now());
    take(state, SlackChanged { place, edit, change, now }).await
}

/// Takes a message. While its thread may become known, waits a little, then asks Slack to send the event again.
async fn take(state: &AppState, message: impl Command<Outcome = SlackTaken> + Clone) -> Result<(), Problem> {
    for _ in 0..CHECKS {
        if state.core.writer.commit(message.clone()).await? != SlackTaken::Early {
            return Ok(());
        }
        tokio::time::sleep(CHECK_AGAIN).await;
    }
    Err(Problem::unavailable("The first message of the thread is not recorded yet", 60))
}

fn place(written: &Written, thread: Ts) -> SlackPlace {
    let user = written.user.clone().unwrap_or_default();
    SlackPlace { is_direct: written.is_direct, ..place_of(&written.channel, written.ts, thread, user) }
}

fn place_of(channel: &str, at: Ts, thread: Ts, user: String) -> SlackPlace {
    let ts = at.to_string();
    SlackPlace {
        message: MessageId::new(at.instant(), &repeatable(&["message", channel, &ts])),
        note: NoteId::new(at.instant(), &repeatable(&["note", channel, &ts])),
        channel: channel.to_owned(),
        thread: thread.to_string(),
        ts,
        user,
        is_direct: false,
    }
}

/// A file of a message.
fn file(of: &File, place: &SlackPlace, mail_after: Option<Millis>) -> SlackFile {
    let SlackPlace { channel, ts, thread, user, note, .. } = place.clone();
    let at = Ts::parse(&ts).map_or(note.at(), Ts::instant);
    let message = MessageId::new(at, &repeatable(&["file", &channel, &ts, &of.id]));
    let name = if of.name.is_empty() { &of.title } else { &of.name }.clone();
    // A link to a file elsewhere has an address too, which is none of Slack's.
    let is_hosted = !["external", "tombstone", "hidden_by_limit"].contains(&of.mode.as_str());
    let url = of.url_private_download.clone().filter(|_| is_hosted).unwrap_or_default();
    let (title, size) = (of.title.clone(), of.size);
    SlackFile { channel, ts, thread, user, message, note, name, title, url, size, mail_after }
}

/// A text of a message, as a person reads it.
async fn decoded(state: &AppState, written: &Written, text: &str) -> Result<String, Problem> {
    let mut names = Names { emoji: written.emoji.clone(), ..Names::default() };
    let users = mentioned(text);
    if !users.is_empty() {
        names.users = read(Arc::clone(&state.core.store), move |view| {
            let known =
                users.into_iter().map(|user| Ok(view.slack_person(&user)?.map(|known| (user, known.name.into_text()))));
            known.filter_map(Result::transpose).collect()
        })
        .await?;
    }
    Ok(from_slack(text, &names))
}
