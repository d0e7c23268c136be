//! `POST /hooks/google/calendars/{channel}` and `/hooks/microsoft/calendars/{channel}`: a provider says that a calendar
//! may have changed. Its message has the calendar looked at; nothing that it says is believed.

use crate::http::body::{Path, WholeBody};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use knock_calendar_sync::Heard;
use knock_model::CalendarProvider;
use knock_ports::{PushMessage, Pushed};
use url::form_urlencoded;

pub(super) fn routes() -> Router<AppState> {
    let google = Router::new().route("/hooks/google/calendars/{channel}", post(google));
    google.route("/hooks/microsoft/calendars/{channel}", post(microsoft))
}

async fn google(
    State(state): State<AppState>,
    Path(channel): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    taken(&state, CalendarProvider::Google, &channel, request).await
}

async fn microsoft(
    State(state): State<AppState>,
    Path(channel): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    taken(&state, CalendarProvider::Microsoft, &channel, request).await
}

/// Answers at once: the account is looked at after it. Neither ids nor secrets of channels can be guessed, and
/// providers send on for a while after a channel is closed: wrong messages make no others wait.
async fn taken(
    state: &AppState,
    provider: CalendarProvider,
    channel: &str,
    request: Request,
) -> Result<Response, Problem> {
    // Before any of the body is read.
    let listening = state.calendar_watch.listening(provider, channel).await?.ok_or_else(Problem::not_found)?;
    let (headers, query) = (request.headers().clone(), request.uri().query().unwrap_or_default().to_owned());
    let WholeBody(body, _held) = WholeBody::from_request(request, state).await?;
    let pushed = meaning(state, provider, (&headers, &query), &body);
    match state.calendar_watch.heard(listening, pushed).await? {
        Heard::Unknown => Err(Problem::not_found()),
        Heard::Handshake(text) => {
            // The text is the provider's: no browser may take it for a page.
            let plain = [(header::CONTENT_TYPE, "text/plain")];
            Ok((StatusCode::OK, plain, text).into_response())
        }
        Heard::Taken => Ok(StatusCode::ACCEPTED.into_response()),
    }
}

/// What the provider says.
fn meaning(state: &AppState, provider: CalendarProvider, (headers, query): (&HeaderMap, &str), body: &Bytes) -> Pushed {
    let parameter = |name: &str| {
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs.find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
    };
    let header = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
    state.calendar_watch.pushed(provider, PushMessage { query: &parameter, header: &header, body })
}
