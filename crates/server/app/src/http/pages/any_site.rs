//! Files that pages of every site may load.

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;

/// Lets pages of every origin load it, check its hash and measure it.
pub(super) fn for_any_site(mut response: Response) -> Response {
    let open = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (HeaderName::from_static("timing-allow-origin"), "*"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    for (name, value) in open {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
