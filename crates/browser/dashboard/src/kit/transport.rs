//! The transport of requests: `fetch`, with the session's cookie.

use futures_util::FutureExt;
use gloo_net::http::{RequestBuilder, Response};
use leptos::web_sys::RequestCache;
use std::sync::Arc;

use super::browser::files;
use crate::api::{Call, Failure, Method, Reply, Transport};

pub(crate) fn by_fetch() -> Transport {
    Arc::new(|call| fetch(call).boxed_local())
}

async fn fetch(call: Call) -> Result<Reply, Failure> {
    let method = match call.method {
        Method::Get => gloo_net::http::Method::GET,
        Method::Post => gloo_net::http::Method::POST,
        Method::Patch => gloo_net::http::Method::PATCH,
        Method::Put => gloo_net::http::Method::PUT,
        Method::Delete => gloo_net::http::Method::DELETE,
    };
    let request = RequestBuilder::new(&call.path)
        .method(method)
        .cache(RequestCache::NoStore)
        .header("accept", "application/json, application/problem+json");
    let request = match (call.body, call.file) {
        (Some(body), _) => request.header("content-type", "application/json").body(body),
        // The browser sets the content type, with the boundary of the form's parts.
        (None, Some(file)) => request.body(files::form_of(&file)),
        (None, None) => request.build(),
    };
    let sent = match request {
        Ok(request) => request.send().await,
        Err(_) => return Err(Failure::Unreadable),
    };
    match sent {
        Ok(response) => reply(response).await,
        Err(_) => Err(Failure::Unreachable),
    }
}

async fn reply(response: Response) -> Result<Reply, Failure> {
    let status_code = response.status();
    match response.text().await {
        Ok(body) => Ok(Reply { status_code, body }),
        Err(_) => Err(Failure::Unreachable),
    }
}
