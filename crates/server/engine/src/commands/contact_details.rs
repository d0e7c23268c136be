//! Name, telephone number and company of a contact, mended by the team.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use crate::contact_details::describe;
use crate::happened::Happened;
use crate::notice::Notice;
use knock_model::{AuditAction, ContactField, DetailSource, Email, LeadId, Millis, Phone, RepId, SignalId};
use knock_ports::{ContactDetail, EVER, Lead, Ledger, StoreError, View};
use serde_json::Value;
use std::collections::BTreeMap;

/// Sets details of a contact. They win over what the lead says, until they are taken away again.
#[derive(Clone, Debug)]
pub struct MendContact {
    pub lead: LeadId,
    /// The values, clean already; an empty one takes that of the team away again.
    pub values: BTreeMap<ContactField, String>,
    /// The member who does it; none for a program.
    pub member: Option<RepId>,
    /// An id for the fact.
    pub id: SignalId,
    pub now: Millis,
}

impl Change for MendContact {
    /// The current id of the contact; none if there is no such contact.
    type Outcome = Option<LeadId>;

    fn make(
        &self,
        ledger: &mut dyn Ledger,
        changes: &mut Changes,
    ) -> Result<(Option<LeadId>, Option<Note>), StoreError> {
        let id = ledger.merged_into(self.lead)?;
        let Some(mut lead) = ledger.lead(id)? else { return Ok((None, None)) };
        let before = shown(&lead);
        let company = (!lead.company.is_empty()).then(|| knock_routing::Value::text(&lead.company));
        let new = self.news(ledger, &lead)?;
        if new.is_empty() {
            return Ok((Some(id), None));
        }
        new.iter().try_for_each(|detail| ledger.append_contact_detail(detail))?;
        describe(ledger, &mut lead, EVER)?;
        ledger.save_lead(&lead)?;
        changes.extend([Notice::Lead(id), Notice::Chat(id)]);
        let former = vec![("company.name".to_owned(), company)];
        changes.happened(self.now, Happened::FieldsChanged { lead: id, before: former });
        let (name, after) = (lead.email.as_ref().map(Email::to_text).unwrap_or_default(), shown(&lead));
        let note = Note::new(AuditAction::ContactDetailsChanged, subject("contact", id.to_string(), name)).about(id);
        // Where the lead says the same as the team did, taking it away shows no difference.
        let note = if before == after { note.with(after) } else { note.changed(before, after) };
        Ok((Some(id), Some(note)))
    }
}

impl MendContact {
    /// The details that are not known yet.
    fn news(&self, view: &dyn View, lead: &Lead) -> Result<Vec<ContactDetail>, StoreError> {
        let details = view.contact_details(lead.id)?;
        let mut new = Vec::new();
        for (field, value) in &self.values {
            let last = details.iter().rfind(|known| known.field == *field && known.source == DetailSource::Team);
            let of_team = last.map_or("", |last| &last.value);
            if of_team == value || of_team.is_empty() && value_of(lead, *field) == value {
                continue;
            }
            // A clock that was set back does not let an older value win.
            let at = last.map_or(self.now, |last| self.now.max(last.at + Millis(1)));
            let (field, value, source) = (*field, value.clone(), DetailSource::Team);
            new.push(ContactDetail { id: self.id, lead: lead.id, field, value, source, member: self.member, at });
        }
        Ok(new)
    }
}

fn value_of(lead: &Lead, field: ContactField) -> &str {
    match field {
        ContactField::Name => &lead.name,
        ContactField::Phone => lead.phone.as_ref().map_or("", Phone::as_str),
        ContactField::Company => &lead.company,
    }
}

/// The details of a lead, as the audit log shows them.
fn shown(lead: &Lead) -> Value {
    ContactField::ALL.iter().map(|field| (field.as_str(), value_of(lead, *field))).collect()
}
