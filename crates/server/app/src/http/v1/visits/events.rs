//! `GET /v1/visits/events`: the stream of a visible page.

use crate::http::admission::ClientAddress;
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::http::v1::site::{named, site_for};
use crate::http::visit_watchers::VisitWatch;
use crate::serving::ConnectionPermit;
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use knock_engine::Presenter;
use knock_model::{MessageId, SiteId, VisitorId};
use knock_wire::{FieldError, InvitationShown, InvitationWithdrawn};
use serde::Deserialize;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// The interval of pings on a silent stream.
const PING: Duration = Duration::from_secs(25);

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Page {
    /// The key of the site.
    site: String,
    /// The browser.
    visitor: String,
}

/// What a member writes to this visitor first: the open invitation at once, if there is one, and new ones as they come.
/// The event `invitation` has an `InvitationShown`, its id is that of the message; `withdrawn` has an
/// `InvitationWithdrawn`: it was answered, closed or erased. 204 where as many pages listen as may: the browser stops
/// asking.
#[utoipa::path(get, path = "/v1/visits/events", tag = "visitor", params(Page), responses(
    (status = 200, description = "An event stream", content_type = "text/event-stream", body = String),
    (status = 204, description = "No more streams are open here"),
    (status = 400, description = "Invalid visitor"),
    (status = 403, description = "Unknown site key or foreign origin"),
    (status = 410, description = "The site was removed"),
    (status = 429, description = "Too many requests; retry after `Retry-After`"),
))]
pub(super) async fn get(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    Extension(seat): Extension<ConnectionPermit>,
    headers: HeaderMap,
    Query(page): Query<Page>,
) -> Result<Response, Problem> {
    state.limiter.look_up(from)?;
    let site = site_for(&state, &named(&state, headers), &page.site)?;
    let visitor = VisitorId::parse(&page.visitor).map_err(|error| {
        Problem::malformed(FieldError { pointer: "query/visitor".into(), reason: error.to_string() })
    })?;
    // Listening begins before reading, so that nothing falls between.
    let Some(watch) = state.visit_watchers.listen(visitor) else { return Ok(StatusCode::NO_CONTENT.into_response()) };
    let stopping = seat.stopping.clone();
    let line = Line { state, site: site.id, visitor, watch, stopping, shown: None, is_read: false };
    let stream = stream::unfold(line, |mut line| async move {
        let event = match line.next().await? {
            Next::Shown(shown) => {
                Event::default().event("invitation").id(shown.id.to_string()).json_data(&shown).ok()?
            }
            Next::Withdrawn(id) => {
                let withdrawn = InvitationWithdrawn { id };
                Event::default().event("withdrawn").id(id.to_string()).json_data(withdrawn).ok()?
            }
        };
        Some((Ok::<Event, Infallible>(event), line))
    });
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(PING)).into_response())
}

struct Line {
    state: AppState,
    site: SiteId,
    visitor: VisitorId,
    watch: VisitWatch,
    stopping: watch::Receiver<bool>,
    /// The invitation that the page shows.
    shown: Option<MessageId>,
    /// Whether the invitations were read once.
    is_read: bool,
}

/// The next event to send.
enum Next {
    Shown(Box<InvitationShown>),
    Withdrawn(MessageId),
}

impl Line {
    async fn next(&mut self) -> Option<Next> {
        loop {
            if self.is_read {
                tokio::select! {
                    changed = self.watch.changed() => changed?,
                    _ = self.stopping.changed() => return None,
                }
            }
            self.is_read = true;
            let now = self.state.core.clock.now();
            let (site, visitor) = (self.site, self.visitor);
            let open = read(Arc::clone(&self.state.core.store), move |view| {
                Presenter::for_visitors(view, now)?.shown_invitation(site, visitor)
            });
            let open = open.await.ok()?;
            let before = std::mem::replace(&mut self.shown, open.as_ref().map(|open| open.id));
            match (open, before) {
                (Some(open), before) if before != Some(open.id) => return Some(Next::Shown(Box::new(open))),
                (None, Some(before)) => return Some(Next::Withdrawn(before)),
                (Some(_), _) | (None, None) => {}
            }
        }
    }
}
