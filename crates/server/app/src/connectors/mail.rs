//! The connector to the SMTP server, and the addresses in mails.

use crate::config;
use crate::context::AppContext;
use crate::manage_token::{ConfirmToken, ManageToken};
use crate::resume::Resume;
use anyhow::ensure;
use knock_agent::Language;
use knock_context::PublicAddress;
use knock_context::ServerKey;
use knock_inbound_mail::reply_tag;
use knock_mail::{Brand, BrandOf, Links, MailConnector, Smtp, SmtpInUse};
use knock_model::{ConversationId, LeadId, MeetingId, Millis, PersonName};
use knock_ports::{ChatPlace, ConfirmationMail, MeetingParty, ReplyMail, Store, StoreError, WEBSITE};
use knock_wire::RawSecret;
use std::sync::Arc;

pub(crate) use knock_mail::{manage_words, span, with_link};

/// Placeholder for tokens and proofs.
const HIDDEN: &str = "HIDDEN";

/// The connector that sends by the server in use.
pub(super) fn connector(smtp: &SmtpInUse, core: &AppContext) -> MailConnector {
    let (key, address, store) = (Arc::clone(&core.key), Arc::clone(&core.address), Arc::clone(&core.store));
    let links = Arc::new(Signed { key, address, store, smtp: smtp.clone() });
    MailConnector { smtp: smtp.clone(), links, clock: Arc::clone(&core.clock) }
}

/// The server of the configuration, if it names one.
pub(crate) fn smtp(config: &config::Smtp) -> anyhow::Result<Option<Smtp>> {
    let (url, from) = (config.url.reveal(), &*config.from);
    if url.is_empty() {
        return Ok(None);
    }
    ensure!(!from.is_empty(), "`smtp.from` is missing: who sends, such as `Acme <hello@acme.example>`");
    Ok(Some(Smtp::new(url, from)?))
}

/// The token of a sign-in link that is mailed: derived, so that no copy of the database holds it.
pub(crate) fn sign_in_token(key: &ServerKey, link: &str) -> RawSecret {
    RawSecret::from(hex::encode(key.derive("sign-in-link", link.as_bytes())))
}

/// The proof that a lead was sent the address that unsubscribes them.
pub(crate) fn stop_proof(key: &ServerKey, lead: LeadId) -> String {
    hex::encode(&key.derive("mail-stop", lead.as_bytes())[..16])
}

/// The proof that a lead was sent the address that ends mails of workflows.
pub(crate) fn stop_workflow_proof(key: &ServerKey, lead: LeadId) -> String {
    hex::encode(&key.derive("workflow-mail-stop", lead.as_bytes())[..16])
}

/// Addresses with valid tokens and proofs.
struct Signed {
    key: Arc<ServerKey>,
    address: Arc<PublicAddress>,
    store: Arc<dyn Store>,
    smtp: SmtpInUse,
}

impl Signed {
    fn brand_of(&self, of: BrandOf) -> Result<Brand, StoreError> {
        let mut brand = Brand::default();
        self.store.read(&mut |view| {
            let site = match of {
                BrandOf::Site(site) => Some(site),
                BrandOf::Conversation(id) => view.conversation(id)?.map(|known| known.site),
                BrandOf::Booking(id) => view.unconfirmed_booking(id)?.map(|known| known.details.site),
            };
            let Some(site) = site.map(|id| view.site(id)).transpose()?.flatten() else { return Ok(()) };
            let look = view.look(site.id)?;
            let logo = if look.logo.is_empty() { String::new() } else { format!("{}{}", self.address.url, look.logo) };
            brand = Brand { name: site.title().to_owned(), logo, ..Brand::default() };
            if let Some(colours) = look.colours() {
                brand = Brand { colour: colours.light.accent, ink: colours.light.ink, ..brand.clone() };
            }
            Ok(())
        })?;
        Ok(brand)
    }
}

impl Links for Signed {
    fn sign_in(&self, link: &str) -> String {
        self.address.sign_in(&sign_in_token(&self.key, link)).reveal().to_owned()
    }

    fn unsubscribe(&self, lead: LeadId, language: Language) -> String {
        unsubscribe(&self.address, lead, language, &stop_proof(&self.key, lead))
    }

    fn stop_workflow_mail(&self, lead: LeadId, language: Language) -> String {
        stop_workflow_mail(&self.address, lead, language, &stop_workflow_proof(&self.key, lead))
    }

    fn conversation(&self, mail: &ReplyMail, at: Millis) -> String {
        conversation(&self.address, mail, Resume::new(mail.conversation, at).sign(&self.key).reveal())
    }

    fn reply_tag(&self, conversation: ConversationId) -> String {
        reply_tag(conversation, &self.key)
    }

    fn inbox(&self, conversation: &str) -> String {
        inbox(&self.address, conversation)
    }

    fn notification_settings(&self) -> String {
        notification_settings(&self.address)
    }

    fn reports(&self) -> String {
        reports(&self.address)
    }

    fn calendar_settings(&self) -> String {
        calendar_settings(&self.address)
    }

