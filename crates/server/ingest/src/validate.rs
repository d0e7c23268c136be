//! Step four: validation of one signal, from untrusted JSON to the stored form.

use crate::address::scrubbed;
use crate::clock::corrected;
use crate::identity::{identity, link, visible_time};
use crate::known::remembered;
use crate::pointer::{is_list, located};
use crate::proof;
use crate::props::kept_props;
use crate::refusal::at;
use crate::text::cut;
use knock_intent::{Action, CategoryOverride, ENGAGED_MS, ENGAGED_STRENGTH, categorise_with, strength};
use knock_model::{
    Category, Email, IdentifyPolicy, Millis, PersonName, SessionId, SignalId, SignalType, Trust, ViewId,
};
use knock_ports::{Client, Detail, NewSignal};
use knock_wire::{FieldError, SignalBody};
use serde_json::value::RawValue;

/// The maximum difference between the instant in an id and the signal's own.
const ID_TOLERANCE: Millis = Millis::MINUTE;
/// The maximum length of an address, in characters.
const MAX_ADDRESS: usize = 2_000;
/// The maximum of stored field names of a form.
const MAX_FIELDS: usize = 50;
/// The maximum size of all texts and properties of a signal together, in bytes.
const MAX_SIGNAL: usize = 8_192;

/// The data that a signal shares with its batch.
pub(crate) struct Shared<'a> {
    pub(crate) session: SessionId,
    pub(crate) sent_at: Option<Millis>,
    pub(crate) received_at: Millis,
    pub(crate) base: &'a str,
    pub(crate) overrides: &'a [CategoryOverride],
    pub(crate) identify: IdentifyPolicy,
    pub(crate) identify_secret: &'a dyn Fn() -> String,
    /// The client of the batch; `None` after the first call.
    pub(crate) client: &'a dyn Fn() -> Option<Client>,
}

/// A valid signal, with its counts.
pub(crate) struct Valid {
    pub(crate) signal: NewSignal,
    pub(crate) unknown_fields: u64,
    /// Whether a part of it was cut.
    pub(crate) is_cut: bool,
    /// Whether the browser sent another category.
    pub(crate) disagrees: bool,
}

