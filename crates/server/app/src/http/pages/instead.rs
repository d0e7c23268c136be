//! Pages for browsers in place of problem documents: for addresses that show nothing, and for requests that failed.

use super::face::Face;
use super::notice::{Notice, Way};
use crate::http::language::language;
use crate::http::state::AppState;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

/// Where programs read the answers.
const OF_PROGRAMS: [&str; 4] = ["/api/", "/v1/", "/hooks/", "/metrics"];
/// The prefix of the demo site's pages.
const DEMO: &str = "/demo/";

/// Shows a page where a browser, on its way to a page, would get a problem document.
pub(in crate::http) async fn page_instead(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if !accepts_pages(request.headers()) || OF_PROGRAMS.iter().any(|start| path.starts_with(start)) {
        return next.run(request).await;
    }
    let (language, is_of_demo, is_of_app) =
        (language(request.headers()), path.starts_with(DEMO), path.starts_with("/app"));
    let response = next.run(request).await;
    if !is_problem(&response) {
        return response;
    }
    let demo = if is_of_demo { state.sites.demo() } else { None };
    let face = Face::of(&state, demo.or_else(|| state.sites.first()), language);
    let notice = match response.status() {
        code @ (StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED) => {
            let dashboard = is_of_app.then(|| Way { href: "/app/".into(), text: "missing.dashboard" });
            let ways = dashboard.into_iter().collect();
            Notice { code, title: "missing.title", text: "missing.text", ways }
        }
        code => Notice { code, title: "trouble.title", text: "trouble.text", ways: Vec::new() },
    };
    match notice.page(&state, &face) {
        Ok(page) => with_headers_of(response, page),
        Err(_) => response,
    }
}

/// Whether the answer is shown as a page. Scripts, and pages for their parts, accept other types.
fn accepts_pages(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|kind| kind.trim().starts_with("text/html"))
}

fn is_problem(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/problem+json")
}

/// The page with what the problem says beside its document: when to try again, and its kind for the log.
fn with_headers_of(problem: Response, mut page: Response) -> Response {
    for name in [header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = problem.headers().get(&name) {
            page.headers_mut().insert(name, value.clone());
        }
    }
    page.extensions_mut().extend(problem.into_parts().0.extensions);
    page
}
