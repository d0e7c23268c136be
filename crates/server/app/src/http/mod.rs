//! HTTP: one endpoint a file; handlers translate, they do not decide.

mod access_changes;
pub(crate) mod admission;
mod answer_headers;
mod api;
mod auth;
mod body;
mod conversation_watchers;
mod files;
#[cfg(test)]
mod fuzz;
mod hooks;
mod identify_secret;
mod language;
mod look;
mod message;
mod openapi;
mod operations;
mod outcomes;
mod pages;
mod problem;
mod reading;
mod repeat;
mod router;
mod routes;
mod secret_uses;
mod socket;
mod state;
mod test_clock;
mod texts;
mod todays_figures;
mod usual_wait;
mod v1;
mod visit_watchers;
mod watch;

pub(crate) use access_changes::AccessChanges;
pub(crate) use conversation_watchers::ConversationWatchers;
pub(crate) use operations::{add_up, metrics_router};
pub(crate) use outcomes::begin as begin_outcomes;
pub(crate) use router::router;
pub(crate) use secret_uses::SecretUses;
pub(crate) use state::{AppState, Parts, is_mail_set_up};
pub(crate) use todays_figures::{FiguresOfDay, TodaysFigures};
pub(crate) use usual_wait::UsualWait;
pub(crate) use visit_watchers::VisitWatchers;
