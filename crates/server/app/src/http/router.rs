//! All routes.

use super::admission::{limit_body, require_host};
use super::answer_headers::set_headers;
use super::problem::Problem;
use super::state::AppState;
use super::watch::watch;
use super::{api, hooks, openapi, operations, pages, test_clock, v1};
use crate::faults;
use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use std::sync::Arc;
use tower::ServiceBuilder;
use utoipa_axum::router::OpenApiRouter;

/// The whole HTTP side of the server.
pub(crate) fn router(state: AppState) -> Router {
    let (router, document) = documented();
    let document = openapi::served(&document);
    let router = if state.core.test_clock.is_some() { router.merge(test_clock::routes()) } else { router };
    let router = router
        .route("/api/openapi.json", get(|| async move { document }))
        .merge(pages::routes())
        .merge(hooks::routes())
        .fallback(|| async { Problem::not_found() })
        .method_not_allowed_fallback(|| async {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method", "This is not done with that method")
        })
        .layer(
            // As one: a router wraps every route once for each layer it is given, and copies that for each request.
            ServiceBuilder::new()
                .layer(axum::middleware::from_fn(watch))
                .layer(axum::middleware::from_fn_with_state(state.clone(), set_headers))
                .layer(v1::cors(&state))
                .layer(axum::middleware::from_fn_with_state(state.clone(), pages::page_instead))
                .layer(axum::middleware::from_fn(require_host))
                .layer(axum::middleware::from_fn_with_state(Arc::clone(&state.uploads), limit_body)),
        )
        .with_state(state);
    faults::around_router(router)
}

/// The routes that other programs may rely on, and the document that describes them.
pub(super) fn documented() -> (Router<AppState>, utoipa::openapi::OpenApi) {
    let documented = OpenApiRouter::with_openapi(openapi::begin())
        .merge(v1::routes())
        .merge(api::routes())
        .merge(operations::routes());
    let (router, mut document) = documented.split_for_parts();
    openapi::complete(&mut document);
    (router, document)
}
