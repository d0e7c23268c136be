//! Fairness of the pools of a rule.

use futures_util::FutureExt;
use knock_wire::{Fairness, PoolFairness, RepFairness};
use leptos::prelude::*;

use super::controls::panel;
use crate::kit::reactive::{dynamic, effect};
use crate::kit::single::Single;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::time_ago::TimeAgo;
use crate::state::rules::form::{DAYS, RuleForm};
use crate::words::availability::rep_state_label;
use crate::words::rule::skip_counts;

/// A table for each pool of the newest version; nothing without pools.
#[component]
pub(crate) fn FairnessPanel(form: RuleForm) -> impl IntoView {
    let fairness = Single::new(move || {
        let (client, id) = (form.session.client(), form.draft.with_untracked(|draft| draft.id.clone()));
        async move { client.fairness(&id, DAYS).await }.boxed_local()
    });
    effect(move || {
        // Each version may have other pools.
        form.versions.value.track();
        fairness.load();
    });
    let body = view! {
        <p class="field-hint">
            "The last 30 days of the current version. The longest wait is next; members who are away, outside working hours or at capacity are skipped."
        </p>
        <Loaded phase=fairness.phase retry=move |()| fairness.load()>
            {dynamic(move || fairness.value.get().map(|found| tables(&found)))}
        </Loaded>
    };
    panel("fairness", "Fairness of pools", body.into_any())
}

fn tables(found: &Fairness) -> AnyView {
    if found.pools.is_empty() {
        return view! { <p class="muted">"The current version has no pool."</p> }.into_any();
    }
    found.pools.iter().map(table).collect_view().into_any()
}

fn table(pool: &PoolFairness) -> AnyView {
    let label = format!("Pool of {}", pool.name);
    view! {
        <div class="table-region" role="region" aria-label=label.clone() tabindex="0">
            <table class="table">
                <caption class="pool-caption">
                    <bdi>{pool.name.clone()}</bdi>
                </caption>
                <thead>
                    <tr>
                        <th scope="col">"Member"</th>
                        <th scope="col">"State"</th>
                        <th scope="col" class="number">"Turns"</th>
                        <th scope="col">"Passed over"</th>
                        <th scope="col" class="number">"Active chats"</th>
                        <th scope="col">"Last turn"</th>
                    </tr>
                </thead>
                <tbody>{pool.reps.iter().map(line).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn line(rep: &RepFairness) -> AnyView {
    let next = rep.is_next.then(|| view! { " " <span class="badge badge-high">"Next"</span> });
    let left = (!rep.is_in_pool).then(|| view! { " " <span class="muted">"no longer in the pool"</span> });
    let last = match rep.last_at {
        Some(at) => view! { <TimeAgo at /> }.into_any(),
        None => "none".into_any(),
    };
    view! {
        <tr>
            <th scope="row">
                <bdi>{rep.name.clone()}</bdi>
                {next} {left}
            </th>
            <td>{rep_state_label(&rep.state)}</td>
            <td class="number">{rep.turns}</td>
            <td>{skip_counts(&rep.skipped)}</td>
            <td class="number">{rep.open_chats}</td>
            <td>{last}</td>
        </tr>
    }
    .into_any()
}
