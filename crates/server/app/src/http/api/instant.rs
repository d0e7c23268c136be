//! `?at=`: a record as it was at an instant of the past.

use crate::http::problem::Problem;
use crate::http::reading::read;
use jiff::Timestamp;
use knock_engine::Presenter;
use knock_model::Millis;
use knock_ports::{EVER, Store, StoreError, View};
use knock_wire::FieldError;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct InstantQuery {
    /// An instant of the past, in milliseconds since 1970: the response shows the state then, from the facts that had
    /// reached the server by then, attributed to the persons and companies as they are known today. Without it, now.
    #[param(value_type = Option<i64>)]
    pub(super) at: Option<String>,
}

/// The requested instant.
#[derive(Clone, Copy)]
pub(super) enum Instant {
    /// Now.
    Now(Millis),
    /// An instant of the past.
    Past(Millis),
}

impl Instant {
    /// Parses the parameter.
    pub(super) fn parse(at: Option<&str>, now: Millis) -> Result<Instant, Problem> {
        let Some(text) = at else { return Ok(Instant::Now(now)) };
        let at = text.parse().map(Millis).map_err(|_| wrong("is not a number of milliseconds since 1970"))?;
        if at > now { Err(wrong("lies in the future")) } else { Ok(Instant::Past(at)) }
    }

    /// Shows an object of a snapshot as of this instant.
    pub(super) async fn show<T: Send + 'static>(
        self,
        store: Arc<dyn Store>,
        show: impl FnOnce(&Presenter<'_>, &dyn View) -> Result<Option<T>, StoreError> + Send + 'static,
    ) -> Result<T, Problem> {
        let shown = read(store, move |view| match self {
            Instant::Now(now) => show(&Presenter::new(view, now)?, view).map(Ok),
            Instant::Past(at) => match view.horizon()? {
                horizon if at < horizon => Ok(Err(horizon)),
                _ => show(&Presenter::as_of(view, at)?, view).map(Ok),
            },
        });
        match shown.await? {
            Ok(shown) => shown.ok_or_else(|| self.nothing()),
            Err(Millis(horizon)) => {
                let since = Timestamp::from_millisecond(horizon).map(|at| at.to_string()).unwrap_or_default();
                Err(wrong(&format!("lies before {since}, since when signals are kept one by one")))
            }
        }
    }

    /// The instant up to which arrivals are shown.
    pub(super) fn arrived_by(self) -> Millis {
        match self {
            Instant::Now(_) => EVER,
            Instant::Past(at) => at,
        }
    }

    /// The problem of an object without anything to show.
    fn nothing(self) -> Problem {
        match self {
            Instant::Now(_) => Problem::not_found(),
            Instant::Past(_) => Problem::not_found().detail("nothing of this had reached the server by that instant"),
        }
    }
}

fn wrong(reason: &str) -> Problem {
    Problem::malformed(FieldError { pointer: "query/at".into(), reason: reason.into() })
}
