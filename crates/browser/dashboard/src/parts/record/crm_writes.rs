//! CRM writes of a contact, with time and change.

use futures_util::FutureExt;
use knock_model::LeadId;
use knock_wire::CrmLogEntry;
use leptos::prelude::*;

use crate::parts::TimeAgo;
use crate::session::use_session;
use crate::single::Single;
use crate::words::{crm_cause_words, written_words};

/// The writes, the newest first; nothing before the first.
#[component]
pub(crate) fn CrmWrites(
    /// The contact.
    id: LeadId,
) -> impl IntoView {
    let session = use_session();
    let log = Single::new(move || {
        let client = session.client();
        async move { client.crm_log(id).await }.boxed_local()
    });
    log.load();
    move || {
        let log = log.value.get().filter(|log| !log.writes.is_empty())?;
        let contact = log.contact.map(|contact| view! { <p class="muted">"Contact " <bdi>{contact}</bdi></p> });
        let lines = log.writes.into_iter().map(line).collect::<Vec<_>>();
        let view = view! {
            <section class="panel" aria-labelledby="crm-writes">
                <h2 class="panel-title" id="crm-writes">"Written to HubSpot"</h2>
                {contact}
                <ol class="changes">{lines}</ol>
            </section>
        };
        Some(view.into_any())
    }
}

fn line(write: CrmLogEntry) -> AnyView {
    let values = write.properties.into_iter().map(|(name, value)| {
        view! {
            <div class="fact">
                <dt><bdi>{name}</bdi></dt>
                <dd><bdi>{written_words(&value)}</bdi></dd>
            </div>
        }
        .into_any()
    });
    view! {
        <li class="change">
            <p class="change-cause">
                <span title=write.cause.clone()>{crm_cause_words(&write.cause)}</span>
                <TimeAgo at=write.at />
            </p>
            <dl class="facts">{values.collect::<Vec<_>>()}</dl>
        </li>
    }
    .into_any()
}
