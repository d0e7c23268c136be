//! Details of contacts: the values that count, and what leads say of themselves.

use crate::changes::Changes;
use crate::notice::Notice;
use knock_model::{ContactField, DetailSource, Label, LeadId, Millis, PersonName, Phone, SignalId};
use knock_ports::{ContactDetail, EVER, Lead, Ledger, Meeting, StoreError, View};
use knock_routing::Value;
use std::collections::BTreeMap;

/// Names of fields that ask for a telephone number, in the languages of the widget.
const PHONE_NAMES: [&str; 7] = ["phone", "tel", "mobile", "mobil", "handy", "movil", "portable"];
/// Names of fields that ask for a company.
const COMPANY_NAMES: [&str; 6] = ["company", "company_name", "firma", "entreprise", "societe", "empresa"];

/// Sets name, telephone number and company of a lead to those known by an instant: what the team set, else what the
/// lead said.
pub(crate) fn describe(view: &dyn View, lead: &mut Lead, by: Millis) -> Result<(), StoreError> {
    let details = view.contact_details(lead.id)?;
    let value = |field| ContactDetail::current(&details, field, by).map(|detail| detail.value.as_str());
    lead.name = match value(ContactField::Name) {
        Some(name) => PersonName::parse(name),
        None => view.name_of(lead.id, by)?,
    };
    lead.phone = value(ContactField::Phone).and_then(|phone| Phone::parse(phone).ok());
    lead.company = value(ContactField::Company).map(Label::parse).unwrap_or_default();
    Ok(())
}

/// What a lead says of themselves, by the field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said(BTreeMap<ContactField, String>);

impl Said {
    /// In the properties of an `identify`: `phone` and `company`.
    pub(crate) fn in_identify(props: &BTreeMap<String, Value>) -> Said {
        let mut said = Said::default();
        said.phone(&props.get("phone").map(text).unwrap_or_default());
        said.company(&props.get("company").map(text).unwrap_or_default());
        said
    }

    /// In the answers of a booking, by the names of the fields that they fill.
    pub(crate) fn in_booking<'a>(answers: impl Iterator<Item = (&'a str, &'a str)>) -> Said {
        let mut said = Said::default();
        for (name, answer) in answers {
            let name = name.to_lowercase();
            if PHONE_NAMES.iter().any(|known| name.split(['_', '-']).any(|word| word.starts_with(known))) {
                said.phone(answer);
            } else if COMPANY_NAMES.contains(&&*name) {
                said.company(answer);
            }
        }
        said
    }

    /// A telephone number and a name in a message.
    pub(crate) fn in_message(phone: Option<&Phone>, name: Option<&str>) -> Said {
        let phone = phone.map(|phone| (ContactField::Phone, phone.to_string()));
        let name = name.map(|name| PersonName::parse(name).into_text()).filter(|name| !name.is_empty());
        Said(phone.into_iter().chain(name.map(|name| (ContactField::Name, name))).collect())
    }

    /// In the form of a chat, by the names of its fields.
    pub(crate) fn in_form(values: &[(String, String)]) -> Said {
        let mut said = Said::default();
        for (field, value) in values {
            match &**field {
                "name" => said.name(value),
                "phone" => said.phone(value),
                "company" => said.company(value),
                _ => {}
            }
        }
        said
    }

    fn name(&mut self, text: &str) {
        let name = PersonName::parse(text);
        if !name.is_empty() {
            self.0.insert(ContactField::Name, name.into_text());
        }
    }

    fn phone(&mut self, text: &str) {
        if let Ok(phone) = Phone::parse(text) {
            self.0.insert(ContactField::Phone, phone.to_string());
        }
    }

    fn company(&mut self, text: &str) {
        let company = Label::parse(text);
        if !company.is_empty() {
            self.0.insert(ContactField::Company, company.into_text());
        }
    }

    /// Stores it as facts of a lead; whether anything is new.
    pub(crate) fn keep(
        self,
        ledger: &mut dyn Ledger,
        (id, lead, at): (SignalId, LeadId, Millis),
        source: DetailSource,
    ) -> Result<bool, StoreError> {
        if self.0.is_empty() {
            return Ok(false);
        }
        let known = ledger.contact_details(lead)?;
        let mut is_new = false;
        for (field, value) in self.0 {
            // One that arrives late says nothing new.
            let is_later = |known: &ContactDetail| {
                known.field == field && known.source == source && (known.at, known.id) >= (at, id)
            };
            if !known.iter().any(is_later) {
                let detail = ContactDetail { id, lead, field, value, source, member: None, at };
                ledger.append_contact_detail(&detail)?;
                is_new = true;
            }
        }
        Ok(is_new)
    }

    /// The same, and brings the record of the lead up to date.
    pub(crate) fn learn(
        self,
        ledger: &mut dyn Ledger,
        of: (SignalId, LeadId, Millis),
        source: DetailSource,
        changes: &mut Changes,
    ) -> Result<(), StoreError> {
        let lead = of.1;
        if self.keep(ledger, of, source)?
            && let Some(mut record) = ledger.lead(lead)?
        {
            describe(ledger, &mut record, EVER)?;
            ledger.save_lead(&record)?;
            changes.push(Notice::Lead(lead));
        }
        Ok(())
    }
}

