//! All routes.

use super::admission::{limit_body, require_host};
use super::answer_headers::set_headers;
use super::problem::Problem;
use super::routes::Routes;
use super::state::AppState;
use super::watch::watch;
use super::{api, hooks, openapi, operations, pages, test_clock, v1};
use crate::faults;
use axum::Router;
use axum::body::Bytes;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use std::sync::{Arc, LazyLock};
use tower::ServiceBuilder;

/// The whole HTTP side of the server.
pub(crate) fn router(state: AppState) -> Router {
    let router = documented().into_router();
    let router = if state.core.test_clock.is_some() { router.merge(test_clock::routes()) } else { router };
    let router = router
        .route("/api/openapi.json", get(served))
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

/// The routes that other programs may rely on, with what they say of themselves.
fn documented() -> Routes {
    Routes::new().merge(v1::routes()).merge(api::routes()).merge(operations::routes())
}

/// The document that describes them.
pub(super) fn document() -> utoipa::openapi::OpenApi {
    let mut document = documented().into_document(openapi::begin());
    openapi::complete(&mut document);
    document
}

/// The document as it is served: written at the first question, which most servers never get.
async fn served() -> impl IntoResponse {
    static WRITTEN: LazyLock<Bytes> = LazyLock::new(|| {
        let body = serde_json::to_string(&document()).expect("the document has JSON: its keys are texts");
        Bytes::from(body)
    });
    ([(header::CONTENT_TYPE, "application/json")], WRITTEN.clone())
}
