//! A mail to the lead, whose answer reaches their conversation.

use super::acting::Acting;
use super::placeholders::Values;
use super::spoken::{LastPage, language_of_lead, last_page};
use crate::changes::Changes;
use crate::effects::Letter;
use crate::first_touch::keep_first_touch;
use crate::language::chosen;
use crate::recipient::is_dead;
use knock_agent::Language;
use knock_model::{ConversationId, Label, Millis, SiteId, Subject};
use knock_ports::{Conversation, Ledger, StoreError, View, WEBSITE, WorkflowMail};
use knock_routing::Utm;
use knock_wire::Texts;
use knock_workflow::Failure;

/// The longest subject, in characters.
const SUBJECT: usize = 150;
/// A session of a browser without a signal for so long is not known any more.
const KNOWN_FOR: Millis = Millis::days(90);

pub(super) fn send(
    ledger: &mut dyn Ledger,
    acting: &Acting<'_>,
    (subjects, bodies): (&Texts, &Texts),
    changes: &mut Changes,
) -> Result<Option<Failure>, StoreError> {
    let lead = &acting.lead;
    let Some(email) = lead.email.clone() else { return Ok(Some(Failure::NoAddress)) };
    if let Some(reason) = barred(ledger, acting)? {
        return Ok(Some(reason));
    }
    let spoken = language_of_lead(ledger, lead.id, acting.now)?;
    let (Some((language, body)), Some((_, subject))) = (chosen(bodies, spoken), chosen(subjects, spoken)) else {
        return Ok(Some(Failure::NoText));
    };
    let values = Values::load(ledger, acting, [subject, body])?;
    let last = last_page(ledger, lead.id, acting.now)?;
    let inbound = ledger.inbound_mail()?;
    let conversation = match &inbound {
        Some(_) => answered_in(ledger, acting, (last.as_ref(), language))?,
        None => None,
    };
    let site = site_of(ledger, acting, last.as_ref())?;
    let site_name = site.map(|site| ledger.site(site)).transpose()?.flatten();
    let owner = acting.owner(ledger)?;
    let subject: String = values.fill(subject).chars().take(SUBJECT).collect();
    let data = &WorkflowMail {
        lead: Some(lead.id),
        to: email.to_text(),
        name: lead.name.clone(),
        workflow: acting.name.to_owned(),
        conversation,
        has_tags: inbound.as_ref().is_some_and(|inbound| inbound.has_tags),
        answers_to: inbound.map(|inbound| inbound.address).unwrap_or_default(),
        rep: owner.as_ref().map_or("", |owner| owner.public_name()).into(),
        rep_email: owner.map(|owner| owner.email).unwrap_or_default(),
        site,
        site_name: site_name.map(|site| Label::parse(site.title())).unwrap_or_default(),
        language,
        subject: Subject::parse(&subject),
        body: values.fill(body),
        expires_at: Some(acting.effect.at + acting.expires),
    };
    let (kind, lead, ordering_key) = (WorkflowMail::KIND, Some(lead.id), *lead.id.as_bytes());
    Letter { kind, data, lead, ordering_key, now: acting.now }.enqueue(ledger, changes)?;
    Ok(None)
}

/// The reason for which the lead gets no mail.
fn barred(view: &dyn View, acting: &Acting<'_>) -> Result<Option<Failure>, StoreError> {
    let lead = acting.lead.id;
    let Some(email) = &acting.lead.email else { return Ok(Some(Failure::NoAddress)) };
    if !view.settings()?.sends_mail {
        return Ok(Some(Failure::MailOff));
    }
    if view.workflow_mail_stopped_at(lead)?.is_some() || view.mail_stopped_at(lead)?.is_some() {
        return Ok(Some(Failure::Unsubscribed));
    }
    Ok(is_dead(view, lead, email)?.then_some(Failure::MailReturned))
}

/// The site whose look the mail has: that of the last page, else of the last chat.
fn site_of(view: &dyn View, acting: &Acting<'_>, last: Option<&LastPage>) -> Result<Option<SiteId>, StoreError> {
    if let Some(last) = last {
        return Ok(Some(last.site));
    }
    Ok(view.conversations_of_lead(acting.lead.id)?.first().map(|newest| newest.site))
}

/// The conversation that an answer reaches: the newest of the lead, else a new one, which nothing but a mail opens. None
/// for a lead whose browser is not known.
fn answered_in(
    ledger: &mut dyn Ledger,
    acting: &Acting<'_>,
    (last, language): (Option<&LastPage>, Language),
) -> Result<Option<ConversationId>, StoreError> {
    if let Some(newest) = ledger.conversations_of_lead(acting.lead.id)?.into_iter().next() {
        return Ok(Some(newest.id));
    }
    let Some(LastPage { site, visitor, .. }) = last else { return Ok(None) };
    let Some(session) = ledger.session_since(*site, *visitor, acting.now - KNOWN_FOR)? else { return Ok(None) };
    let conversation = Conversation {
        id: ConversationId::new(acting.id()),
        lead: acting.lead.id,
        site: *site,
        visitor: *visitor,
        session,
        link: WEBSITE.to_owned(),
        opened_at: acting.now,
        secret: None,
        language,
        utm: Utm::default(),
        identified: acting.lead.email.clone(),
        time_zone: String::new(),
    };
    ledger.create_conversation(&conversation)?;
    keep_first_touch(ledger, acting.lead.id)?;
    Ok(Some(conversation.id))
}
