//! The form of a site's look, and the answers to it.

use crate::http::problem::Problem;
use crate::http::v1::refused_email::{mistyped, unread};
use knock_engine::custom_fields::coerced;
use knock_model::{Answer, ConversationId, CustomFieldType, Email, Label, PersonName, Phone};
use knock_ports::{StoreError, View};
use knock_routing::Value;
use knock_wire::{ChatFormDraft, CustomField, FieldError, FormField, FormTime, Look};

/// The form of a conversation.
pub(super) struct Form {
    fields: Vec<FormField>,
    custom: Vec<CustomField>,
    /// The line to agree to before an address is sent; empty for none.
    consent: String,
}

impl Form {
    /// The form of the site of a conversation, as shown in a language; none if there is no such conversation.
    pub(super) fn of_conversation(
        view: &dyn View,
        id: ConversationId,
        language: Option<&str>,
    ) -> Result<Option<Form>, StoreError> {
        let Some(conversation) = view.conversation(id)? else { return Ok(None) };
        let look = view.look(conversation.site)?;
        let consent = in_language(&look, language.unwrap_or(conversation.language.as_str()));
        let custom = view.custom_fields()?.fields;
        let mut fields = if look.form.when == FormTime::Never { Vec::new() } else { look.form.fields };
        // A custom field that was removed since is not asked.
        fields
            .retain(|field| custom_name(&field.field).is_none_or(|name| custom.iter().any(|known| known.name == name)));
        Ok(Some(Form { fields, custom, consent }))
    }

    /// The consent that an address needs; refused if it is not given.
    pub(super) fn agreed(&self, is_given: bool) -> Result<String, Problem> {
        if self.consent.is_empty() || is_given {
            return Ok(self.consent.clone());
        }
        Err(invalid("/consent", "is required with an address on this site"))
    }
}

/// The line of consent as it is shown to a visitor with a language: in that one, if the site offers it, else in the first
/// that it offers.
fn in_language(look: &Look, code: &str) -> String {
    let offered = look.languages.iter().find(|known| *known == code).or(look.languages.first());
    offered.and_then(|code| look.consent.get(code)).cloned().unwrap_or_default()
}

/// The name of the custom field that a field of a form is.
fn custom_name(field: &str) -> Option<&str> {
    field.strip_prefix("custom.")
}

/// Answers that are fit to be stored.
pub(super) struct Answers {
    /// By their fields, in the order of the form, without empty ones.
    pub(super) values: Vec<(String, String)>,
    pub(super) email: Option<Email>,
    /// The text that the visitor agreed to.
    pub(super) consent: String,
}

/// Checks the answers.
pub(super) fn checked(form: &Form, draft: &ChatFormDraft) -> Result<Answers, Problem> {
    if let Some(field) = draft.values.keys().find(|field| form.fields.iter().all(|known| known.field != **field)) {
        return Err(invalid(&at(field), "is no field of the form of this site"));
    }
    if form.fields.is_empty() {
        return Err(invalid("/values", "cannot be taken: this site asks no form"));
    }
    let mut answers = Answers { values: Vec::new(), email: None, consent: String::new() };
    for FormField { field, is_required } in &form.fields {
        let given = draft.values.get(field).map_or("", |given| given.trim());
        if given.is_empty() {
            if *is_required {
                return Err(invalid(&at(field), "has to be answered"));
            }
            continue;
        }
        let answer = if field == "email" {
            let email = address(given, &at(field), draft.email_is_right)?;
            answers.consent = form.agreed(draft.consent)?;
            answers.email.insert(email).to_text()
        } else {
            answer(form, field, given).map_err(|reason| invalid(&at(field), reason))?
        };
        answers.values.push((field.clone(), answer));
    }
    Ok(answers)
}

/// An address that a person reads, typed as it is meant.
pub(super) fn address(given: &str, pointer: &str, is_right: bool) -> Result<Email, Problem> {
    let email = Email::parse(given).map_err(|error| invalid(pointer, error.to_string()))?;
    if email.is_unread() {
        return Err(unread(pointer));
    }
    match email.meant().filter(|_| !is_right) {
        Some(meant) => Err(mistyped(pointer, &meant)),
        None => Ok(email),
    }
}

/// An answer without control characters, or the reason why it is none.
fn answer(form: &Form, field: &str, given: &str) -> Result<String, String> {
    let fits = |most: usize| match given.chars().count() <= most {
        true => Ok(()),
        false => Err(format!("is longer than {most} characters")),
    };
    let clean = match field {
        "name" => fits(PersonName::MAX).map(|()| PersonName::parse(given).into_text())?,
        "company" => fits(Label::MAX).map(|()| Label::parse(given).into_text())?,
        "phone" => Phone::parse(given).map(|phone| phone.to_string()).map_err(|error| error.to_string())?,
        custom => {
            fits(Answer::MAX)?;
            let known = form.custom.iter().find(|known| Some(&*known.name) == custom_name(custom));
            let kind = known.map_or(CustomFieldType::Text, |known| known.value_type);
            coerced(kind, &Value::text(given)).ok_or_else(|| wrong_type(kind).to_owned())?;
            Answer::parse(given).into_text()
        }
    };
    if clean.is_empty() { Err("has to be answered".to_owned()) } else { Ok(clean) }
}

const fn wrong_type(kind: CustomFieldType) -> &'static str {
    match kind {
        CustomFieldType::Text => "is no text",
        CustomFieldType::Number => "is no number",
        CustomFieldType::Boolean => "is neither yes nor no",
    }
}

/// The place of an answer in the body: names of fields have no `/`.
fn at(field: &str) -> String {
    format!("/values/{field}")
}

fn invalid(pointer: &str, reason: impl Into<String>) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.into(), reason: reason.into() })
}
