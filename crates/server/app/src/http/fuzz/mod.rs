//! Any request that HTTP permits: the server responds, and describes errors by a problem document.

mod workspace;
mod written;

use axum::body::to_bytes;
use axum::http::{Method, StatusCode, header};
use axum::response::Response;
use workspace::Workspace;
use written::read;

/// The content type of pages.
const HTML: &str = "text/html; charset=utf-8";

/// A request in text form: method and address, headers, an empty line, the body.
#[test]
fn request() {
    let workspace = Workspace::start();
    knock_fuzz::target("request", |bytes| {
        let Some(request) = read(bytes) else { return };
        // These last as long as their connection.
        if request.uri().path().ends_with("/live") {
            return;
        }
        // An unknown link or meeting is answered with a page for people.
        let is_of_people = ["/l/", "/m/"].iter().any(|start| request.uri().path().starts_with(start));
        let has_body = request.method() != Method::HEAD;
        workspace.block_on(async { check(workspace.answer(request).await, has_body, is_of_people).await });
    });
}

async fn check(response: Response, has_body: bool, is_of_people: bool) {
    let code = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE).cloned();
    let body = to_bytes(response.into_body(), usize::MAX).await.expect("a whole answer");
    let text = String::from_utf8_lossy(&body);
    assert!(code.as_u16() < 500, "{code} {text}");
    if has_body && is_of_people && code == StatusCode::NOT_FOUND && kind.as_ref().is_some_and(|kind| kind == HTML) {
        assert!(text.contains("noindex") && text.contains("<h1>") && !text.contains("__"), "{text}");
    } else if has_body && (code.is_client_error() || code == StatusCode::NOT_IMPLEMENTED) {
        assert!(kind.is_some_and(|kind| kind == "application/problem+json"), "{code} {text}");
        let problem: knock_wire::Problem = serde_json::from_slice(&body).expect("a problem document");
        assert!(problem.status_code == code.as_u16() && !problem.title.is_empty(), "{text}");
        assert!(problem.errors.iter().all(|field| !field.reason.is_empty()), "{text}");
    }
}
