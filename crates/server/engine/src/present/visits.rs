//! Who is on a site now, and what became of the messages that members wrote to them first.

use super::Presenter;
use crate::commands::InvitationRefusal;
use knock_intent::{Evidence, last_visit};
use knock_model::search::{Search, fold};
use knock_model::{Bucket, ConversationId, IntentType, Millis, RepId, SiteId, VisitorId};
use knock_ports::{
    BrowserOnSite, ChatSummary, Invitation, Lead, OwnerFilter, PageSeen, SentInvitation, StoreError, span_at,
};
use knock_status::chat::{ChatStatus, RepOwner};
use knock_wire::{Intent, InvitationShown, InvitationState, VisitInvitation, VisitList, VisitRow, picture_path};

/// The maximum of rows.
const MOST: usize = 200;
/// The longest visit that is looked at.
const LONGEST: Millis = Millis::days(1);
/// The maximum of page views of a visit.
const VIEWS: u32 = 500;

/// The requested visits.
#[derive(Clone, Debug, Default)]
pub struct VisitQuery {
    pub site: Option<SiteId>,
    /// The intent type; of a lead who has not chatted the provisional one.
    pub intent_type: Option<IntentType>,
    pub score: Option<Bucket>,
    pub owner: Option<OwnerFilter>,
    /// Whether the address is known.
    pub is_known: Option<bool>,
    /// Words that the name, the address, the company or the page has.
    pub search: Search,
    /// The member who asks; none for an API key.
    pub reader: Option<RepId>,
}

/// A browser on a site with what is known of who uses it.
struct Visitor {
    lead: Option<Lead>,
    chat: Option<ChatSummary>,
    pages: Vec<PageSeen>,
}

impl Presenter<'_> {
    /// Returns the people who are on a site, the last to view a page first: at most 200 of those asked for.
    ///
    /// # Errors
    /// When the database fails.
    pub fn visits(&self, query: &VisitQuery) -> Result<VisitList, StoreError> {
        let mut list = VisitList::default();
        for browser in self.view.browsers_on_site(query.site, self.now)? {
            let visitor = self.visitor(&browser)?;
            if visitor.is_spam() || !visitor.is_asked_for(query) {
                continue;
            }
            let Some(row) = self.visit_row(&browser, &visitor, query.reader)? else { continue };
            if !is_in(query, &row) {
                continue;
            }
            if list.visits.len() >= MOST {
                list.has_more = true;
                break;
            }
            list.visits.push(row);
        }
        Ok(list)
    }

    fn visitor(&self, browser: &BrowserOnSite) -> Result<Visitor, StoreError> {
        let BrowserOnSite { site, visitor, .. } = *browser;
        let spans = self.view.spans_of_visitor(site, visitor)?;
        let lead = spans.get(span_at(&spans, self.now)).and_then(|span| span.lead);
        let lead = lead.map(|lead| self.view.lead(lead)).transpose()?.flatten();
        let chat = lead.as_ref().map(|lead| self.view.chat_summary(lead.id)).transpose()?.flatten();
        let pages = self.view.last_pages(site, visitor, self.now - LONGEST, VIEWS)?;
        Ok(Visitor { lead, chat, pages })
    }

    /// The row of a browser; none without a page view.
    fn visit_row(
        &self,
        browser: &BrowserOnSite,
        known: &Visitor,
        reader: Option<RepId>,
    ) -> Result<Option<VisitRow>, StoreError> {
        let BrowserOnSite { site, visitor, until } = *browser;
        let Some(visit) = last_visit(known.pages.iter().map(|page| page.at)) else { return Ok(None) };
        let Some(page) = known.pages.first() else { return Ok(None) };
        let (contact, account) = known.lead.as_ref().map(|lead| self.named(lead)).transpose()?.unwrap_or_default();
        let owner = known.chat.as_ref().and_then(|chat| chat.owner.as_ref());
        Ok(Some(VisitRow {
            site: self.site_key(site),
            site_title: self.view.site(site)?.map_or_else(String::new, |site| site.title().to_owned()),
            visitor,
            contact,
            account,
            url: page.url.clone(),
            title: page.title.clone(),
            since_at: visit.since,
            viewed_at: visit.viewed_at,
            until_at: until,
            pages: visit.pages,
            intent: self.intent_of_visit(browser, known.lead.as_ref(), visit.since)?,
            owner: self.owner_of_chat(owner)?.1,
            conversation: known.lead.as_ref().map(|lead| self.newest_on(site, lead)).transpose()?.flatten(),
            invitation: self.awaited(site, visitor, reader)?,
            refusal: known.refusal().map_or_else(String::new, |refusal| refusal.reason().to_owned()),
        }))
    }

    /// Score and type of the person; of an unknown visitor those of the signals of this visit.
    fn intent_of_visit(
        &self,
        browser: &BrowserOnSite,
        lead: Option<&Lead>,
        since: Millis,
    ) -> Result<Intent, StoreError> {
        if let Some(lead) = lead {
            return self.intent_of_lead(lead);
        }
        let mut evidence = Evidence::default();
        for signal in self.view.weighed(browser.site, browser.visitor, since, self.now + Millis(1))? {
            evidence.add(signal.category, signal.strength, signal.at);
        }
        Ok(self.intent(&evidence, IntentType::Unknown))
    }

    fn newest_on(&self, site: SiteId, lead: &Lead) -> Result<Option<ConversationId>, StoreError> {
        let conversations = self.view.conversations_of_lead(lead.id)?;
        Ok(conversations.into_iter().find(|conversation| conversation.site == site).map(|newest| newest.id))
    }

    /// The last invitation of a browser, while an answer is awaited.
    fn awaited(
        &self,
        site: SiteId,
        visitor: VisitorId,
        reader: Option<RepId>,
    ) -> Result<Option<VisitInvitation>, StoreError> {
        let sent = self.view.invitations_to(site, visitor, self.now - Millis::days(7))?;
        let last = sent.into_iter().next().filter(|last| last.is_awaited(self.now));
        last.map(|SentInvitation { invitation: last, .. }| {
            let by = self.rep_name(last.rep)?;
            Ok(VisitInvitation { by, is_own: reader == Some(last.rep), state: state(&last) })
        })
        .transpose()
    }

    /// Returns the invitation that the pages of a browser show now: the last one, while it is open.
    ///
    /// # Errors
    /// When the database fails.
    pub fn shown_invitation(&self, site: SiteId, visitor: VisitorId) -> Result<Option<InvitationShown>, StoreError> {
        let sent = self.view.invitations_to(site, visitor, self.now - Millis::days(7))?;
        let Some(sent) = sent.into_iter().next().filter(|last| last.is_open(self.now)) else { return Ok(None) };
        let last = sent.invitation;
        let messages = self.view.messages_after(last.conversation, last.seq.saturating_sub(1))?;
        let Some(message) = messages.into_iter().find(|message| message.id == last.id) else { return Ok(None) };
        let member = self.view.member(last.rep)?;
        let (name, title, picture) = member.map_or_else(Default::default, |member| {
            let name = member.public_name().to_owned();
            (name, member.profile.title, picture_path(member.profile.picture))
        });
        Ok(Some(InvitationShown { id: last.id, name, title, picture, text: message.text, at: message.at }))
    }

    /// Adds to the messages of a conversation what became of those by which a member wrote first.
    pub(super) fn add_invitations(
        &self,
        of: ConversationId,
        shown: &mut [knock_wire::Message],
    ) -> Result<(), StoreError> {
        for invitation in self.view.invitations_in(of)? {
            if let Some(message) = shown.iter_mut().find(|message| message.id == invitation.id) {
                message.invitation = Some(Box::new(self.state_by_then(&invitation)));
            }
        }
        Ok(())
    }

    /// The state as of the instant that is shown.
    fn state_by_then(&self, invitation: &Invitation) -> InvitationState {
        let by_then = |at: Option<Millis>| at.filter(|at| *at <= self.arrived_by);
        let InvitationState { shown_at, url, closed_at, ends_at } = state(invitation);
        let shown_at = by_then(shown_at);
        let url = shown_at.map_or_else(String::new, |_| url);
        InvitationState { shown_at, url, closed_at: by_then(closed_at), ends_at }
    }
}

