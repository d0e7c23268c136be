//! `/api/v1/playbooks`: the texts of the AI agent.

mod in_use;
mod list;
mod preview;
mod save;
mod steps;

use crate::http::problem::Problem;
use crate::http::routes::{Routes, routes};
use crate::http::state::AppState;
use knock_agent::Language;
use knock_ports::Site;
use knock_routing::AgentKind;
use knock_wire::FieldError;
use serde::Deserialize;
use std::sync::Arc;

pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(list::get)).routes(routes!(list::versions, save::put)).routes(routes!(preview::post))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct OfSite {
    /// Key of the site that the playbooks are for; without it those for all sites.
    site: Option<String>,
}

impl OfSite {
    /// The site, in use; none for all sites.
    fn site(self, state: &AppState) -> Result<Option<Arc<Site>>, Problem> {
        let in_use = |key: String| state.sites.in_use(&key).ok_or_else(unknown_site);
        self.site.map(in_use).transpose()
    }
}

/// The problem of a site that is unknown, or was removed.
fn unknown_site() -> Problem {
    Problem::invalid(FieldError { pointer: "query/site".into(), reason: "is the key of no site in use".into() })
}

/// Kind and language of a playbook's address; a problem for unknown words.
fn which(kind: &str, language: &str) -> Result<(AgentKind, Language), Problem> {
    let which = AgentKind::parse(kind).zip(Language::parse(language));
    which.ok_or_else(Problem::not_found)
}
