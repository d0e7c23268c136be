//! Leads with a refused address, which a member can mark as not spam.

use futures_util::FutureExt;
use knock_wire::MeetingLeadRow;
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::changing::one_at_a_time;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::kit::rows::Rows;
use crate::parts::form::dialog::Dialog;
use crate::parts::page::lines::Lines;
use crate::parts::page::time_ago::TimeAgo;
use crate::state::meetings::MeetingLine;
use crate::state::session::use_session;

/// The lead to confirm as not spam.
type Pardoned = RwSignal<Option<MeetingLeadRow>>;

/// Leads in Meeting Status Spam, a line each.
#[component]
pub(crate) fn SpamTable(
    rows: Rows<MeetingLine>,
    /// Gets the lead whose button was pressed.
    pardoned: Pardoned,
) -> impl IntoView {
    view! {
        <div class="table-region" role="region" aria-label="Spam" tabindex="0">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">"Lead"</th>
                        <th scope="col">"Refused address"</th>
                        <th scope="col" class="number">"Last active"</th>
                        <th scope="col"><span class="unseen">"Actions"</span></th>
                    </tr>
                </thead>
                <tbody>
                    <Lines of=derived(move || rows.drawn(move |row| view! { <Line row pardoned /> }.into_any())) />
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(row: Signal<MeetingLine>, pardoned: Pardoned) -> impl IntoView {
    move || {
        let MeetingLine::Lead(lead) = row.get() else { return None };
        let MeetingLeadRow { lead: id, name, refused_email, active_at, .. } = lead.clone();
        let of = refused_email.clone();
        Some(view! {
            <tr class="line">
                <td class="cell-main">
                    <a class="line-link" href=format!("/app/contacts/{id}")>
                        <bdi>{name}</bdi>
                    </a>
                </td>
                <td data-label="Refused address"><bdi>{refused_email}</bdi></td>
                <td data-label="Last active" class="number"><TimeAgo at=active_at /></td>
                <td class="number">
                    <button
                        class="button over"
                        type="button"
                        on:click=handler(move |_| pardoned.set(Some(lead.clone())))
                    >
                        "Not spam"
                        <span class="unseen">" " <bdi>{of}</bdi></span>
                    </button>
                </td>
            </tr>
        })
    }
}

/// The confirmation that a lead is not spam.
#[component]
pub(crate) fn NotSpamQuestion(
    /// The lead to confirm.
    pardoned: Pardoned,
    /// Called after it is marked.
    #[prop(into)]
    done: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let (is_busy, failure, said) = (RwSignal::new(false), RwSignal::new(None::<Failure>), RwSignal::new(String::new()));
    let confirmed = move |()| {
        let Some(lead) = pardoned.get_untracked() else { return };
        let client = session.client();
        let work = async move { client.not_spam(lead.lead).await };
        let ended = move |refused: Option<Failure>| match refused {
            // Already marked by another member: it is no longer in the list.
            None | Some(Failure::NotFound) => {
                pardoned.set(None);
                said.set(format!("{} can book a meeting now.", lead.refused_email));
                done.run(());
            }
            refused => failure.set(refused),
        };
        one_at_a_time(is_busy, failure, work.boxed_local(), Box::new(ended));
    };
    view! {
        <p class="muted" role="status">{said}</p>
        {dynamic(move || {
            pardoned.get().map(|lead| {
                view! {
                    <Dialog
                        title="Mark this lead as not spam?"
                        confirm="Not spam"
                        is_busy
                        failure
                        confirmed
                        closed=move |()| {
                            pardoned.set(None);
                            failure.set(None);
                        }
                    >
                        <p>
                            <bdi>{lead.refused_email}</bdi>
                            " is treated as an address that meets the criteria: Meeting Status becomes New, and the lead can book."
                        </p>
                    </Dialog>
                }
            })
        })}
    }
}
