//! Inputs of the rule editor: fields with their operators and values, members, agents, turns.

use crate::availability::reps;
use crate::custom_fields::operators;
use crate::lead_fields::{connected_crms, has_source};
use crate::present::Presenter;
use knock_crm::PropertyType;
use knock_model::{CustomFieldType, Millis};
use knock_ports::{CrmSync, Decided, RuleProperty, StoreError};
use knock_routing::{AgentChoice, AgentKind, CrmSystem, Field, Funnel, Kind, Operator, Value};
use knock_wire::{ContactFields, FieldInput, FieldOption, RuleInputs, RuleRep, RuleTurn};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The limits of the decisions read for values: their number and their age.
const MOST: u32 = 5_000;
const BACK: Millis = Millis::days(30);
/// The maximum of values of a field.
const MOST_VALUES: usize = 20;

/// The number of occurrences of each text, by field.
type Seen<'d> = HashMap<&'d str, BTreeMap<&'d str, u32>>;

impl Presenter<'_> {
    /// Returns all inputs of the rule editor; `has_locations` is whether the server knows the locations of addresses.
    ///
    /// # Errors
    /// When the database fails.
    pub fn rule_inputs(&self, funnel: Funnel, has_locations: bool) -> Result<RuleInputs, StoreError> {
        let decided = self.view.newest_decisions(funnel, self.now - BACK, MOST)?;
        let seen = seen(&decided);
        let crms = connected_crms(self.view)?;
        let fields = Field::names().map(|name| FieldInput {
            has_source: has_source(name, has_locations, &crms),
            ..field(name, Field::parse(name).map_or(Kind::Any, |field| field.kind()), &seen)
        });
        Ok(RuleInputs {
            fields: fields.chain(self.custom_inputs(&seen)?).chain(self.crm_inputs(&seen, &crms)?).collect(),
            reps: self.rule_reps()?,
            agents: agents(),
            crm: crms.first().map(|crm| crm.as_str().to_owned()),
            has_slack: self.view.slack_identity()?.is_some(),
            turns: self.rule_turns()?,
        })
    }

    /// Returns the fields of connected CRMs whose sync is on, for conditions about contacts.
    ///
    /// # Errors
    /// When the database fails.
    pub fn contact_fields(&self) -> Result<ContactFields, StoreError> {
        let (seen, crms) = (Seen::new(), connected_crms(self.view)?);
        let is_of_crm = |name: &&str| crms.iter().any(|crm| name.starts_with(&format!("crm.{}.", crm.as_str())));
        let known = Field::names().filter(is_of_crm).map(|name| FieldInput {
            has_source: true,
            ..field(name, Field::parse(name).map_or(Kind::Any, |field| field.kind()), &seen)
        });
        let properties = self.crm_inputs(&seen, &crms)?.into_iter().filter(|input| input.has_source);
        Ok(ContactFields { fields: known.chain(properties).collect() })
    }

    /// Returns the custom fields as defined, then the fields of links' questions under other names.
    fn custom_inputs(&self, seen: &Seen<'_>) -> Result<Vec<FieldInput>, StoreError> {
        let defined = self.view.custom_fields()?.fields;
        let asked = self.view.links()?.into_iter().flat_map(|link| link.questions).map(|question| question.field);
        let is_defined = |name: &String| defined.iter().any(|field| field.name == *name);
        let others: BTreeSet<String> = asked.filter(|name| !name.is_empty() && !is_defined(name)).collect();
        let input = |name: &str, label: Option<&str>, kind: CustomFieldType| FieldInput {
            label: label.map(str::to_owned),
            value_type: kind.as_str().to_owned(),
            operators: operators(kind).map(|operator| operator.as_str().to_owned()).collect(),
            has_source: true,
            ..field(&format!("custom.{name}"), Kind::Any, seen)
        };
        let own = defined.iter().map(|field| input(&field.name, Some(&field.label), field.value_type));
        Ok(own.chain(others.iter().map(|name| input(name, None, CustomFieldType::Text))).collect())
    }

    /// Returns the properties that rules can use of each connected CRM, in the order of its settings.
    fn crm_inputs(&self, seen: &Seen<'_>, sources: &[CrmSystem]) -> Result<Vec<FieldInput>, StoreError> {
        let connected = self.view.crm_syncs()?.into_iter().filter(|(_, sync)| sync.connection.is_some());
        let of_crm = |(system, sync): (CrmSystem, CrmSync)| {
            let inputs = sync.read_fields.iter().map(|name| {
                let input = of_property(system, (name, sync.rule_property(name)), seen);
                FieldInput { has_source: sources.contains(&system), ..input }
            });
            inputs.collect::<Vec<_>>()
        };
        Ok(connected.flat_map(of_crm).collect())
    }

    fn rule_reps(&self) -> Result<Vec<RuleRep>, StoreError> {
        let members = self.view.members()?;
        let holidays = self.view.meeting_settings()?.holidays;
        let seen = reps(&members, &self.view.workloads(self.now)?, holidays.as_deref(), self.now);
        let row = |(member, rep): (&knock_ports::Member, knock_routing::Rep)| RuleRep {
            id: rep.id,
            name: member.display_name(),
            email: member.email.clone(),
            state: rep.state.into(),
            is_full: rep.at_capacity,
            has_calendar: rep.has_calendar,
        };
        Ok(members.iter().zip(seen).map(row).collect())
    }

    fn rule_turns(&self) -> Result<Vec<RuleTurn>, StoreError> {
        let turns = self.view.turns()?;
        let turn = |(rule, segment, rep, number): (&str, &str, &str, u64)| RuleTurn {
            rule: rule.to_owned(),
            segment: segment.to_owned(),
            rep: rep.to_owned(),
            number,
        };
        Ok(turns.iter().map(turn).collect())
    }
}

