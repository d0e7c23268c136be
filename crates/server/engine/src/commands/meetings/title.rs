//! Placeholders in titles and descriptions of meetings: those of saved replies.

use knock_model::{Email, MailKind, PersonName, Placeholder, RepId, fill, first_name};
use knock_ports::{Member, StoreError, View};

/// The names of the participants of a meeting.
pub(super) struct Names {
    lead: String,
    rep: String,
    company: String,
    site: String,
}

impl Names {
    pub(super) fn of(
        view: &dyn View,
        (email, name): (&Email, &PersonName),
        owner: RepId,
        site: &str,
    ) -> Result<Names, StoreError> {
        let member = view.member(owner)?;
        let named = member.as_ref().map(Member::public_name).filter(|name| !name.is_empty());
        // A rep without a name is their company: an address is no name.
        let rep = named.unwrap_or(site).to_owned();
        let lead = if name.is_empty() { email.to_text() } else { name.to_string() };
        let company = match MailKind::of(email.domain()) {
            MailKind::Company => email.domain().to_owned(),
            MailKind::Free | MailKind::Disposable => lead.clone(),
        };
        Ok(Names { lead, rep, company, site: site.to_owned() })
    }

    /// Returns a template with its placeholders filled in.
    pub(super) fn fill(&self, template: &str) -> String {
        fill(template, |place| match place {
            Placeholder::Name => self.lead.clone(),
            Placeholder::FirstName => first_name(&self.lead).to_owned(),
            Placeholder::Company => self.company.clone(),
            Placeholder::Rep => self.rep.clone(),
            Placeholder::Site => self.site.clone(),
        })
    }
}
