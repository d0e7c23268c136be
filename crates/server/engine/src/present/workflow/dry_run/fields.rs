//! The fields of a lead over time. Of a field whose former values are not stored, the value of now is taken.

use super::reader::Reader;
use crate::commands::dropoff;
use crate::custom_fields::known;
use crate::lead_fields::{Fields, routing_fields};
use knock_model::{Bucket, IntentType, Millis};
use knock_ports::{LeadCandidate, StoreError, VisitorAct};
use knock_routing::{LeadFields, Value};
use knock_status::{chat, meeting};
use knock_workflow::Consent;

/// The values of a field, each from its instant on, the oldest first.
pub(super) struct Course {
    pub(super) field: String,
    pub(super) values: Vec<(Millis, Option<Value>)>,
}

/// Before everything.
const BEGIN: Millis = Millis(i64::MIN);

/// The fields of a lead as they are now. Custom ones of the last decision may have been taken away since.
pub(super) fn at_first(reader: &Reader<'_>, candidate: &LeadCandidate) -> LeadFields {
    let mut fields = Fields::default();
    if reader.needs.asks_fields() {
        let now = routing_fields(candidate, &reader.links, reader.presenter.now);
        let kept = now.iter().filter(|(name, _)| !name.starts_with("custom."));
        kept.for_each(|(name, value)| fields.set(name, value.clone()));
    }
    fields.0
}

/// The fields whose former values are known, as far as the workflow asks for them. Chat Status says besides whether the
/// lead is rejected.
pub(super) fn courses(reader: &Reader<'_>, candidate: &LeadCandidate) -> Result<Vec<Course>, StoreError> {
    let Reader { presenter, needs, .. } = reader;
    let (view, now, lead) = (presenter.view, presenter.now, candidate.lead.id);
    let facts = view.chat_facts(lead)?;
    let statuses = chat::derive(&facts, now).timeline;
    let mut courses = vec![course("chat.status", statuses.iter().map(|entry| (entry.at, entry.status.as_str())))];
    if needs.asks("meeting.status") {
        let facts = view.meeting_facts(lead)?;
        let statuses = meeting::derive(&facts, now, dropoff(view)?).timeline;
        courses.push(course("meeting.status", statuses.iter().map(|entry| (entry.at, entry.status.as_str()))));
    }
    if needs.asks("intent.type") {
        let types = view.type_decisions(lead)?;
        let first = [(BEGIN, IntentType::Unknown.as_str())];
        let decided = types.iter().map(|decided| (decided.at, decided.kind.as_str()));
        courses.push(course("intent.type", first.into_iter().chain(decided)));
    }
    if needs.asks("intent.score") {
        let buckets = view.past_buckets(lead)?;
        let first = [(BEGIN, Bucket::Low.as_str())];
        let scored = buckets.iter().map(|(at, bucket)| (*at, bucket.as_str()));
        courses.push(course("intent.score", first.into_iter().chain(scored)));
    }
    if needs.asks("tags") {
        courses.push(tags(reader, candidate)?);
    }
    if needs.asks("consent") {
        courses.push(consents(reader, candidate)?);
    }
    if needs.asks_any("custom.") {
        let values = known(view, lead)?.into_iter().map(|(field, stored, value)| Course {
            field: format!("custom.{}", field.name),
            values: vec![(stored.at, Some(value))],
        });
        courses.extend(values);
    }
    Ok(courses)
}

fn course<'w>(field: &str, values: impl Iterator<Item = (Millis, &'w str)>) -> Course {
    let values = values.map(|(at, word)| (at, Some(Value::text(word)))).collect();
    Course { field: field.to_owned(), values }
}

/// The tags of a lead as they were set; when one was taken off is not stored.
fn tags(reader: &Reader<'_>, candidate: &LeadCandidate) -> Result<Course, StoreError> {
    let all = reader.presenter.view.tags()?;
    let mut names = Vec::new();
    let mut values = Vec::new();
    for set in reader.presenter.view.tags_of(candidate.lead.id)? {
        names.extend(all.iter().filter(|tag| tag.id == set.tag).map(|tag| Value::text(&tag.name)));
        values.push((set.at, Some(Value::List(names.clone()))));
    }
    Ok(Course { field: "tags".to_owned(), values })
}

/// When the lead agreed to the line of consent of a form.
fn consents(reader: &Reader<'_>, candidate: &LeadCandidate) -> Result<Course, StoreError> {
    let view = reader.presenter.view;
    let mut values = Vec::new();
    for conversation in view.conversations_of_lead(candidate.lead.id)? {
        for fact in view.visitor_facts(conversation.id)? {
            if matches!(fact.what, VisitorAct::Form { consent, .. } if !consent.is_empty()) {
                values.push((fact.at, Some(Value::text(Consent::Granted.as_str()))));
            }
        }
    }
    values.sort_by_key(|(at, _)| *at);
    Ok(Course { field: "consent".to_owned(), values })
}