/// Validates one signal; the error's pointer is relative to it.
pub(crate) fn validate(raw: &RawValue, shared: &Shared<'_>) -> Result<Valid, FieldError> {
    if is_list(raw.get().as_bytes()) {
        return Err(at("", "is a list, expected an object"));
    }
    let mut unknown_fields = 0;
    let mut reader = serde_json::Deserializer::from_str(raw.get());
    let body: SignalBody<'_> = serde_ignored::deserialize(&mut reader, |_| unknown_fields += 1)
        .map_err(|error| located::<SignalBody<'_>>(raw.get().as_bytes()).err().unwrap_or(at("", error.to_string())))?;
    let (id, kind, view) = identified(&body)?;
    let (email, person) =
        if kind == SignalType::Identify { identity(body.props)? } else { (None, PersonName::default()) };
    let visible = if kind == SignalType::Engagement { Some(visible_time(body.props)?) } else { None };
    let strength = if visible.is_some_and(|time| time >= ENGAGED_MS) { ENGAGED_STRENGTH } else { strength(kind) };
    let mut detail = detail(&body)?;
    let is_cut = !detail.cut.is_empty();
    if kind == SignalType::Identify {
        detail.trust = Some(trust(&body, email.as_ref(), shared)?);
    }
    detail.email = email.map(|email| email.to_text()).unwrap_or_default();
    detail.person = person;
    if matches!(kind, SignalType::Click | SignalType::Cta) {
        detail.link = link(body.props);
    }
    detail.visible_ms = visible.and_then(|time| u32::try_from(time.0).ok());
    let category = categorised(kind, shared, &mut detail);
    if kind == SignalType::PageView {
        detail.client = (shared.client)();
    }
    let (at, clamped) = corrected(Millis(body.at), shared.sent_at, shared.received_at);
    Ok(Valid {
        disagrees: body.category.as_deref().is_some_and(|sent| sent != category.as_str()),
        unknown_fields,
        is_cut,
        signal: NewSignal {
            id,
            session: shared.session,
            kind,
            at,
            received_at: shared.received_at,
            clamped,
            category,
            strength,
            seq: body.seq,
            view,
            detail: detail.into(),
        },
    })
}

fn identified(body: &SignalBody<'_>) -> Result<(SignalId, SignalType, Option<ViewId>), FieldError> {
    let id = SignalId::parse(&body.id).map_err(|error| at("/id", error.to_string()))?;
    let off = id.at() - Millis(body.at);
    if off > ID_TOLERANCE || off < Millis(-ID_TOLERANCE.0) {
        return Err(at("/id", "carries a time more than a minute off `at`"));
    }
    let kind = SignalType::parse(&body.kind).filter(|kind| kind.is_from_browser());
    let kind = kind.ok_or_else(|| at("/type", "is not a type that may be sent"))?;
    let view = body.view.as_deref().map(ViewId::parse).transpose();
    Ok((id, kind, view.map_err(|error| at("/view", error.to_string()))?))
}

/// The trust in an `identify`; a proof must be valid.
fn trust(body: &SignalBody<'_>, email: Option<&Email>, shared: &Shared<'_>) -> Result<Trust, FieldError> {
    match (body.proof.as_deref(), email) {
        (Some(token), Some(email)) => {
            let checked = proof::check(token, email, &(shared.identify_secret)(), shared.received_at);
            checked.map(|()| Trust::Verified).map_err(|reason| at("/proof", reason))
        }
        (Some(_), None) => Err(at("/proof", "proves an address, but `props.email` has none")),
        (None, _) => Ok(match shared.identify {
            IdentifyPolicy::Open => Trust::Claimed,
            IdentifyPolicy::Verified => Trust::Unverified,
        }),
    }
}

/// The stored texts and properties of a signal: each within its own limit, all of them within [`MAX_SIGNAL`].
fn detail(body: &SignalBody<'_>) -> Result<Detail, FieldError> {
    let mut room = Room::default();
    let mut detail = Detail {
        url: room.address("url", body.url.as_deref()),
        name: room.text("name", body.name.as_deref(), 200),
        text: room.text("text", body.text.as_deref(), 200),
        form: room.text("form", body.form.as_deref(), 200),
        title: room.text("title", body.title.as_deref(), 300),
        href: room.address("href", body.href.as_deref()),
        referrer: room.address("referrer", body.referrer.as_deref()),
        ..Detail::default()
    };
    let fields = body.fields.as_deref().unwrap_or_default();
    detail.fields = fields.iter().take(MAX_FIELDS).map(|name| room.text("fields", Some(name), 100)).collect();
    if fields.len() > MAX_FIELDS {
        room.cut("fields");
    }
    let (props, is_cut) = kept_props(body.props, room.left)?;
    if is_cut {
        room.cut("props");
    }
    Ok(Detail { props, cut: room.cut, ..detail })
}

/// The remaining space of a signal, and the fields that were cut.
struct Room {
    left: usize,
    cut: Vec<String>,
}

impl Default for Room {
    fn default() -> Room {
        Room { left: MAX_SIGNAL, cut: Vec::new() }
    }
}

impl Room {
    /// Returns a text of at most `max` characters that fits into the remaining space.
    fn text(&mut self, field: &str, text: Option<&str>, max: usize) -> String {
        let (text, is_cut) = cut(text, max, self.left);
        self.left -= text.len();
        if is_cut {
            self.cut(field);
        }
        text
    }

    /// Returns an address of at most [`MAX_ADDRESS`] characters that fits into the remaining space.
    fn address(&mut self, field: &str, text: Option<&str>) -> String {
        let (sent, is_longer) = cut(text, MAX_ADDRESS, usize::MAX);
        let kept = self.text(field, Some(&scrubbed(&sent)), MAX_ADDRESS);
        if is_longer {
            self.cut(field);
        }
        kept
    }

    fn cut(&mut self, field: &str) {
        if self.cut.last().is_none_or(|last| last != field) {
            self.cut.push(field.to_owned());
        }
    }
}

/// Step five: the category, computed here whatever the browser sent.
fn categorised(kind: SignalType, shared: &Shared<'_>, detail: &mut Detail) -> Category {
    let action = Action {
        kind,
        url: &detail.url,
        base: shared.base,
        href: &detail.href,
        referrer: &detail.referrer,
        name: &detail.name,
        label: &detail.text,
        form: &detail.form,
    };
    let found =
        if shared.overrides.is_empty() { remembered(&action) } else { categorise_with(shared.overrides, &action) };
    found.rule.as_str().clone_into(&mut detail.rule);
    found.matched().clone_into(&mut detail.matched);
    found.category
}
