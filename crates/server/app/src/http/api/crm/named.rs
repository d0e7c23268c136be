//! The CRM that a path names.

use crate::http::body::Path;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use knock_crm_sync::CrmParts;
use knock_model::CrmSystem;
use knock_wire::CrmSystemWord;

/// The parameter of the paths, for the documentation of the API.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it only describes the path")]
pub(super) struct SystemPath {
    /// The CRM.
    #[param(value_type = CrmSystemWord)]
    system: String,
}

/// A CRM that this server can be connected to; 404 for an unknown one, 422 for one without a connector.
pub(crate) struct NamedCrm(pub(crate) CrmParts);

impl FromRequestParts<AppState> for NamedCrm {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<NamedCrm, Problem> {
        let NamedSystem(system) = NamedSystem::from_request_parts(parts, state).await?;
        let crm = state.crms.get(system).cloned();
        let reason = || format!("This version of Knock cannot be connected to {}.", system.label());
        crm.map(NamedCrm).ok_or_else(|| super::wrong("path/system", reason()))
    }
}

/// A CRM, whether or not this version has a connector to it; 404 for an unknown one.
pub(super) struct NamedSystem(pub(super) CrmSystem);

impl FromRequestParts<AppState> for NamedSystem {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<NamedSystem, Problem> {
        let Path(word) = Path::<String>::from_request_parts(parts, state).await?;
        CrmSystem::parse(&word).map(NamedSystem).ok_or_else(Problem::not_found)
    }
}