fn state(invitation: &Invitation) -> InvitationState {
    let Invitation { shown_at, url, closed_at, .. } = invitation.clone();
    InvitationState { shown_at, url, closed_at, ends_at: invitation.ends_at() }
}

impl Visitor {
    /// Whether owner and address are those asked for.
    fn is_asked_for(&self, query: &VisitQuery) -> bool {
        let owner = self.chat.as_ref().and_then(|chat| chat.owner.as_ref());
        let is_owner = match &query.owner {
            None => true,
            Some(OwnerFilter::Unassigned) => owner.is_none(),
            Some(OwnerFilter::AiAgent) => owner == Some(&RepOwner::AiAgent),
            Some(OwnerFilter::Rep(rep)) => owner == Some(&RepOwner::Rep(rep.to_string())),
        };
        let has_address = self.lead.as_ref().is_some_and(|lead| lead.email.is_some());
        is_owner && query.is_known.is_none_or(|is_known| is_known == has_address)
    }

    /// Whether they are in no list (MS-08).
    fn is_spam(&self) -> bool {
        self.lead.as_ref().is_some_and(|lead| lead.is_spam)
    }

    /// Why no one can write to them.
    fn refusal(&self) -> Option<InvitationRefusal> {
        let status = self.chat.as_ref().and_then(|chat| chat.status.as_deref());
        (status == Some(ChatStatus::Rejected.as_str())).then_some(InvitationRefusal::Rejected)
    }
}

/// Whether type, score and words of a row are those asked for.
fn is_in(query: &VisitQuery, row: &VisitRow) -> bool {
    let Intent { kind, provisional_type, bucket, .. } = row.intent;
    let kind = if kind == IntentType::Unknown { provisional_type } else { kind };
    let contact = row.contact.as_ref();
    let texts = [
        contact.map_or("", |contact| &contact.display_name),
        contact.map_or("", |contact| &contact.email),
        row.account.as_ref().map_or("", |account| &account.domain),
        &row.title,
        &row.url,
    ]
    .map(fold);
    query.intent_type.is_none_or(|wanted| wanted == kind)
        && query.score.is_none_or(|wanted| wanted == bucket)
        && query.search.words().iter().all(|word| texts.iter().any(|text| text.contains(word)))
}
