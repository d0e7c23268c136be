//! An account: score, explanation, contacts and timeline.

use futures_util::FutureExt;
use knock_model::{AccountId, Millis};
use knock_wire::{AccountRecord, ContactRow, LiveEvent};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::missing::MissingPage;
use crate::api::records::TimelineOf;
use crate::kit::clock::{provide_clock, use_clock};
use crate::kit::reactive::{derived, dynamic, effect, memo};
use crate::kit::rows::Rows;
use crate::kit::single::Single;
use crate::parts::page::heading::Heading;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::lazy::lazy;
use crate::parts::record::account_facts::AccountFacts;
use crate::parts::record::as_of::{AsOf, asked_instant};
use crate::parts::record::bars::Bars;
use crate::parts::record::contact_table::ContactTable;
use crate::parts::record::enrichment::Enrichment;
use crate::parts::record::not_yet::KnownBy;
use crate::parts::record::record_head::RecordHead;
use crate::parts::record::timeline::Timeline;
use crate::state::live::use_live;
use crate::state::records::record_feed::RecordFeed;
use crate::state::session::use_session;
use crate::words::number::counted;

lazy!(records => AccountPage);

/// The account of the address.
#[component]
pub(crate) fn AccountPage() -> impl IntoView {
    let params = use_params_map();
    let id = memo(move || params.read().get("id").and_then(|id| AccountId::parse(&id).ok()));
    let query = use_query_map();
    let at = memo(move || query.with(asked_instant));
    let live = use_clock();
    move || {
        provide_clock(at.get(), live);
        account_at(id.get(), at.get())
    }
}

fn account_at(id: Option<AccountId>, at: Option<Millis>) -> AnyView {
    match id {
        Some(id) => view! { <AccountOf id at /> }.into_any(),
        None => view! { <MissingPage /> }.into_any(),
    }
}

#[component]
fn AccountOf(id: AccountId, at: Option<Millis>) -> impl IntoView {
    let session = use_session();
    let record = Single::new(move || {
        let client = session.client();
        async move { client.account(id, at).await }.boxed_local()
    });
    let of = TimelineOf::Account(id);
    let feed = RecordFeed::start(of, at, record);
    let is_ours = move |row: &ContactRow| row.account.as_ref().is_some_and(|account| account.id == id);
    use_live().listen(move |event| match event {
        _ if at.is_some() => {}
        LiveEvent::Signal(entry) if entry.account.as_ref().is_some_and(|account| account.id == id) => feed.take(entry),
        LiveEvent::Account(row) if row.id == id => feed.changed(|record| record.account = row.clone()),
        LiveEvent::Contact(row) if is_ours(row) => feed.changed(|record| {
            if let Some(known) = record.contacts.iter_mut().find(|known| known.id == row.id) {
                *known = row.clone();
            }
        }),
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
    let first_seen = Single::new(move || {
        let client = session.client();
        async move { Ok(client.account(id, None).await?.account.first_seen_at) }.boxed_local()
    });
    let text = derived(move || {
        record
            .value
            .with(|record| record.as_ref().map_or_else(|| "Account".to_owned(), |record| record.account.domain.clone()))
    });
    view! {
        <a class="back" href="/app/accounts"><IconMark icon=Icon::Back /> "Accounts"</a>
        <Heading text />
        <AsOf path=format!("/app/accounts/{id}") at />
        <KnownBy at path=format!("/app/accounts/{id}") phase=record.phase first_seen retry=move |()| record.load()>
            {dynamic(move || record.value.get_untracked().map(|first| view! { <Shown first feed of is_past=at.is_some() /> }))}
        </KnownBy>
    }
}

#[component]
fn Shown(first: AccountRecord, feed: RecordFeed<AccountRecord>, of: TimelineOf, is_past: bool) -> impl IntoView {
    let record = memo(move || feed.record.value.get().unwrap_or_else(|| first.clone()));
    let row = memo(move || record.with(|record| record.account.clone()));
    let contacts = Rows::new();
    effect(move || contacts.set(record.with(|record| record.contacts.clone())));
    view! {
        <p class="lead">{derived(move || row.with(|row| counted(row.contacts, "contact")))}</p>
        <RecordHead
            intent=derived(move || row.with(|row| row.intent.clone()))
            signals=derived(move || row.with(|row| row.signals))
            first_seen=derived(move || row.with(|row| row.first_seen_at))
            last_seen=derived(move || row.with(|row| row.last_seen_at))
            is_past
        />
        <h2 class="panel-title">"Contacts"</h2>
        <div class="bounded">
            <ContactTable rows=contacts />
        </div>
        <div class="record">
            <Timeline feed of summed_up=derived(move || record.with(|record| record.summed_up)) />
            <aside class="record-side" aria-label="Stage and score">
                <AccountFacts record=record />
                <Enrichment said=derived(move || record.with(|record| record.enrichment.clone())) />
                <Bars why=derived(move || record.with(|record| record.why.clone())) />
            </aside>
        </div>
    }
}
