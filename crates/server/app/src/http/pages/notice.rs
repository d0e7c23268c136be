//! Pages that say why an address shows nothing, with ways on.

use super::face::Face;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::http::texts::escaped;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

/// Nothing from other origins, nothing inline.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'";

/// A link of the page: its address, and the key of its text.
pub(super) struct Way {
    pub(super) href: String,
    pub(super) text: &'static str,
}

/// What a page says, by the keys of its texts.
pub(super) struct Notice {
    pub(super) code: StatusCode,
    pub(super) title: &'static str,
    pub(super) text: &'static str,
    pub(super) ways: Vec<Way>,
}

impl Notice {
    /// The page. The way to the home page of the site comes first.
    pub(super) fn page(self, state: &AppState, face: &Face) -> Result<Response, Problem> {
        let home = face.home().map(|href| Way { href, text: "gone.home" });
        let ways = home.into_iter().chain(self.ways).map(|Way { href, text }| {
            let (href, text) = (escaped(&href), escaped(face.text(text)));
            format!("<p><a class=\"way\" href=\"{href}\">{text}</a></p>")
        });
        let page = face
            .page(state, "notice.html")?
            .replace("__TITLE__", &escaped(face.text(self.title)))
            .replace("__TEXT__", &escaped(face.text(self.text)))
            .replace("__WAYS__", &ways.collect::<String>());
        let headers = [
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::CACHE_CONTROL, "no-store"),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::VARY, "accept-language, accept"),
            (HeaderName::from_static("x-robots-tag"), "noindex"),
        ];
        Ok((self.code, headers, Html(page)).into_response())
    }
}