fn agents() -> Vec<String> {
    let kinds = AgentKind::ALL.iter().map(|kind| AgentChoice::Kind(*kind));
    [AgentChoice::Auto].into_iter().chain(kinds).map(|choice| choice.as_str().to_owned()).collect()
}

/// Returns a property of a CRM without a source; one of which the CRM said nothing is a text.
fn of_property(system: CrmSystem, (name, known): (&str, Option<&RuleProperty>), seen: &Seen<'_>) -> FieldInput {
    let (value_type, asked): (_, Vec<Operator>) = match known.map(|known| known.value_type) {
        Some(PropertyType::Number) => ("number", operators(CustomFieldType::Number).collect()),
        Some(PropertyType::Flag) => ("boolean", operators(CustomFieldType::Boolean).collect()),
        Some(PropertyType::Choices) => {
            ("list", Operator::ALL.iter().copied().filter(|operator| operator.asks(Kind::List)).collect())
        }
        _ => ("text", operators(CustomFieldType::Text).collect()),
    };
    let options = known.iter().flat_map(|known| &known.options);
    FieldInput {
        label: known.map(|known| format!("{}: {}", system.label(), known.label)),
        value_type: value_type.to_owned(),
        operators: asked.iter().map(|operator| operator.as_str().to_owned()).collect(),
        options: options.map(|(value, label)| FieldOption { value: value.clone(), label: label.clone() }).collect(),
        ..field(&format!("crm.{}.fields.{name}", system.as_str()), Kind::Any, seen)
    }
}

/// Returns a field without a source, by the kind of its values.
fn field(name: &str, kind: Kind, seen: &Seen<'_>) -> FieldInput {
    let operators = Operator::ALL.iter().filter(|operator| operator.asks(kind));
    FieldInput {
        field: name.to_owned(),
        label: None,
        value_type: value_type(kind).to_owned(),
        operators: operators.map(|operator| operator.as_str().to_owned()).collect(),
        values: seen.get(name).map(most_frequent).unwrap_or_default(),
        options: Vec::new(),
        has_source: false,
    }
}

const fn value_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Bool => "boolean",
        Kind::Text | Kind::Number | Kind::List => kind.as_str(),
        Kind::Any => "text",
    }
}

/// Counts texts, for suggestions; numbers and booleans are not suggested.
fn seen(decided: &[Decided]) -> Seen<'_> {
    let mut seen = Seen::new();
    for (name, value) in decided.iter().flat_map(|decided| decided.fields.iter()) {
        let texts = match value {
            Value::List(values) => values.as_slice(),
            value => std::slice::from_ref(value),
        };
        for text in texts.iter().filter_map(Value::as_text) {
            *seen.entry(name).or_default().entry(text).or_default() += 1;
        }
    }
    seen
}

fn most_frequent(counts: &BTreeMap<&str, u32>) -> Vec<String> {
    let mut texts: Vec<_> = counts.iter().collect();
    // Ties keep the order of the map.
    texts.sort_by_key(|(_, count)| Reverse(**count));
    texts.into_iter().take(MOST_VALUES).map(|(text, _)| (*text).to_owned()).collect()
}
