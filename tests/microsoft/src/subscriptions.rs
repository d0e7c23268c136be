//! Subscriptions to changes of events.
//!
//! <https://learn.microsoft.com/graph/api/resources/subscription>,
//! <https://learn.microsoft.com/graph/api/subscription-post-subscriptions>

use crate::access::Caller;
use crate::errors::Refusal;
use crate::ids;
use crate::moment::{instant, stamp};
use crate::notify::Change;
use crate::prefer::Prefer;
use crate::request::{Answer, Request};
use crate::seed;
use crate::world::World;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value as Json, json};
use url::Url;

/// The longest life of a subscription to events without their data.
const LONGEST: SignedDuration = SignedDuration::from_mins(10_080);
/// The shortest: an earlier end is set to this one.
const SHORTEST: SignedDuration = SignedDuration::from_mins(45);
/// The most subscriptions of a mailbox.
const MOST: usize = 1_000;
const FIELDS: [&str; 9] = [
    "changeType",
    "notificationUrl",
    "lifecycleNotificationUrl",
    "resource",
    "expirationDateTime",
    "clientState",
    "latestSupportedTlsVersion",
    "includeResourceData",
    "@odata.type",
];

#[derive(Clone, Debug)]
pub(crate) struct Subscription {
    pub(crate) id: String,
    account: String,
    pub(crate) tenant: String,
    resource: String,
    /// The calendar that it is about; none for all of the mailbox.
    calendar: Option<u64>,
    change_type: String,
    pub(crate) notification_url: String,
    pub(crate) lifecycle_url: Option<String>,
    pub(crate) client_state: Option<String>,
    pub(crate) expires: Timestamp,
    /// Whether notifications name items by immutable ids.
    pub(crate) is_immutable: bool,
    /// Whether notifications pause until it is authorized again.
    pub(crate) is_paused: bool,
}

impl Subscription {
    /// Whether a change is to be notified.
    pub(crate) fn wants(&self, account: &str, calendar: u64, change: Change, now: Timestamp) -> bool {
        let is_about = self.account == account && self.calendar.is_none_or(|mine| mine == calendar);
        let is_kind = self.change_type.split(',').any(|kind| kind.trim() == change.as_str());
        is_about && is_kind && self.expires > now && !self.is_paused
    }

    pub(crate) fn shown(&self) -> Json {
        json!({
            "id": self.id, "resource": self.resource, "applicationId": seed::CLIENT_ID, "changeType": self.change_type,
            "clientState": self.client_state, "notificationUrl": self.notification_url,
            "lifecycleNotificationUrl": self.lifecycle_url, "expirationDateTime": stamp(self.expires),
            "creatorId": self.account, "latestSupportedTlsVersion": "v1_2", "includeResourceData": null,
            "notificationQueryOptions": null, "encryptionCertificate": null, "encryptionCertificateId": null,
            "notificationUrlAppId": null,
        })
    }

    /// The addresses that must answer before it is there.
    pub(crate) fn addresses(&self) -> Vec<String> {
        std::iter::once(&self.notification_url).chain(&self.lifecycle_url).cloned().collect()
    }
}

fn wrong(message: impl Into<String>) -> Refusal {
    Refusal::new(400, "InvalidRequest", message)
}

/// A subscription as a body asks for it, before its addresses have answered.
pub(crate) fn asked(
    world: &mut World,
    caller: &Caller,
    request: &Request,
    body: &Json,
) -> Result<Subscription, Refusal> {
    caller.may_read()?;
    let fields = body.as_object().ok_or_else(|| wrong("The body is no JSON object."))?;
    if let Some(unknown) = fields.keys().find(|name| !FIELDS.contains(&name.as_str())) {
        return Err(wrong(format!("The property '{unknown}' does not exist on type 'microsoft.graph.subscription'.")));
    }
    let text = |name: &str| body[name].as_str().filter(|text| !text.is_empty());
    let need = |name: &str| text(name).ok_or_else(|| wrong(format!("The property '{name}' is required.")));
    let change_type = need("changeType")?;
    let known = |kind: &str| ["created", "updated", "deleted"].contains(&kind.trim());
    if !change_type.split(',').all(known) {
        return Err(wrong(format!("Invalid changeType '{change_type}'.")));
    }
    if text("clientState").is_some_and(|state| state.chars().count() > 128) {
        return Err(wrong("The clientState has more than 128 characters."));
    }
    let notification_url = address(need("notificationUrl")?)?;
    let lifecycle_url = text("lifecycleNotificationUrl").map(address).transpose()?;
    let expires = end(world.now(), need("expirationDateTime")?)?;
    let resource = need("resource")?.to_owned();
    let calendar = calendar_of(world, caller, &resource)?;
    if world.subscriptions.values().filter(|one| one.account == caller.account).count() >= MOST {
        return Err(Refusal::new(403, "ErrorAccessDenied", "The mailbox has the most subscriptions that are allowed."));
    }
    let is_personal = world.accounts.get(&caller.account).is_some_and(|account| account.is_personal);
    let tenant = if is_personal { seed::CONSUMERS } else { seed::TENANT }.to_owned();
    Ok(Subscription {
        id: world.guid(),
        account: caller.account.clone(),
        tenant,
        resource,
        calendar,
        change_type: change_type.to_owned(),
        notification_url,
        lifecycle_url,
        client_state: text("clientState").map(str::to_owned),
        expires,
        is_immutable: Prefer::of(request)?.is_immutable,
        is_paused: false,
    })
}

