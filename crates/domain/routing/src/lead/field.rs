//! The field catalogue (RO-10..RO-19).

use super::crm::former_owner_field;
use alloc::string::String;
use core::fmt;
use knock_model::CrmSystem;

/// The type of a field's values, which determines its operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text, compared without regard to case and outer spaces.
    Text,
    Number,
    Bool,
    /// A list of texts.
    List,
    /// A field of the customer's own or of their CRM: whatever its value is.
    Any,
}

impl Kind {
    /// The name of the kind in errors.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Number => "number",
            Kind::Bool => "bool",
            Kind::List => "list",
            Kind::Any => "own",
        }
    }
}

/// Every field with a fixed name. `crm.SYSTEM.fields.NAME` and `custom.NAME` come on top.
pub(crate) const CATALOGUE: [(&str, Kind); OF_RULES + 4] = [
    ("link.id", Kind::Text),
    ("link.channel", Kind::Text),
    ("link.funnel", Kind::Text),
    ("session.country", Kind::Text),
    ("session.city", Kind::Text),
    ("session.device", Kind::Text),
    ("session.os", Kind::Text),
    ("session.browser", Kind::Text),
    ("session.language", Kind::Text),
    ("session.landing_page", Kind::Text),
    ("session.page_count", Kind::Number),
    ("session.seconds_on_site", Kind::Number),
    ("session.is_returning", Kind::Bool),
    ("attribution.channel", Kind::Text),
    ("attribution.source", Kind::Text),
    ("attribution.utm_source", Kind::Text),
    ("attribution.utm_medium", Kind::Text),
    ("attribution.utm_campaign", Kind::Text),
    ("attribution.utm_term", Kind::Text),
    ("attribution.utm_content", Kind::Text),
    ("attribution.referrer_domain", Kind::Text),
    ("company.domain", Kind::Text),
    ("company.name", Kind::Text),
    ("company.employees", Kind::Number),
    ("company.industry", Kind::Text),
    ("company.country", Kind::Text),
    ("company.revenue", Kind::Number),
    ("company.technologies", Kind::List),
    ("email", Kind::Text),
    ("email.is_fake", Kind::Bool),
    ("email.is_free", Kind::Bool),
    ("email.is_disposable", Kind::Bool),
    ("person.title", Kind::Text),
    ("person.seniority", Kind::Text),
    ("intent.type", Kind::Text),
    ("intent.score", Kind::Text),
    ("signals.funnel_stage", Kind::Text),
    ("signals.engagement_score", Kind::Number),
    ("signals.categories", Kind::List),
    ("crm.salesforce.exists", Kind::Bool),
    ("crm.salesforce.owner", Kind::Text),
    ("crm.salesforce.lifecycle", Kind::Text),
    ("crm.hubspot.exists", Kind::Bool),
    ("crm.hubspot.owner", Kind::Text),
    ("crm.hubspot.lifecycle", Kind::Text),
    ("crm.marketo.exists", Kind::Bool),
    ("crm.marketo.owner", Kind::Text),
    ("crm.marketo.lifecycle", Kind::Text),
    ("chat.status", Kind::Text),
    ("meeting.status", Kind::Text),
    ("tags", Kind::List),
    ("consent", Kind::Text),
];

/// The number of fields at the start of the catalogue that rules can ask for. The others follow from the decisions of
/// rules, or come after them: only workflows ask for them.
const OF_RULES: usize = 48;

/// A field by its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// One of the catalogue, by its place.
    Known(usize),
    /// One of the customer's own or of their CRM, by its name; also the former owner in a CRM, which no rule asks.
    Own(String),
}

/// No field has this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownField(pub String);

impl fmt::Display for UnknownField {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "`{}` is not a field; expected one such as `company.employees`, ", self.0)?;
        to.write_str("`crm.hubspot.fields.NAME` or `custom.NAME`")
    }
}

impl core::error::Error for UnknownField {}

impl Field {
    /// The field with this name.
    ///
    /// # Errors
    /// When there is none.
    pub fn parse(name: &str) -> Result<Field, UnknownField> {
        if let Some(place) = CATALOGUE.iter().position(|(known, _)| *known == name) {
            return Ok(Field::Known(place));
        }
        let of_crm = |rest: &str| {
            let (system, name) = rest.split_once(".fields.")?;
            CrmSystem::parse(system).filter(|_| !name.is_empty())
        };
        let is_former_owner = CrmSystem::ALL.iter().any(|system| former_owner_field(*system) == name);
        let is_custom = name.strip_prefix("custom.").is_some_and(|name| !name.is_empty());
        if is_custom || is_former_owner || name.strip_prefix("crm.").and_then(of_crm).is_some() {
            return Ok(Field::Own(name.into()));
        }
        Err(UnknownField(name.into()))
    }

    /// A field of the catalogue by a name in this crate's own source.
    pub(crate) fn known(name: &'static str) -> Field {
        Field::parse(name).unwrap_or_else(|_| Field::Own(name.into()))
    }

    /// The names of all fields that rules ask for, but those of the customer's own and of their CRM.
    pub fn names() -> impl Iterator<Item = &'static str> {
        CATALOGUE.iter().take(OF_RULES).map(|(name, _)| *name)
    }

    /// Whether rules can ask for it; workflows can ask for every field.
    pub const fn is_of_rules(&self) -> bool {
        match self {
            Field::Known(place) => *place < OF_RULES,
            Field::Own(_) => true,
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Field::Known(place) => CATALOGUE.get(*place).map_or("", |(name, _)| name),
            Field::Own(name) => name,
        }
    }

    /// All values that it can have, where they are few and known; empty where any is possible.
    pub fn options(&self) -> &'static [&'static str] {
        match self.name() {
            "intent.type" => &["Buying", "Partnership", "Support", "Job seeker", "Unknown"],
            "intent.score" => &["Low", "Medium", "High"],
            "link.funnel" => &["chat", "meeting"],
            "signals.funnel_stage" => &["First Seen", "Existing", "Opportunity", "Customer"],
            _ => &[],
        }
    }

    /// The type of its values.
    pub fn kind(&self) -> Kind {
        match self {
            Field::Known(place) => CATALOGUE.get(*place).map_or(Kind::Any, |(_, kind)| *kind),
            Field::Own(_) => Kind::Any,
        }
    }
}
