//! The Web API: a call is read, limited, allowed, done and recorded.

mod access;
mod arguments;
mod blocks;
mod chat;
mod conversations;
mod faults;
mod files;
mod history;
mod limits;
mod methods;
mod oauth_page;
mod users;
mod views;

use arguments::check_type;
pub(crate) use arguments::{Arguments, form};
pub(crate) use faults::{Fault, Faults};
pub(crate) use files::{download, receive};
pub(crate) use limits::Limits;
pub(crate) use oauth_page::{decide, page};

use crate::server::Shared;
use crate::world::{TokenState, World};
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use methods::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;

/// A call that may be done.
pub(crate) struct Call {
    pub(crate) arguments: Arguments,
    pub(crate) scopes: BTreeSet<String>,
}

/// The reason for which a call is refused.
#[derive(Clone, Debug)]
pub(crate) struct Refused {
    error: String,
    needed: Option<String>,
    messages: Vec<String>,
}

/// The response of a method without `ok`.
pub(crate) type Done = Result<Value, Refused>;

impl Refused {
    pub(crate) fn new(error: &str) -> Refused {
        Refused { error: error.to_owned(), needed: None, messages: Vec::new() }
    }

    fn invalid(message: String) -> Refused {
        Refused { messages: vec![format!("[ERROR] {message}")], ..Refused::new("invalid_arguments") }
    }

    fn scope(needed: &str) -> Refused {
        Refused { needed: Some(needed.to_owned()), ..Refused::new("missing_scope") }
    }
}

impl Call {
    /// Whether the token may do this.
    pub(crate) fn need(&self, scope: &str) -> Result<(), Refused> {
        if self.scopes.contains(scope) { Ok(()) } else { Err(Refused::scope(scope)) }
    }
}

struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Value,
}

/// The way of a response to the client.
enum Way {
    Straight,
    After(Duration),
    /// The connection breaks off.
    Lost,
    /// No answer ever.
    Never,
}

/// Answers a call of the Web API.
pub(crate) async fn answer(shared: &Shared, method: &str, headers: &HeaderMap, query: &str, body: &Bytes) -> Response {
    let (reply, way) = {
        let mut world = shared.lock();
        let arguments = Arguments::read(headers, query, body);
        let (reply, way) = match check_type(headers, body) {
            Ok(()) => called(&mut world, method, headers, &arguments),
            Err(why) => (refused(&why, None), Way::Straight),
        };
        let at = world.now();
        world.calls.push(json!({
            "method": method, "arguments": arguments.recorded(), "at": at, "status": reply.status,
            "ok": reply.body["ok"] == true, "error": reply.body["error"],
            "is_answered": !matches!(way, Way::Lost | Way::Never), "docs": page_of(method),
        }));
        (reply, way)
    };
    shared.changed();
    match way {
        Way::Straight => {}
        Way::After(wait) => tokio::time::sleep(wait).await,
        Way::Lost => return broken(),
        Way::Never => std::future::pending().await,
    }
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, reply.body.to_string()).into_response();
    for (name, value) in [("content-type", "application/json; charset=utf-8".to_owned()), ("x-docs", page_of(method))]
        .into_iter()
        .chain(reply.headers)
    {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// The page of Slack's documentation that the answers of a method follow.
fn page_of(method: &str) -> String {
    let name: String = method.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '.').collect();
    format!("https://docs.slack.dev/reference/methods/{name}")
}

/// A response whose body breaks off before its first byte.
fn broken() -> Response {
    let torn = futures_util::stream::once(async { Err::<Bytes, _>(std::io::Error::other("lost")) });
    Response::builder().header("content-length", "100").body(Body::from_stream(torn)).unwrap_or_default()
}

