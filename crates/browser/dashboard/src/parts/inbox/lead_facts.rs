//! The lead of a conversation: identity, company, place and intent.

use knock_model::EnrichedField;
use knock_wire::{ContactRecord, ContactRef, ConversationRecord, Intent, TimelineEntry, Word};
use leptos::prelude::*;

use crate::kit::civil::civil;
use crate::kit::clock::{ServerClock, use_clock};
use crate::kit::reactive::{dynamic, memo};
use crate::kit::{browser, zones};
use crate::parts::meetings::facts::fact;
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::record::contact_links::phone_link;
use crate::parts::record::intent_type::IntentTypeMark;
use crate::parts::record::score_badge::ScoreBadge;
use crate::state::inbox::lead_context::LeadContext;
use crate::state::inbox::team::{Team, use_team};
use crate::words::chat::place_of_chat;
use crate::words::client::{browser_words, place_words};
use crate::words::crm::crm_name;
use crate::words::enrichment::enriched_words;
use crate::words::instant::time_in_zone;
use crate::words::mail::{mailto, meant_address};
use crate::words::signal::trust_words;

/// What is known; a fact that is not has no line.
#[component]
pub(crate) fn LeadFacts(#[prop(into)] record: Signal<ConversationRecord>, context: LeadContext) -> impl IntoView {
    let (team, clock) = (use_team(), use_clock());
    let lines = move || {
        let record = record.get();
        let mut lines = identity(&record);
        context.record.value.with(|contact| lines.extend(contact.as_ref().map(person).unwrap_or_default()));
        lines.extend(crm_owner(&record, team));
        lines.extend(record.time_zone.clone().and_then(|zone| local_time(zone, clock)));
        context.timeline.value.with(|page| {
            let newest = page.as_ref().and_then(|page| page.entries.iter().find(|entry| entry.client.is_some()));
            lines.extend(newest.map(device).unwrap_or_default());
        });
        // A change of the score comes with the contact, not with the conversation.
        let rescored =
            context.record.value.with(|contact| contact.as_ref().map(|record| record.contact.intent.clone()));
        let shown = record.conversation.intent.clone();
        lines.extend(intent(rescored.filter(|rescored| rescored.at > shown.at).unwrap_or(shown)));
        lines.extend(origin(&record));
        lines
    };
    view! {
        <section class="panel" aria-labelledby="lead-facts">
            <h2 class="panel-title" id="lead-facts">"Lead"</h2>
            <dl class="facts">{dynamic(lines)}</dl>
        </section>
    }
}

/// The name with the way to the record, the address, and whether it is proven.
fn identity(record: &ConversationRecord) -> Vec<AnyView> {
    let Some(ContactRef { id, email, display_name, phone }) = record.conversation.contact.clone() else {
        return vec![fact("Contact", view! { <span class="muted">"erased"</span> }.into_any())];
    };
    let is_named = display_name != email;
    let name = view! {
        <a class="link" href=format!("/app/contacts/{id}")>
            <bdi>{display_name}</bdi>
        </a>
    };
    let mut lines = vec![fact("Contact", name.into_any())];
    if !email.is_empty() && is_named {
        let address = view! {
            <a class="link" href=mailto(&email)>
                <bdi>{email.clone()}</bdi>
            </a>
        };
        lines.push(fact("E-mail", address.into_any()));
    }
    lines.extend(meant_address(&email).map(|meant| text("Perhaps meant", meant)));
    if !phone.is_empty() {
        lines.push(fact("Phone", phone_link(&phone)));
    }
    lines.extend(record.trust.map(|trust| fact("Address", trust_words(trust).into_any())));
    lines
}

/// The name that is not shown as the contact, the position and the company.
fn person(record: &ContactRecord) -> Vec<AnyView> {
    let contact = &record.contact;
    let said = |field: EnrichedField| {
        let said = record.enrichment.iter().find(|said| said.field == Word::Known(field))?;
        Some(enriched_words(&said.value)).filter(|words| !words.is_empty())
    };
    let name = Some(&contact.name).filter(|name| !name.is_empty() && **name != contact.display_name);
    let mut lines: Vec<AnyView> = name.map(|name| text("Name", name.clone())).into_iter().collect();
    lines.extend(said(EnrichedField::PersonTitle).map(|title| text("Title", title)));
    let company = contact.company.clone();
    match &contact.account {
        Some(account) => {
            let path = format!("/app/accounts/{}", account.id);
            lines.push(fact("Company", view! { <a class="link" href=path><bdi>{company}</bdi></a> }.into_any()));
        }
        None if !company.is_empty() => lines.push(text("Company", company)),
        None => {}
    }
    lines
}

/// The owner in the CRM, by name where they are a member.
fn crm_owner(record: &ConversationRecord, team: Team) -> Option<AnyView> {
    let owned = record.crm_owner.as_ref()?;
    let words = format!("{} in {}", team.name(&owned.owner), crm_name(&owned.system));
    Some(text("CRM owner", words))
}

/// The time of day where the lead is; nothing in a zone that the browser does not know.
fn local_time(zone: String, clock: ServerClock) -> Option<AnyView> {
    zones::offset_minutes(&zone, clock.now_untracked())?;
    let words = memo(move || {
        let now = clock.now();
        let theirs = civil(now, zones::offset_minutes(&zone, now).unwrap_or_default());
        time_in_zone(theirs, browser::local(now).day, &zone)
    });
    Some(fact("Local time", view! { <bdi>{words}</bdi> }.into_any()))
}

/// The browser and the place of the last visit.
fn device(entry: &TimelineEntry) -> Vec<AnyView> {
    let facts = [("Device", browser_words(entry)), ("Place", place_words(entry))];
    facts.into_iter().filter(|(_, words)| !words.is_empty()).map(|(name, words)| text(name, words)).collect()
}

/// Score and type.
fn intent(intent: Intent) -> [AnyView; 2] {
    [
        fact("Intent score", view! { <ScoreBadge intent=intent.clone() /> }.into_any()),
        fact("Intent type", view! { <IntentTypeMark intent /> }.into_any()),
    ]
}

/// Where the conversation came from, and since when.
fn origin(record: &ConversationRecord) -> [AnyView; 2] {
    let row = &record.conversation;
    [text("Opened from", place_of_chat(&row.link)), fact("Opened", view! { <TimeAgo at=row.opened_at /> }.into_any())]
}

fn text(name: &'static str, words: String) -> AnyView {
    fact(name, view! { <bdi>{words}</bdi> }.into_any())
}
