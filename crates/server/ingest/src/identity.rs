//! Properties of `identify`, `engagement` and clicks.

use crate::refusal::at;
use knock_model::{Email, LinkKind, Millis, PersonName};
use knock_wire::FieldError;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;

#[derive(Default, Deserialize)]
struct IdentifyProps<'a> {
    #[serde(borrow, default)]
    email: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    name: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct EngagementProps {
    ms: f64,
}

#[derive(Deserialize)]
struct LinkProps<'a> {
    #[serde(borrow)]
    link: Cow<'a, str>,
}

/// Returns the kind of the clicked link; none for an unknown word.
pub(crate) fn link(props: Option<&RawValue>) -> Option<LinkKind> {
    let props: LinkProps<'_> = serde_json::from_str(props?.get()).ok()?;
    LinkKind::parse(&props.link)
}

/// Returns address and name of an `identify`; both may be missing, an invalid address is an error.
pub(crate) fn identity(props: Option<&RawValue>) -> Result<(Option<Email>, PersonName), FieldError> {
    let read = props.map(|props| serde_json::from_str::<IdentifyProps<'_>>(props.get())).transpose();
    let props = read.map_err(|error| at("/props", error.to_string()))?.unwrap_or_default();
    let email = props.email.filter(|email| !email.trim().is_empty());
    let email = email.map(|email| Email::parse(&email)).transpose();
    let email = email.map_err(|error| at("/props/email", error.to_string()))?;
    Ok((email, PersonName::parse(props.name.as_deref().unwrap_or_default())))
}

/// Returns the visible time of an `engagement`.
pub(crate) fn visible_time(props: Option<&RawValue>) -> Result<Millis, FieldError> {
    let props = props.ok_or_else(|| at("/props/ms", "is missing"))?;
    let props: EngagementProps =
        serde_json::from_str(props.get()).map_err(|error| at("/props/ms", error.to_string()))?;
    Ok(Millis(props.ms as i64))
}
