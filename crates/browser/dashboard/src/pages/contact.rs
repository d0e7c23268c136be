//! A contact: score, explanation and timeline.

use futures_util::FutureExt;
use knock_model::{LeadId, Millis, Permission};
use knock_wire::{ContactRecord, ContactRow, LiveEvent};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

use super::missing::MissingPage;
use crate::api::encode;
use crate::api::records::TimelineOf;
use crate::kit::clock::{provide_clock, use_clock};
use crate::kit::reactive::{derived, dynamic, effect, memo};
use crate::kit::single::Single;
use crate::parts::inbox::lead_status::LeadStatus;
use crate::parts::inbox::record_note::RecordNote;
use crate::parts::inbox::routing_decisions::RoutingDecisions;
use crate::parts::meetings::add_meeting::AddMeeting;
use crate::parts::meetings::flow::MeetingFlow;
use crate::parts::page::heading::Heading;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::lazy::lazy;
use crate::parts::record::as_of::{AsOf, asked_instant};
use crate::parts::record::bars::Bars;
use crate::parts::record::changes::Changes;
use crate::parts::record::contact_details::ContactDetails;
use crate::parts::record::contact_facts::ContactFacts;
use crate::parts::record::contact_links::contact_links;
use crate::parts::record::contact_tags::ContactTags;
use crate::parts::record::crm_writes::CrmWrites;
use crate::parts::record::enrichment::Enrichment;
use crate::parts::record::lead_workflows::LeadWorkflowsPanel;
use crate::parts::record::merges::Merges;
use crate::parts::record::not_yet::KnownBy;
use crate::parts::record::record_head::RecordHead;
use crate::parts::record::score_course::ScoreOverTime;
use crate::parts::record::timeline::Timeline;
use crate::parts::settings::erase_panel::ErasePanel;
use crate::state::live::use_live;
use crate::state::meetings::adding::MeetingFor;
use crate::state::records::record_feed::RecordFeed;
use crate::state::session::use_session;
use crate::words::number::counted;
use crate::words::signal::trust_words;

lazy!(records => ContactPage);

/// The contact of the address.
#[component]
pub(crate) fn ContactPage() -> impl IntoView {
    let params = use_params_map();
    let id = memo(move || params.read().get("id").and_then(|id| LeadId::parse(&id).ok()));
    let query = use_query_map();
    let at = memo(move || query.with(asked_instant));
    let live = use_clock();
    move || {
        provide_clock(at.get(), live);
        contact_at(id.get(), at.get())
    }
}

fn contact_at(id: Option<LeadId>, at: Option<Millis>) -> AnyView {
    match id {
        Some(id) => view! { <ContactOf id at /> }.into_any(),
        None => view! { <MissingPage /> }.into_any(),
    }
}

#[component]
fn ContactOf(id: LeadId, at: Option<Millis>) -> impl IntoView {
    let session = use_session();
    let record = Single::new(move || {
        let client = session.client();
        async move { client.contact(id, at).await }.boxed_local()
    });
    let of = TimelineOf::Contact(id);
    let feed = RecordFeed::start(of, at, record);
    use_live().listen(move |event| match event {
        _ if at.is_some() => {}
        LiveEvent::Signal(entry) if entry.contact.as_ref().is_some_and(|contact| contact.id == id) => feed.take(entry),
        LiveEvent::Contact(row) if row.id == id => feed.changed(|record| record.contact = row.clone()),
        LiveEvent::Conversation(row) if row.lead == id => feed.refresh_soon(),
        LiveEvent::Meeting(changed) if changed.lead == id => feed.refresh_soon(),
        LiveEvent::Note(chat) if feed.has_chat(*chat) => feed.refresh_soon(),
        LiveEvent::Signal(_)
        | LiveEvent::Contact(_)
        | LiveEvent::Account(_)
        | LiveEvent::Conversation(_)
        | LiveEvent::Refused(_)
        | LiveEvent::Note(_)
        | LiveEvent::Presence(_)
        | LiveEvent::Meeting(_)
        | LiveEvent::Personal(_)
        | LiveEvent::Knowledge(_)
        | LiveEvent::Missed(_) => {}
    });
    // A merged record redirects to the other one: its address, the timeline and the feed belong to that one.
    let navigate = use_navigate();
    effect(move || {
        if let Some(now) =
            record.value.with(|record| record.as_ref().map(|record| record.contact.id)).filter(|now| *now != id)
        {
            let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
            navigate(&format!("/app/contacts/{now}"), options);
        }
    });
    let first_seen = Single::new(move || {
        let client = session.client();
        async move { Ok(client.contact(id, None).await?.contact.first_seen_at) }.boxed_local()
    });
    let text = derived(move || {
        record.value.with(|record| {
            record.as_ref().map_or_else(|| "Contact".to_owned(), |record| record.contact.display_name.clone())
        })
    });
    view! {
        <a class="back" href="/app/contacts"><IconMark icon=Icon::Back /> "Contacts"</a>
        <Heading text />
        <AsOf path=format!("/app/contacts/{id}") at />
        <KnownBy at path=format!("/app/contacts/{id}") phase=record.phase first_seen retry=move |()| record.load()>
            {dynamic(move || record.value.get_untracked().map(|first| view! { <Shown first feed id at /> }))}
        </KnownBy>
    }
}

