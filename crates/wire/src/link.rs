//! `/api/v1/links`: Knock Links.

#[cfg(feature = "openapi")]
use crate::schema::MillisSchema;
use crate::{FunnelWord, Texts};
use knock_model::Millis;
use serde::{Deserialize, Deserializer, Serialize};

/// A Knock Link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkShown {
    /// The slug: the last part of its address.
    pub slug: String,
    /// Its address.
    #[serde(default)]
    pub url: String,
    /// The name for the team.
    pub name: String,
    /// `chat` or `meeting`.
    pub funnel: FunnelWord,
    /// The channel in which it is published.
    pub channel: String,
    /// The id of its routing rule; the default rule otherwise.
    #[serde(default)]
    pub rule: Option<String>,
    /// The language of its page (`en`, `de`, `fr`, `es`); that of the visitor's browser otherwise.
    #[serde(default)]
    pub language: Option<String>,
    /// The first message of a chat, the headline of a meeting; the standard text otherwise.
    #[serde(default)]
    pub greeting: Option<String>,
    /// Greetings in place of it, by the code of their language.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub greetings: Texts,
    /// The key of its site; the first site of the team's own otherwise.
    #[serde(default)]
    pub site: Option<String>,
    /// The campaign of visitors whose address has no UTM parameters.
    #[serde(default)]
    pub utm: LinkUtm,
    /// The duration of a meeting, in minutes; by its rule if absent.
    #[serde(default)]
    pub duration_min: Option<u32>,
    /// The questions before a meeting.
    #[serde(default)]
    pub questions: Vec<LinkQuestion>,
    /// The name of the member whose booking link it is: it offers their own calendar, and no rule applies to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// The instant of archiving, in ms since 1970; null while it is in use.
    #[serde(default)]
    pub archived_at: Option<Millis>,
    /// The number of clicks, by the signals that are stored.
    #[serde(default)]
    pub clicks: u64,
    /// The number of leads who wrote in a chat opened by it. Spam does not count.
    #[serde(default)]
    pub conversions: u64,
}

/// A campaign as UTM parameters; parameters that are not set are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkUtm {
    /// `utm_source`.
    #[serde(default)]
    pub source: String,
    /// `utm_medium`.
    #[serde(default)]
    pub medium: String,
    /// `utm_campaign`.
    #[serde(default)]
    pub campaign: String,
    /// `utm_term`.
    #[serde(default)]
    pub term: String,
    /// `utm_content`.
    #[serde(default)]
    pub content: String,
}

/// A question before a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkQuestion {
    /// Its id, unique within the link: 1 to 40 of `a` to `z`, `0` to `9`, `_` and `-`.
    pub id: String,
    /// The question.
    pub label: String,
    /// The kind of answer.
    pub kind: QuestionKind,
    /// The options of a `choice`, 2 to 20.
    #[serde(default)]
    pub options: Vec<String>,
    /// Whether an answer is required.
    #[serde(default)]
    pub required: bool,
    /// The name under which routing rules read the answer, as `custom.NAME`; empty for none.
    #[serde(default)]
    pub field: String,
}

/// The kind of answer to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// A line of text.
    Text,
    /// One of the options.
    Choice,
    /// A number.
    Number,
}

/// `GET /api/v1/links`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkList {
    /// The links, by slug.
    pub links: Vec<LinkShown>,
}

/// `PUT /api/v1/links/{slug}/rule`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkRule {
    /// The id of the rule; null restores the default rule.
    pub rule: Option<String>,
}

/// `POST /api/v1/links`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkDraft {
    /// The slug: 1 to 64 of `a` to `z`, `0` to `9` and `-`; derived from the name when absent. It never changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// The label for the team, 1 to 80 characters.
    pub name: String,
    /// `chat` or `meeting`. It never changes.
    pub funnel: FunnelWord,
    /// The channel in which it is published, such as `G2`, at most 60 characters.
    #[serde(default)]
    pub channel: String,
    /// The id of its routing rule; the default rule otherwise.
    #[serde(default)]
    pub rule: Option<String>,
    /// The language of its page (`en`, `de`, `fr`, `es`); that of the browser otherwise.
    #[serde(default)]
    pub language: Option<String>,
    /// The greeting, at most 1,000 characters; the standard text otherwise.
    #[serde(default)]
    pub greeting: Option<String>,
    /// Greetings in place of it, by the code of their language (`en`, `de`, `fr`, `es`), each as long at most.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub greetings: Texts,
    /// The key of its site; the first site of the team's own otherwise.
    #[serde(default)]
    pub site: Option<String>,
    /// The campaign of visitors whose address has no UTM parameters; at most 200 characters for each parameter.
    #[serde(default)]
    pub utm: LinkUtm,
    /// The duration of a meeting, 5 to 480 minutes; only for meetings.
    #[serde(default)]
    pub duration_min: Option<u32>,
    /// The questions, at most 10; only for meetings.
    #[serde(default)]
    pub questions: Vec<LinkQuestion>,
}

/// `PATCH /api/v1/links/{slug}`: the fields to change. Null removes an optional value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkChange {
    /// The new name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The new channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// The new routing rule; null for the default rule.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub rule: Option<Option<String>>,
    /// The new language; null for that of the browser.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub language: Option<Option<String>>,
    /// The new greeting; null for the standard text.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub greeting: Option<Option<String>>,
    /// The new greetings by language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub greetings: Option<Texts>,
    /// The new site; null for the first site of the team's own.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub site: Option<Option<String>>,
    /// The new campaign.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub utm: Option<LinkUtm>,
    /// The new duration of a meeting, in minutes; null for that of the routing rule.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u32>))]
    pub duration_min: Option<Option<u32>>,
    /// The new questions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub questions: Option<Vec<LinkQuestion>>,
    /// Whether it is archived: no longer in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived: Option<bool>,
}

/// Reads a field that is present, null or not.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// `POST /api/v1/links/{slug}/addresses`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkAddressAsk {
    /// The e-mail addresses of contacts, 1 to 1,000.
    pub emails: Vec<String>,
}

/// The addresses of a mail merge: one address of a Knock Link for each contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkAddressList {
    /// The addresses, in the order of the request.
    pub addresses: Vec<LinkAddress>,
    /// The instant from which the addresses no longer identify their contacts, in ms since 1970.
    pub expires_at: Millis,
}

/// An address of a link for one contact: opening it identifies the visitor as that contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkAddress {
    /// The e-mail address of the contact.
    pub email: String,
    /// The address of the link for this contact.
    pub url: String,
}
