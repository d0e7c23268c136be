//! The Contacts table.

use knock_model::{LeadId, Millis};
use knock_wire::{ContactRow, Word};
use leptos::prelude::*;

use super::contact_links::phone_link;
use super::intent_type::IntentTypeMark;
use super::score_badge::ScoreBadge;
use crate::kit::reactive::{derived, dynamic, memo};
use crate::kit::rows::Rows;
use crate::parts::page::lines::Lines;
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::table::TableTools;
use crate::parts::table::columns::{Column, Columns};
use crate::parts::table::sort_head::sort_head;
use crate::words::number::count;
use crate::words::signal::bare_path;

/// Contacts, a line each; with `tools`, columns, order and selection can be chosen.
#[component]
pub(crate) fn ContactTable(
    rows: Rows<ContactRow>,
    /// The controls of the table, if it is a page of its own.
    #[prop(default = None)]
    tools: Option<TableTools>,
) -> impl IntoView {
    let columns = memo(move || {
        let names = tools.map(|tools| tools.state.columns().get()).unwrap_or_default();
        Columns::CONTACTS.shown(&names)
    });
    let state = move || tools.map(|tools| tools.state).filter(|state| state.instant().is_none());
    let heads = move || {
        let state = state();
        let columns = std::iter::once(Columns::CONTACTS.main).chain(columns.get());
        columns.map(|column| sort_head(column, state)).collect::<Vec<_>>()
    };
    view! {
        <div class="table-region" role="region" aria-label="Contacts" tabindex="0">
            <table class="table">
                <thead>
                    <tr>
                        {tools.map(|tools| view! { <SelectAll rows tools /> })}
                        {dynamic(heads)}
                    </tr>
                </thead>
                <tbody>
                    <Lines
                        of=derived(move || rows.drawn(move |contact| view! { <Line contact columns tools /> }.into_any()))
                    />
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn SelectAll(rows: Rows<ContactRow>, tools: TableTools) -> impl IntoView {
    let chosen = tools.chosen;
    let is_all = derived(move || {
        rows.follow();
        let all = rows.values();
        !all.is_empty() && chosen.with(|chosen| all.iter().all(|contact| chosen.contains(&contact.id)))
    });
    let choose = move |is_chosen: bool| {
        let all = rows.values();
        chosen.update(|chosen| {
            chosen.clear();
            chosen.extend(all.iter().filter(|_| is_chosen).map(|contact| contact.id));
        });
    };
    view! {
        <th scope="col" class="cell-select">
            <input
                type="checkbox"
                aria-label="Select all contacts that are loaded"
                prop:checked=is_all
                on:change:target=move |event| choose(event.target().checked())
            />
        </th>
    }
}

#[component]
fn Select(id: LeadId, name: String, tools: TableTools) -> impl IntoView {
    let chosen = tools.chosen;
    let is_chosen = derived(move || chosen.with(|chosen| chosen.contains(&id)));
    let choose = move |is_chosen: bool| {
        chosen.update(|chosen| {
            if is_chosen {
                chosen.insert(id);
            } else {
                chosen.remove(&id);
            }
        });
    };
    view! {
        <td class="cell-select">
            <input
                class="over"
                type="checkbox"
                aria-label=format!("Select {name}")
                prop:checked=is_chosen
                on:change:target=move |event| choose(event.target().checked())
            />
        </td>
    }
}

#[component]
fn Line(contact: Signal<ContactRow>, columns: Memo<Vec<Column>>, tools: Option<TableTools>) -> impl IntoView {
    move || {
        let contact = contact.get();
        let (id, name) = (contact.id, contact.display_name.clone());
        let beside = Some(contact.email.clone()).filter(|email| !email.is_empty() && *email != name);
        let beside = beside.map(|email| view! { <bdi class="cell-beside">{email}</bdi> });
        let select = tools.map(|tools| view! { <Select id name=name.clone() tools /> });
        let cells = columns.get().into_iter().map(|column| cell(&contact, column)).collect::<Vec<_>>();
        view! {
            <tr class="line">
                {select}
                <td class="cell-main">
                    <a class="line-link" href=format!("/app/contacts/{id}")>
                        <bdi>{name}</bdi>
                    </a>
                    {beside}
                </td>
                {cells}
            </tr>
        }
    }
}

fn cell(contact: &ContactRow, column: Column) -> AnyView {
    let Column { name, label, .. } = column;
    let text = |text: &str| view! { <bdi>{text.to_owned()}</bdi> }.into_any();
    let (attribution, progress) = (&contact.attribution, &contact.progress);
    let instant = |at: Option<Millis>| at.map(|at| view! { <TimeAgo at /> }).into_any();
    let shown = match name {
        "name" => text(&contact.name),
        "account" => contact
            .account
            .clone()
            .map(|account| {
                view! {
                    <a class="link over" href=format!("/app/accounts/{}", account.id)>
                        <bdi>{account.domain}</bdi>
                    </a>
                }
            })
            .into_any(),
        "company" => text(&contact.company),
        "phone" if contact.phone.is_empty() => text(""),
        "phone" => view! { <span class="over">{phone_link(&contact.phone)}</span> }.into_any(),
        "score" => view! { <ScoreBadge intent=contact.intent.clone() /> }.into_any(),
        "type" => view! { <IntentTypeMark intent=contact.intent.clone() /> }.into_any(),
        "owner" => text(&progress.owner_name),
        "chat_status" => text(&progress.chat_status.spelling()),
        "meeting_status" => text(&progress.meeting_status.as_ref().map(Word::spelling).unwrap_or_default()),
        "deal" => instant(progress.deal_opened_at),
        "reject_reason" => text(&progress.reject_reason),
        "last_reply" => instant(progress.last_reply_at),
        "last_message" => instant(progress.last_message_at),
        "channel" => text(&attribution.channel),
        "source" => text(&attribution.source),
        "campaign" => text(&attribution.campaign),
        "landing_page" => text(bare_path(&attribution.landing_page)),
        "signals" => view! { <span>{count(contact.signals)}</span> }.into_any(),
        "first_seen" => view! { <TimeAgo at=contact.first_seen_at /> }.into_any(),
        _ => view! { <TimeAgo at=contact.last_seen_at /> }.into_any(),
    };
    view! {
        <td data-label=label class=if column.is_number() { "number" } else { "" }>
            {shown}
        </td>
    }
    .into_any()
}