fn called(world: &mut World, method: &str, headers: &HeaderMap, arguments: &Arguments) -> (Reply, Way) {
    if let Some(status) = world.outage {
        let reply = Reply { status, headers: Vec::new(), body: json!("outage") };
        return (reply, if status == 0 { Way::Lost } else { Way::Straight });
    }
    let fault = world.faults.take(method);
    match fault {
        None => (done(world, method, headers, arguments), Way::Straight),
        Some(Fault::RateLimit(seconds)) => (limited(seconds), Way::Straight),
        Some(Fault::Status(status)) => {
            (Reply { status, headers: Vec::new(), body: json!("<html>upstream") }, Way::Straight)
        }
        Some(Fault::Error(error)) => (refused(&Refused::new(&error), None), Way::Straight),
        Some(Fault::Garbage) => (Reply { status: 200, headers: Vec::new(), body: json!("<html>") }, Way::Straight),
        Some(Fault::Timeout) => (Reply { status: 504, headers: Vec::new(), body: Value::Null }, Way::Never),
        Some(Fault::Drop) => (Reply { status: 502, headers: Vec::new(), body: Value::Null }, Way::Lost),
        Some(Fault::LoseAnswer) => (done(world, method, headers, arguments), Way::Lost),
        Some(Fault::Hang) => (done(world, method, headers, arguments), Way::Never),
        Some(Fault::Slow(wait)) => (done(world, method, headers, arguments), Way::After(wait)),
    }
}

fn limited(seconds: u64) -> Reply {
    let headers = vec![("retry-after", seconds.to_string())];
    Reply { status: 429, headers, body: json!({ "ok": false, "error": "ratelimited" }) }
}

fn done(world: &mut World, name: &str, headers: &HeaderMap, arguments: &Arguments) -> Reply {
    let Some(method) = methods::find(name) else {
        return refused(&Refused { messages: Vec::new(), ..Refused::new("unknown_method") }, None);
    };
    let key = method.limit_key(arguments);
    let now = world.now();
    if let Err(seconds) = world.limits.take(&key, method.tier, now) {
        return limited(seconds);
    }
    match allowed(world, method, headers, arguments) {
        Err(why) => refused(&why, None),
        Ok(call) => match call.need_all(method.scopes).and_then(|()| (method.run)(world, &call)) {
            Err(why) => refused(&why, Some(&call)),
            Ok(mut body) => {
                body["ok"] = json!(true);
                Reply { status: 200, headers: scopes_of(Some(&call), method.scopes), body }
            }
        },
    }
}

impl Call {
    fn need_all(&self, scopes: &[&str]) -> Result<(), Refused> {
        scopes.iter().try_for_each(|scope| self.need(scope))
    }
}

/// The call, when its token may call anything.
fn allowed(world: &World, method: &Method, headers: &HeaderMap, arguments: &Arguments) -> Result<Call, Refused> {
    if !method.needs_token {
        return Ok(Call { arguments: arguments.clone(), scopes: BTreeSet::new() });
    }
    let bearer = headers.get("authorization").and_then(|value| value.to_str().ok());
    let bearer = bearer.and_then(|value| value.strip_prefix("Bearer ")).map(str::to_owned);
    let token = bearer.or_else(|| arguments.text("token")).ok_or_else(|| Refused::new("not_authed"))?;
    let known = world.tokens.get(&token).ok_or_else(|| Refused::new("invalid_auth"))?;
    match known.state {
        TokenState::Valid => {
            let mut arguments = arguments.clone();
            arguments.set("token", &token);
            Ok(Call { arguments, scopes: known.scopes.clone() })
        }
        TokenState::Revoked => Err(Refused::new("token_revoked")),
        TokenState::Inactive => Err(Refused::new("account_inactive")),
    }
}

fn scopes_of(call: Option<&Call>, accepted: &[&str]) -> Vec<(&'static str, String)> {
    let Some(call) = call.filter(|call| !call.scopes.is_empty()) else { return Vec::new() };
    let provided: Vec<_> = call.scopes.iter().map(String::as_str).collect();
    vec![("x-oauth-scopes", provided.join(",")), ("x-accepted-oauth-scopes", accepted.join(","))]
}

fn refused(why: &Refused, call: Option<&Call>) -> Reply {
    let mut body = json!({ "ok": false, "error": why.error });
    if let Some(needed) = &why.needed {
        body["needed"] = json!(needed);
        let provided: Vec<_> = call.iter().flat_map(|call| call.scopes.iter().map(String::as_str)).collect();
        body["provided"] = json!(provided.join(","));
    }
    if !why.messages.is_empty() {
        body["response_metadata"] = json!({ "messages": why.messages });
    }
    Reply { status: 200, headers: scopes_of(call, &[]), body }
}
