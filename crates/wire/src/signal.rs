//! `POST /v1/signals`: what a browser or a server sends, and the answer.

#[cfg(feature = "openapi")]
use crate::schema::PropsSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// A signal as it lies in its batch.
type RawSignal = RawValue;

/// Names with their values, as they lie in a signal.
type Props = RawValue;

/// A batch as it arrives: its signals are read one by one, so that a bad one spoils no other.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Batch))]
pub struct BatchEnvelope<'a> {
    /// Version of this shape: 1.
    pub v: u32,
    /// The key of the site, from the snippet.
    #[serde(borrow)]
    pub site: Cow<'a, str>,
    /// Id of the browser (UUIDv7).
    #[serde(borrow)]
    pub visitor: Cow<'a, str>,
    /// Id of the session (UUIDv7).
    #[serde(borrow)]
    pub session: Cow<'a, str>,
    /// The sender's clock when it sent, in ms since 1970.
    #[serde(default)]
    pub sent_at: Option<i64>,
    /// The path under which the site lives, as the snippet's `data-base` says.
    #[serde(borrow, default)]
    pub base: Option<Cow<'a, str>>,
    /// The provisional intent type as the browser computed it.
    #[serde(borrow, default)]
    pub intent_type: Option<Cow<'a, str>>,
    /// The number of the tracker's own errors on this page so far.
    #[serde(default)]
    pub errors: Option<u32>,
    /// The number of signals that this page gave up so far.
    #[serde(default)]
    pub lost: Option<u32>,
    /// The sign of an automated browser, such as `webdriver`; absent for a person.
    #[serde(borrow, default)]
    pub automation: Option<Cow<'a, str>>,
    /// Whether the snippet ignores Global Privacy Control and Do Not Track (`data-ignore-dnt`). Otherwise nothing is stored
    /// of a request with `Sec-GPC: 1` or `DNT: 1`.
    #[serde(default)]
    pub ignore_dnt: Option<bool>,
    /// The signals, at most 500.
    #[serde(borrow)]
    #[cfg_attr(feature = "openapi", schema(max_items = 500))]
    pub signals: Vec<&'a RawSignal>,
}

/// One signal of a batch.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Signal))]
pub struct SignalBody<'a> {
    /// Id (UUIDv7 of the instant `at`), the same on every attempt.
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    /// The instant by the browser's clock, in ms since 1970.
    pub at: i64,
    /// One of `page_view`, `click`, `cta`, `form_start`, `form_submit`, `form_abandon`, `link_open`, `track`,
    /// `identify`, `engagement`.
    #[serde(borrow, rename = "type")]
    pub kind: Cow<'a, str>,
    /// Address of the page.
    #[serde(borrow, default)]
    pub url: Option<Cow<'a, str>>,
    /// Number of the signal in its session, from 1.
    #[serde(default)]
    pub seq: Option<u64>,
    /// Title of the page.
    #[serde(borrow, default)]
    pub title: Option<Cow<'a, str>>,
    /// The referrer of the page.
    #[serde(borrow, default)]
    pub referrer: Option<Cow<'a, str>>,
    /// Visible label of what was clicked.
    #[serde(borrow, default)]
    pub text: Option<Cow<'a, str>>,
    /// The target of a clicked link.
    #[serde(borrow, default)]
    pub href: Option<Cow<'a, str>>,
    /// Name of the call to action or of the custom event.
    #[serde(borrow, default)]
    pub name: Option<Cow<'a, str>>,
    /// Name of the form.
    #[serde(borrow, default)]
    pub form: Option<Cow<'a, str>>,
    /// Names of the form's fields; never their values.
    #[serde(borrow, default)]
    pub fields: Option<Vec<Cow<'a, str>>>,
    /// Properties: of a custom event, or `email`, `name` of `identify`, or `ms` of `engagement`, or `link` of `click`
    /// and `cta` (`outbound`, `download`, `mail`, `phone`; any other word says nothing).
    #[serde(borrow, default)]
    pub props: Option<&'a Props>,
    /// The proof of an `identify`: the HMAC-SHA256 of its address (trimmed, in lower case) with the site's identify
    /// secret, in lower-case hex; or a JWT signed with it (HS256) with the claims `email` and `exp`.
    #[serde(borrow, default)]
    pub proof: Option<Cow<'a, str>>,
    /// The category as the browser computed it.
    #[serde(borrow, default)]
    pub category: Option<Cow<'a, str>>,
    /// Id of the page view it happened on (UUIDv7).
    #[serde(borrow, default)]
    pub view: Option<Cow<'a, str>>,
}

/// The outcome of each signal of a batch, once it is durable.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignalsReply {
    /// Stored now.
    pub accepted: u32,
    /// Stored before under the same id.
    pub duplicate: u32,
    /// Left out on purpose, such as a crawler's.
    pub filtered: u32,
    /// Left out because too many came at once; send them again later.
    pub rate_limited: u32,
    /// Of the accepted and duplicate ones, those whose texts or properties were longer than what is kept of them.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub cut: u32,
    /// Not usable; sending them again is of no use.
    pub rejected: Vec<Rejected>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// A signal that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rejected {
    /// Its place in the batch, from 0.
    pub index: u32,
    /// The field and what is wrong with it.
    pub reason: String,
    /// JSON pointer to the field in the batch.
    pub pointer: String,
}
