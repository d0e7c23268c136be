//! The transport of requests: `fetch`, with the session's cookie.

use futures_util::FutureExt;
use gloo_net::http::{RequestBuilder, Response};
use leptos::task::spawn_local;
use leptos::web_sys::RequestCache;
use std::sync::Arc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::browser::files;
use crate::api::{Call, Failure, Method, Reply, Transport, Upload};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = fetch)]
    fn fetch_with(path: &str, options: &JsValue) -> js_sys::Promise;
}

/// The largest file that is sent while a page closes: browsers take 64 KiB of all such requests together.
pub(crate) const LASTING_BYTES: usize = 60_000;

/// The body of a request that outlasts its page.
pub(crate) enum Lasting {
    Json(String),
    File(Arc<Upload>),
}

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
        (None, Some(file)) if call.method == Method::Put => {
            request.body(js_sys::Uint8Array::from(file.content.as_slice()))
        }
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

/// Posts a request that goes on after the page was closed; its response is not read.
pub(crate) fn send_lasting(path: &str, body: Lasting) {
    let options = js_sys::Object::new();
    // Setting a field of a new object cannot fail.
    let set = |name: &str, value: &JsValue| drop(js_sys::Reflect::set(&options, &name.into(), value));
    set("method", &"POST".into());
    set("keepalive", &true.into());
    match body {
        Lasting::Json(body) => {
            let headers = js_sys::Object::new();
            drop(js_sys::Reflect::set(&headers, &"content-type".into(), &"application/json".into()));
            set("headers", &headers);
            set("body", &body.into());
        }
        Lasting::File(file) => set("body", files::form_of(&file).as_ref()),
    }
    let answer = fetch_with(path, &options);
    // A page that comes back must not report a failure that the next attempt handles.
    spawn_local(async move { drop(JsFuture::from(answer).await) });
}