/// An address takes HTTPS, or is on this machine.
fn address(text: &str) -> Result<String, Refusal> {
    let url = Url::parse(text).map_err(|_| wrong(format!("'{text}' is no address.")))?;
    let is_here = ["127.0.0.1", "localhost", "[::1]"].contains(&url.host_str().unwrap_or_default());
    match url.scheme() == "https" || (url.scheme() == "http" && is_here) {
        true => Ok(text.to_owned()),
        false => Err(wrong("The notification address must use HTTPS.")),
    }
}

fn end(now: Timestamp, text: &str) -> Result<Timestamp, Refusal> {
    let end = text.ends_with('Z').then(|| instant(text)).flatten();
    let end = end.ok_or_else(|| wrong(format!("'{text}' is no expirationDateTime.")))?;
    if end <= now {
        return Err(wrong("Subscription expiration must be in the future."));
    }
    if end.duration_since(now) > LONGEST {
        return Err(wrong("Subscription expiration can only be 10080 minutes in the future."));
    }
    Ok(end.max(now.saturating_add(SHORTEST).unwrap_or(end)))
}

/// The calendar of a resource: `me/events`, `me/calendars/{id}/events`, or with `users/{id}`.
fn calendar_of(world: &World, caller: &Caller, resource: &str) -> Result<Option<u64>, Refusal> {
    let account = world.accounts.get(&caller.account).ok_or_else(crate::errors::not_found)?;
    let parts: Vec<&str> = resource.split('/').filter(|part| !part.is_empty()).collect();
    let rest = match parts[..] {
        ["me", ref rest @ ..] => rest,
        [users, id, ref rest @ ..] if users.eq_ignore_ascii_case("users") && id == account.id => rest,
        _ => return Err(wrong(format!("Unsupported resource '{resource}'."))),
    };
    match *rest {
        ["events"] => Ok(None),
        ["calendar", "events"] => Ok(account.default_calendar().map(|calendar| calendar.number)),
        ["calendars", id, "events"] => {
            let calendar = account.calendar(id)?;
            caller.may_read_basics(calendar.is_shared(account))?;
            Ok(Some(calendar.number))
        }
        _ => Err(wrong(format!("Unsupported resource '{resource}'."))),
    }
}

/// `/subscriptions/...` after their creation.
pub(crate) fn answer(world: &mut World, caller: &Caller, request: &Request, rest: &[&str]) -> Result<Answer, Refusal> {
    let now = world.now();
    let gone = || Refusal::new(404, "ResourceNotFound", "The object was not found.");
    let mine = |one: &Subscription| one.account == caller.account && one.expires > now;
    match (request.method.as_str(), rest) {
        ("GET", []) => {
            let all: Vec<Json> =
                world.subscriptions.values().filter(|one| mine(one)).map(Subscription::shown).collect();
            Ok(Answer::ok(json!({"value": all})))
        }
        ("GET", [id]) => {
            let one = world.subscriptions.get(*id).filter(|one| mine(one)).ok_or_else(gone)?;
            Ok(Answer::ok(one.shown()))
        }
        ("PATCH", [id]) => {
            let body: Json = serde_json::from_slice(&request.body).map_err(|_| wrong("The body is no JSON."))?;
            let other = body.as_object().and_then(|body| body.keys().find(|name| *name != "expirationDateTime"));
            if let Some(other) = other {
                return Err(wrong(format!("The property '{other}' cannot be changed.")));
            }
            caller.may_read()?;
            let expires = end(now, body["expirationDateTime"].as_str().unwrap_or_default())?;
            let one = world.subscriptions.get_mut(*id).filter(|one| mine(one)).ok_or_else(gone)?;
            (one.expires, one.is_paused) = (expires, false);
            Ok(Answer::ok(one.shown()))
        }
        ("POST", [id, "reauthorize"]) => {
            caller.may_read()?;
            let one = world.subscriptions.get_mut(*id).filter(|one| mine(one)).ok_or_else(gone)?;
            one.is_paused = false;
            Ok(Answer::empty(204))
        }
        ("DELETE", [id]) => {
            world.subscriptions.get(*id).filter(|one| mine(one)).ok_or_else(gone)?;
            world.subscriptions.remove(*id);
            Ok(Answer::empty(204))
        }
        _ => Err(Refusal::new(405, "Request_BadRequest", "The method is not allowed.")),
    }
}

/// The calendar's id within a resource that names it, for tests.
pub(crate) fn resource(calendar: u64) -> String {
    format!("me/calendars/{}/events", ids::calendar(calendar))
}