#[component]
fn Shown(first: ContactRecord, feed: RecordFeed<ContactRecord>, id: LeadId, at: Option<Millis>) -> impl IntoView {
    let of = TimelineOf::Contact(id);
    let record = memo(move || feed.record.value.get().unwrap_or_else(|| first.clone()));
    let row = memo(move || record.with(|record| record.contact.clone()));
    let noted_on = memo(move || {
        record.with(|record| record.conversations.first().map(|newest| newest.id)).filter(|_| at.is_none())
    });
    let account = move || {
        row.with(|row| Some((row.account.clone()?.id, row.company.clone()))).map(|(account, company)| {
            view! {
                <a class="link" href=format!("/app/accounts/{account}")>
                    <bdi>{company}</bdi>
                </a>
            }
        })
    };
    view! {
        <p class="lead lead-parts">
            {dynamic(move || record.with(contact_links))}
            <span>{derived(move || record.with(|record| record.trust.map(trust_words)))}</span>
            {dynamic(account)}
            <span>{derived(move || record.with(|record| counted(record.visitors, "browser")))}</span>
        </p>
        <RecordHead
            intent=derived(move || row.with(|row| row.intent.clone()))
            signals=derived(move || row.with(|row| row.signals))
            first_seen=derived(move || row.with(|row| row.first_seen_at))
            last_seen=derived(move || row.with(|row| row.last_seen_at))
            is_past=at.is_some()
        />
        <LeadStatus record />
        <ScoreOverTime id at follow=derived(move || row.with(|row| (row.intent.score, row.signals))) />
        <div class="record">
            <div>
                {dynamic(move || noted_on.get().map(|on| view! { <RecordNote on stored=move |()| feed.refresh_soon() /> }))}
                <Timeline feed of summed_up=derived(move || record.with(|record| record.summed_up)) />
            </div>
            <aside class="record-side" aria-label="Score and source">
                <ContactDetails id store=feed.record record is_past=at.is_some() />
                <ContactTags
                    id
                    store=feed.record
                    tags=derived(move || row.with(|row| row.tags.clone()))
                    is_past=at.is_some()
                />
                <ContactFacts record />
                <Merges id store=feed.record record is_past=at.is_some() changed=move |()| feed.load_anew() />
                <Enrichment said=derived(move || record.with(|record| record.enrichment.clone())) />
                {at.is_none().then(|| view! { <AddMeeting of=derived(move || record.with(meeting_for)) /> })}
                <MeetingFlow flow=derived(move || record.with(|record| record.meetings.clone())) />
                <RoutingDecisions decisions=derived(move || record.with(|record| record.decisions.clone())) />
                // A past state has no log: runs and writes are not part of it.
                {at.is_none().then(|| view! { <LeadWorkflowsPanel id follow=derived(move || row.with(|row| row.signals)) /> })}
                {at.is_none().then(|| view! { <CrmWrites id /> })}
                <Bars why=derived(move || record.with(|record| record.why.clone())) />
                <PersonLinks row=row.get_untracked() />
                <Changes
                    changes=derived(move || record.with(|record| record.changes.clone()))
                    signals=feed.timeline.rows
                />
            </aside>
        </div>
    }
}

/// The lead of a meeting that is entered here, in the time zone of their last one.
fn meeting_for(record: &ContactRecord) -> MeetingFor {
    let last = record.meetings.as_ref().and_then(|flow| flow.meetings.last());
    MeetingFor {
        lead: Some(record.contact.id),
        has_email: !record.contact.email.is_empty(),
        conversation: None,
        zone: last.map(|row| row.zone.clone()),
    }
}

/// Exporting and erasing a person, by permission: on a page of its own for persons with an address, here for others.
#[component]
fn PersonLinks(row: ContactRow) -> impl IntoView {
    let is_mine = use_session().may(Permission::ManagePersons);
    is_mine.then(|| {
        if row.email.is_empty() {
            return view! { <ErasePanel id=row.id name=row.display_name /> }.into_any();
        }
        let href = format!("/app/settings/privacy?email={}", encode(&row.email));
        view! {
            <p class="panels">
                <a class="link" href=href>"Export or erase this person"</a>
            </p>
        }
        .into_any()
    })
}
