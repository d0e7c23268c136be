//! The address of a lead about whom a vendor of data may be asked: of whom, and whether the lead waits for the answer.

use crate::{BrowserSession, FormPart};
use knock_model::{ConversationId, Email, LeadId};
use knock_ports::{StoreError, View};
use knock_status::chat::RepOwner;

/// The lead of a request.
#[derive(Clone)]
pub enum Who {
    /// A visitor who gives an address in a booking.
    Address(Email, BrowserSession),
    /// A lead who writes in a chat, or has opened it.
    Chat(ConversationId, String),
    /// A lead who has opened a booking.
    Lead(LeadId, BrowserSession),
    /// A visitor who may have submitted a form with an address: the forms and addresses of a batch, in order.
    Form(BrowserSession, Vec<FormPart>),
}

/// The address of a lead, with the browser that gave it.
pub struct AddressOfLead {
    pub email: Email,
    /// None if the tracker itself has sent the address.
    session: Option<BrowserSession>,
    /// Whether the lead waits for a decision that depends on the answer.
    pub is_waited: bool,
}

impl Who {
    /// The address; none without one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn find(&self, view: &dyn View) -> Result<Option<AddressOfLead>, StoreError> {
        let of_lead = |lead: LeadId| Ok::<_, StoreError>(view.lead(lead)?.and_then(|lead| lead.email));
        Ok(match self {
            Who::Address(email, session) => {
                Some(AddressOfLead { email: email.clone(), session: Some(*session), is_waited: true })
            }
            Who::Lead(lead, session) => {
                of_lead(*lead)?.map(|email| AddressOfLead { email, session: Some(*session), is_waited: false })
            }
            Who::Chat(conversation, text) => {
                let Some(conversation) = view.conversation(*conversation)? else { return Ok(None) };
                let is_waited = view.last_decision(conversation.lead)?.is_none();
                let said = Email::find(text);
                // Data of a lead who was already routed is requested when they return.
                let email =
                    if said.is_some() || !is_waited && !text.is_empty() { said } else { of_lead(conversation.lead)? };
                let session = BrowserSession {
                    site: conversation.site,
                    visitor: conversation.visitor,
                    session: conversation.session,
                };
                email.map(|email| AddressOfLead { email, session: Some(session), is_waited })
            }
            Who::Form(session, parts) => {
                let Some(email) = FormPart::address(view, session, parts)? else { return Ok(None) };
                let is_waited = is_routed_by_form(view, &email)?;
                Some(AddressOfLead { email, session: None, is_waited })
            }
        })
    }
}

impl AddressOfLead {
    /// Whether a vendor may be asked about the lead. Where snippets wait for consent, only about visitors whose tracker
    /// has started: it starts with their consent.
    ///
    /// # Errors
    /// When the database fails.
    pub fn may_be_asked(&self, view: &dyn View) -> Result<bool, StoreError> {
        let Some(BrowserSession { site, visitor, session }) = self.session else { return Ok(true) };
        Ok(!view.settings()?.waits_for_consent || view.sequence(site, visitor, session)?.highest > 0)
    }
}

/// Whether a form routes the person with an address: not spam, nor one whom a rep has already (7.4).
fn is_routed_by_form(view: &dyn View, email: &Email) -> Result<bool, StoreError> {
    let Some(lead) = view.lead_by_email(email)? else { return Ok(true) };
    let chat = view.chat_summary(lead.id)?;
    let is_reps = chat.is_some_and(|chat| matches!(chat.owner, Some(RepOwner::Rep(_))));
    Ok(!lead.is_spam && !is_reps)
}
