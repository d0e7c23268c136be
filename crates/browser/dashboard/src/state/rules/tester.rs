//! The tester: a typed or past lead, and the decision of the draft.

use futures_util::FutureExt;
use knock_model::Millis;
use knock_routing::{Field, Funnel, Kind, LeadFields, Link, Value};
use knock_wire::{TesterLead, TesterLeads};
use leptos::prelude::*;

use super::form::RuleForm;
use crate::api::Failure;
use crate::kit::debounce::Debounce;
use crate::kit::letters;
use crate::kit::single::Single;
use crate::words::rules::comparison::value_text;
use crate::words::rules::draft_decision::{TestResult, decide_by_draft};
use crate::words::rules::next_id;

/// The debounce of the search while typing.
const SETTLE_MS: u64 = 300;

/// A field of the lead.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TriedField {
    /// Its key.
    pub(crate) id: usize,
    /// Its name.
    pub(crate) field: String,
    /// Its value, as typed.
    pub(crate) text: String,
    /// The value of a past lead, until its text is edited.
    known: Option<Value>,
}

/// The lead of the tester.
#[derive(Clone, Copy)]
pub(crate) struct Tester {
    /// The form with the draft.
    pub(crate) form: RuleForm,
    /// The search among past leads.
    pub(crate) search: RwSignal<String>,
    /// Past leads.
    pub(crate) leads: Single<TesterLeads>,
    /// The chosen past lead, by its position; none while values are typed.
    pub(crate) chosen: RwSignal<Option<usize>>,
    /// The fields of the lead.
    pub(crate) fields: RwSignal<Vec<TriedField>>,
}

impl Tester {
    /// Starts with a lead without known fields.
    pub(crate) fn start(form: RuleForm) -> Tester {
        let search = RwSignal::new(String::new());
        let leads = Single::new(move || {
            let (client, text) = (form.session.client(), search.get_untracked());
            let funnel = form.draft.with_untracked(|draft| draft.funnel);
            async move { client.tester_leads(funnel, text.trim()).await }.boxed_local()
        });
        let tester = Tester { form, search, leads, chosen: RwSignal::new(None), fields: RwSignal::new(Vec::new()) };
        let again = Debounce::new(SETTLE_MS, move || leads.load());
        Effect::new(move |before: Option<()>| {
            search.track();
            if before.is_some() {
                again.ask();
            }
        });
        leads.load();
        tester
    }

    /// Chooses the past lead at a place, or none.
    pub(crate) fn choose(self, place: Option<usize>) {
        let lead = self.leads.value.with_untracked(|leads| leads.as_ref()?.leads.get(place?).cloned());
        let of_lead = |(field, value): (&str, &Value)| TriedField {
            id: next_id(),
            field: field.to_owned(),
            text: value_text(value),
            known: Some(value.clone()),
        };
        if let Some(lead) = &lead {
            self.fields.set(lead.fields.iter().map(of_lead).collect());
        }
        self.chosen.set(place.filter(|_| lead.is_some()));
    }

    /// Adds an empty field; returns its key.
    pub(crate) fn add(self) -> usize {
        let id = next_id();
        let unused = self.fields.with_untracked(|fields| {
            let is_used = |name: &&str| fields.iter().any(|field| field.field == *name);
            Field::names().filter(|name| name.starts_with("intent.")).chain(Field::names()).find(|name| !is_used(name))
        });
        let field = unused.unwrap_or("intent.type").to_owned();
        self.fields.update(|fields| fields.push(TriedField { id, field, text: String::new(), known: None }));
        id
    }

    pub(crate) fn change(self, id: usize, change: impl FnOnce(&mut TriedField)) {
        self.fields.update(|fields| {
            if let Some(field) = fields.iter_mut().find(|field| field.id == id) {
                change(field);
                field.known = None;
            }
        });
    }

    pub(crate) fn remove(self, id: usize) {
        self.fields.update(|fields| fields.retain(|field| field.id != id));
    }

    pub(crate) fn lead(self) -> LeadFields {
        let mut lead = LeadFields::default();
        self.fields.with(|fields| {
            for tried in fields {
                if let Ok(field) = Field::parse(&tried.field) {
                    let value = tried.known.clone().unwrap_or_else(|| typed(&tried.text, field.kind()));
                    lead.set(&field, value);
                }
            }
        });
        lead
    }

    /// The chosen past lead.
    pub(crate) fn lead_chosen(self) -> Option<TesterLead> {
        let place = self.chosen.get()?;
        self.leads.value.with(|leads| leads.as_ref()?.leads.get(place).cloned())
    }

    /// The decision of the rule in the form: for a past lead as of its instant, else now.
    pub(crate) fn result(self, now: Millis) -> Option<TestResult> {
        let rule = self.form.rule.get().ok()?;
        let past = self.lead_chosen();
        let link = past.as_ref().and_then(|lead| self.link(&lead.link, rule.funnel()));
        let at = past.map_or(now, |lead| lead.at);
        self.form.inputs.with(|inputs| decide_by_draft(&rule, &self.lead(), link.as_ref(), inputs, at))
    }

    /// The link of a past lead; its own rule does not matter here.
    fn link(self, slug: &str, funnel: Funnel) -> Option<Link> {
        let channel = self.form.links.with(|links| {
            links.iter().find(|link| link.slug == slug).map(|link| link.channel.clone()).unwrap_or_default()
        });
        (!slug.is_empty()).then(|| Link { id: slug.to_owned(), funnel, channel, rule: None, calendar: None })
    }

    /// The reason for which past leads cannot be shown.
    pub(crate) fn failure(self) -> Option<Failure> {
        match self.leads.phase.get() {
            crate::kit::paged::Phase::Failed(failure) => Some(failure),
            crate::kit::paged::Phase::Loading | crate::kit::paged::Phase::Ready => None,
        }
    }
}

/// A typed value; one that does not fit its field counts as missing.
fn typed(text: &str, kind: Kind) -> Value {
    let text = text.trim();
    let number = || letters::number(text).map(Value::Number);
    let bool = || text.parse().ok().map(Value::Bool);
    match kind {
        Kind::Text => Value::text(text),
        Kind::Number => number().unwrap_or(Value::Other),
        Kind::Bool => bool().unwrap_or(Value::Other),
        Kind::List => {
            Value::List(text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(Value::text).collect())
        }
        Kind::Any => number().or_else(bool).unwrap_or_else(|| Value::text(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn typed_values_are_of_the_type_of_their_field() {
        assert_eq!(typed(" 12 ", Kind::Number), Value::Number(12.0));
        assert_eq!(typed("many", Kind::Number), Value::Other);
        assert_eq!(typed("12", Kind::Text), Value::text("12"));
        assert_eq!(typed("Pricing, Demo,", Kind::List), Value::List(vec![Value::text("Pricing"), Value::text("Demo")]));
        assert_eq!(typed("true", Kind::Any), Value::Bool(true));
        assert_eq!(typed("pro", Kind::Any), Value::text("pro"));
    }
}