    fn manage_meeting(&self, meeting: MeetingId) -> String {
        manage_meeting(&self.address, ManageToken::sign(meeting, &self.key).reveal())
    }

    fn confirm_booking(&self, mail: &ConfirmationMail) -> String {
        confirm_booking(&self.address, mail, ConfirmToken::sign(mail.booking, &self.key).reveal())
    }

    fn contact(&self, lead: LeadId) -> String {
        contact(&self.address, lead)
    }

    fn meeting(&self, id: MeetingId) -> String {
        meeting(&self.address, id)
    }

    fn brand(&self, of: BrandOf) -> Brand {
        // A mail without the look is better than none.
        tokio::task::block_in_place(|| self.brand_of(of)).unwrap_or_else(|error| {
            tracing::warn!(%error, "the look of a mail could not be read");
            Brand::default()
        })
    }

    fn sender(&self) -> MeetingParty {
        self.smtp.get().map_or_else(no_party, |smtp| smtp.sender())
    }
}

/// Addresses as the team may see them, without valid tokens.
pub(crate) struct Masked(pub(crate) Arc<PublicAddress>);

impl Links for Masked {
    fn sign_in(&self, _: &str) -> String {
        self.0.sign_in(&RawSecret::from(HIDDEN.to_owned())).reveal().to_owned()
    }

    fn unsubscribe(&self, lead: LeadId, language: Language) -> String {
        unsubscribe(&self.0, lead, language, HIDDEN)
    }

    fn stop_workflow_mail(&self, lead: LeadId, language: Language) -> String {
        stop_workflow_mail(&self.0, lead, language, HIDDEN)
    }

    fn conversation(&self, mail: &ReplyMail, _: Millis) -> String {
        conversation(&self.0, mail, HIDDEN)
    }

    fn reply_tag(&self, _: ConversationId) -> String {
        HIDDEN.to_owned()
    }

    fn inbox(&self, conversation: &str) -> String {
        inbox(&self.0, conversation)
    }

    fn notification_settings(&self) -> String {
        notification_settings(&self.0)
    }

    fn reports(&self) -> String {
        reports(&self.0)
    }

    fn calendar_settings(&self) -> String {
        calendar_settings(&self.0)
    }

    fn manage_meeting(&self, _: MeetingId) -> String {
        manage_meeting(&self.0, HIDDEN)
    }

    fn confirm_booking(&self, mail: &ConfirmationMail) -> String {
        confirm_booking(&self.0, mail, HIDDEN)
    }

    fn contact(&self, lead: LeadId) -> String {
        contact(&self.0, lead)
    }

    fn meeting(&self, id: MeetingId) -> String {
        meeting(&self.0, id)
    }

    fn sender(&self) -> MeetingParty {
        no_party()
    }
}

fn no_party() -> MeetingParty {
    MeetingParty { name: PersonName::default(), email: String::new() }
}

fn unsubscribe(address: &PublicAddress, lead: LeadId, language: Language, proof: &str) -> String {
    format!("{}/mail/stop?lead={lead}&proof={proof}&lang={}", address.url, language.as_str())
}

fn stop_workflow_mail(address: &PublicAddress, lead: LeadId, language: Language, proof: &str) -> String {
    format!("{}/mail/workflows?lead={lead}&proof={proof}&lang={}", address.url, language.as_str())
}

fn inbox(address: &PublicAddress, conversation: &str) -> String {
    format!("{}/app/inbox/{conversation}", address.url)
}

fn notification_settings(address: &PublicAddress) -> String {
    format!("{}/app/settings/notifications", address.url)
}

fn reports(address: &PublicAddress) -> String {
    format!("{}/app/reports", address.url)
}

fn calendar_settings(address: &PublicAddress) -> String {
    format!("{}/app/settings/calendars", address.url)
}

pub(crate) fn manage_meeting(address: &PublicAddress, token: &str) -> String {
    format!("{}/m/{token}", address.url)
}

/// With the link of the booking, where another time is chosen once the booking has expired.
fn confirm_booking(address: &PublicAddress, mail: &ConfirmationMail, token: &str) -> String {
    format!("{}/m/confirm/{token}?lang={}&link={}", address.url, mail.language.as_str(), mail.link)
}

fn contact(address: &PublicAddress, lead: LeadId) -> String {
    format!("{}/app/contacts/{lead}", address.url)
}

/// The page of a meeting in the dashboard.
fn meeting(address: &PublicAddress, id: MeetingId) -> String {
    format!("{}/app/meetings/{id}", address.url)
}

/// The token is in the fragment, which browsers send to no server.
fn conversation(address: &PublicAddress, mail: &ReplyMail, token: &str) -> String {
    let (link, site) = match &mail.place {
        ChatPlace::Link(link) => (link.as_str(), String::new()),
        ChatPlace::Page(_) | ChatPlace::Unknown => (WEBSITE, format!("&site={}", mail.site_key)),
    };
    format!("{}/l/{link}?lang={}{site}#c={token}", address.url, mail.language.as_str())
}
