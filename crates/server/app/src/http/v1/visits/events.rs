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
use knock_engine::{OpenNudge, Presenter};
use knock_model::{MessageId, Millis, NudgeId, SiteId, VisitorId};
use knock_wire::{FieldError, InvitationShown, InvitationWithdrawn, NudgeWithdrawn};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// The interval of pings on a silent stream.
const PING: Duration = Duration::from_secs(25);
/// The longest wait for the end of a nudge that no page has shown: a clock that was set forward is noticed within it.
const NAP: Millis = Millis(10_000);

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Page {
    /// The key of the site.
    site: String,
    /// The browser.
    visitor: String,
}

/// What a member writes to this visitor first, and what a workflow says to them: the open invitation and the open nudge
/// at once, if there are, and new ones as they come. The event `invitation` has an `InvitationShown`, its id is that of
/// the message; `nudge` has a `NudgeShown`. `withdrawn` has an `InvitationWithdrawn` or a `NudgeWithdrawn`: it was
/// answered, closed, withdrawn or erased. 204 where as many pages listen as may: the browser stops asking.
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
    let line = Line { state, site: site.id, visitor, watch, stopping, sent: Sent::default(), coming: None };
    let stream =
        stream::unfold(line, |mut line| async move { Some((Ok::<Event, Infallible>(line.next().await?), line)) });
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(PING)).into_response())
}

struct Line {
    state: AppState,
    site: SiteId,
    visitor: VisitorId,
    watch: VisitWatch,
    stopping: watch::Receiver<bool>,
    sent: Sent,
    /// The events to send before anything is read again; none before the first reading.
    coming: Option<VecDeque<Event>>,
}

/// What the page shows.
#[derive(Default)]
struct Sent {
    invitation: Option<MessageId>,
    nudge: Option<NudgeId>,
    /// The time until the nudge expires.
    left: Option<Millis>,
}

/// What it is to show.
struct Open {
    invitation: Option<InvitationShown>,
    nudge: Option<OpenNudge>,
}

impl Line {
    /// The next event to send; none at the end of the stream.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.coming.as_mut().and_then(VecDeque::pop_front) {
                return Some(event);
            }
            if self.coming.is_some() {
                tokio::select! {
                    changed = self.watch.changed() => changed?,
                    () = pause(self.sent.left) => {}
                    _ = self.stopping.changed() => return None,
                }
            }
            let now = self.state.core.clock.now();
            let (site, visitor) = (self.site, self.visitor);
            let open = read(Arc::clone(&self.state.core.store), move |view| {
                let presenter = Presenter::for_visitors(view, now)?;
                let invitation = presenter.shown_invitation(site, visitor)?;
                Ok(Open { invitation, nudge: presenter.open_nudge(site, visitor)? })
            });
            self.coming = Some(self.sent.changed_to(open.await.ok()?, now)?);
        }
    }
}

impl Sent {
    /// The events that make a page show what is open now.
    fn changed_to(&mut self, open: Open, now: Millis) -> Option<VecDeque<Event>> {
        let Open { invitation, nudge } = open;
        self.left = nudge.as_ref().and_then(|nudge| nudge.expires_at).map(|expires| (expires - now).min(NAP));
        let mut events = VecDeque::new();
        let before = std::mem::replace(&mut self.invitation, invitation.as_ref().map(|open| open.id));
        match (invitation, before) {
            (Some(open), before) if before != Some(open.id) => {
                events.push_back(event("invitation", open.id.to_string(), &open)?);
            }
            (None, Some(id)) => events.push_back(event("withdrawn", id.to_string(), &InvitationWithdrawn { id })?),
            (Some(_), _) | (None, None) => {}
        }
        let before = std::mem::replace(&mut self.nudge, nudge.as_ref().map(|open| open.shown.id));
        match (nudge, before) {
            (Some(OpenNudge { shown, .. }), before) if before != Some(shown.id) => {
                events.push_back(event("nudge", shown.id.to_string(), &shown)?);
            }
            (None, Some(id)) => events.push_back(event("withdrawn", id.to_string(), &NudgeWithdrawn { id })?),
            (Some(_), _) | (None, None) => {}
        }
        Some(events)
    }
}

fn event(kind: &str, id: String, data: &impl Serialize) -> Option<Event> {
    Event::default().event(kind).id(id).json_data(data).ok()
}

/// Waits until a nudge is due or ends, an instant that no other event announces; for good without one.
async fn pause(left: Option<Millis>) {
    match left {
        Some(left) => tokio::time::sleep(Duration::from_millis(u64::try_from(left.0).unwrap_or(0))).await,
        None => std::future::pending().await,
    }
}
