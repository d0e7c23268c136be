//! Response headers that many routes share.

use super::state::AppState;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// Sets `Cache-Control: no-store` for the API, HSTS behind https, `Referrer-Policy` and `X-Content-Type-Options`.
pub(super) async fn set_headers(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let is_api = ["/api/", "/v1/", "/metrics"].iter().any(|start| request.uri().path().starts_with(start));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if is_api {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    if let Some(policy) = transport_policy(&state.core.address.url) {
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(policy);
    }
    headers.entry(header::REFERRER_POLICY).or_insert(HeaderValue::from_static("no-referrer"));
    headers.entry(header::X_CONTENT_TYPE_OPTIONS).or_insert(HeaderValue::from_static("nosniff"));
    response
}

/// HSTS, if the server is behind https: for a year, browsers use nothing else for this host.
fn transport_policy(public_url: &str) -> Option<HeaderValue> {
    public_url.starts_with("https:").then_some(HeaderValue::from_static("max-age=31536000"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_stay_at_https_where_the_server_is_behind_it() {
        let policy = |url| transport_policy(url).map(|policy| policy.to_str().expect("text").to_owned());
        assert_eq!(policy("https://knock.example.com").as_deref(), Some("max-age=31536000"));
        assert_eq!(policy("http://127.0.0.1:8787"), None);
    }
}