/// A text or a number as a text; empty for any other value.
fn text(value: &Value) -> String {
    match value {
        Value::Text(_) => value.as_text().unwrap_or_default().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// The company of a lead as the team knows it: by the team or the lead, else by an enrichment provider; empty if none
/// named it.
pub(crate) fn company_name(view: &dyn View, lead: &Lead, by: Millis) -> Result<String, StoreError> {
    if !lead.company.is_empty() {
        return Ok(lead.company.to_string());
    }
    let said = lead.account.map(|account| view.company_enrichment(account)).transpose()?.flatten();
    let said = said.filter(|said| said.at <= by);
    let name = said.and_then(|said| {
        let name = said.fields.iter().find(|(name, _)| *name == "company.name")?.1;
        Some(Label::parse(name.as_text()?).into_text())
    });
    Ok(name.unwrap_or_default())
}

/// The name of the lead of a meeting, for the team: theirs, else the one they booked with, else their address.
///
/// # Errors
/// When the database fails.
pub fn name_of_meeting(view: &dyn View, meeting: &Meeting) -> Result<String, StoreError> {
    let known = view.lead(meeting.lead)?.map(|lead| lead.name.into_text()).unwrap_or_default();
    let names = [known, meeting.details.name.to_string(), meeting.details.email.clone()];
    Ok(names.into_iter().find(|name| !name.is_empty()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(pairs: &[(ContactField, &str)]) -> Said {
        Said(pairs.iter().map(|(field, value)| (*field, (*value).to_owned())).collect())
    }

    #[test]
    fn properties_and_answers_say_phone_and_company() {
        let props = [("phone", Value::text("+49 30 1234567")), ("company", Value::text(" Orbit\nPay "))];
        let props = props.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let both = said(&[(ContactField::Phone, "+49 30 1234567"), (ContactField::Company, "Orbit Pay")]);
        assert_eq!(Said::in_identify(&props), both);
        let number = BTreeMap::from([("phone".to_owned(), Value::Number(49_301_234_567.0))]);
        assert_eq!(Said::in_identify(&number), said(&[(ContactField::Phone, "49301234567")]));
        let other =
            BTreeMap::from([("phone".to_owned(), Value::text("call me")), ("company".to_owned(), Value::Other)]);
        assert_eq!(Said::in_identify(&other), Said::default());
        let answers = [("work_phone", "+49 30 1234567"), ("Company", "Orbit Pay"), ("employees", "030 1234567")];
        assert_eq!(Said::in_booking(answers.into_iter()), both);
        assert_eq!(Said::in_booking([("hotel", "030 1234567"), ("phone", "none")].into_iter()), Said::default());
    }
}
