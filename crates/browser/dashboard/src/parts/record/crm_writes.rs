//! CRM writes of a contact and their company, by CRM, with time and change.

use futures_util::FutureExt;
use knock_model::{LeadId, Millis};
use knock_wire::{CrmLog, CrmLogEntry, CrmSystemWord};
use leptos::prelude::*;

use crate::kit::reactive::dynamic;
use crate::kit::single::Single;
use crate::parts::page::time_ago::TimeAgo;
use crate::state::session::use_session;
use crate::words::crm::{crm_cause_words, crm_name, deleted_words, written_words};

/// A panel for each CRM with writes, the newest first, or where the contact was deleted; nothing before the first.
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
    dynamic(move || log.value.get().map(panels))
}

/// The panels, in the order of the last writes; then CRMs in which the contact was deleted before any.
fn panels(log: CrmLog) -> Vec<AnyView> {
    let mut by_crm: Vec<(CrmSystemWord, Vec<CrmLogEntry>)> = Vec::new();
    for write in log.writes {
        match by_crm.iter_mut().find(|(system, _)| *system == write.system) {
            Some((_, writes)) => writes.push(write),
            None => by_crm.push((write.system.clone(), vec![write])),
        }
    }
    for word in log.deleted_at.keys().map(|word| CrmSystemWord::parse(word)) {
        if by_crm.iter().all(|(system, _)| *system != word) {
            by_crm.push((word, Vec::new()));
        }
    }
    let panel = |(system, writes): (CrmSystemWord, Vec<CrmLogEntry>)| {
        let contact = log.contacts.get(&*system.spelling()).cloned();
        let deleted_at = log.deleted_at.get(&*system.spelling()).copied();
        panel(&system, contact, deleted_at, writes)
    };
    by_crm.into_iter().map(panel).collect()
}

fn panel(
    system: &CrmSystemWord,
    contact: Option<String>,
    deleted_at: Option<Millis>,
    writes: Vec<CrmLogEntry>,
) -> AnyView {
    let id = format!("crm-writes-{system}");
    let title = format!("Written to {}", crm_name(system));
    let contact = contact.map(|contact| view! { <p class="muted">"Contact " <bdi>{contact}</bdi></p> });
    let deleted = deleted_at.map(|at| {
        view! {
            <p class="note">
                {deleted_words(crm_name(system))} " " <TimeAgo at />
            </p>
        }
    });
    view! {
        <section class="panel" aria-labelledby=id.clone()>
            <h2 class="panel-title" id=id.clone()>
                {title}
            </h2>
            {contact}
            {deleted}
            <ol class="changes">{writes.into_iter().map(line).collect::<Vec<_>>()}</ol>
        </section>
    }
    .into_any()
}

fn line(write: CrmLogEntry) -> AnyView {
    let company = write.company.map(|company| view! { <p class="muted">"To the company " <bdi>{company}</bdi></p> });
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
            {company}
            <dl class="facts">{values.collect::<Vec<_>>()}</dl>
        </li>
    }
    .into_any()
}
