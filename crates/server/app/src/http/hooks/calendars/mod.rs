//! `GET /hooks/google/oauth` and `/hooks/microsoft/oauth`: a provider of calendars redirects the browser of a member
//! here with a code for tokens. Its messages about changed calendars come to `/calendars/{channel}` beside it.

mod push;

use crate::http::auth::{Allowed, NoKey, UseInbox};
use crate::http::body::Query;
use crate::http::hooks::oauth::{Back, Begun, Ended, begun, failed, to_page};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use knock_calendar_sync::{Consent, NotConnected, installer};
use knock_model::CalendarProvider;

pub(super) fn routes() -> Router<AppState> {
    let google = Router::new().route("/hooks/google/oauth", get(google));
    google.route("/hooks/microsoft/oauth", get(microsoft)).merge(push::routes())
}

type Permitted = Result<Allowed<UseInbox, NoKey>, Problem>;

async fn google(state: State<AppState>, allowed: Permitted, query: Result<Query<Back>, Problem>) -> Response {
    back(CalendarProvider::Google, state, allowed, query).await
}

async fn microsoft(state: State<AppState>, allowed: Permitted, query: Result<Query<Back>, Problem>) -> Response {
    back(CalendarProvider::Microsoft, state, allowed, query).await
}

async fn back(
    provider: CalendarProvider,
    State(state): State<AppState>,
    allowed: Permitted,
    query: Result<Query<Back>, Problem>,
) -> Response {
    let query = query.map(|Query(query)| query).unwrap_or_default();
    let ended = connect(&state, provider, allowed, query).await.err().unwrap_or(Ended::Done);
    to_page(installer(provider), &ended)
}

/// Exchanges the code, and stores the account with its tokens.
async fn connect(state: &AppState, provider: CalendarProvider, allowed: Permitted, back: Back) -> Result<(), Ended> {
    let Begun { caller, app, code } = begun::<Consent, _, _>(state, installer(provider), allowed, back).await?;
    let member = caller.need_sign_in().map_err(|_| Ended::NotPermitted)?.id;
    let connected = state.calendars.connect((caller.actor(), member), provider, app, &code).await;
    // Its channels are opened, and what happened meanwhile is looked for.
    state.calendar_watch.wake.notify_one();
    connected.map_err(|why| match why {
        NotConnected::Later => Ended::Unreachable,
        NotConnected::Refused(word) => Ended::Refused(word.to_owned()),
        NotConnected::Store(error) => failed(installer(provider), &error),
    })
}
