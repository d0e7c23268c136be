//! The what-if: the rule in the form applied to the leads of the last days.

use futures_util::FutureExt;
use knock_routing::Rule;
use knock_wire::{WhatIf, WhatIfAsk, WhatIfChange};
use leptos::prelude::*;

use super::controls::{labelled_choice, panel};
use crate::api::Failure;
use crate::kit::changing::one_at_a_time;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::table::condition_line::option;
use crate::state::rules::form::{DAYS, RuleForm};
use crate::words::number::{count, counted};
use crate::words::rule::because_words;

/// The largest number of listed leads.
const MOST_SHOWN: usize = 50;

/// A run of what-if, and its draft.
#[derive(Clone, PartialEq)]
struct Run {
    rule: Rule,
    answer: WhatIf,
}

/// The choice of days and links, and the changed decisions.
#[component]
pub(crate) fn WhatIfPanel(form: RuleForm) -> impl IntoView {
    let (days, link) = (RwSignal::new(DAYS), RwSignal::new(String::new()));
    let (is_busy, failure, run) = (RwSignal::new(false), RwSignal::new(None::<Failure>), RwSignal::new(None::<Run>));
    let ask = move |_| {
        let Ok(rule) = form.rule.get_untracked() else { return };
        let links = Some(link.get_untracked()).filter(|link| !link.is_empty()).into_iter().collect();
        let (client, asked) = (form.session.client(), WhatIfAsk { rule, days: days.get_untracked(), links });
        let work = async move {
            let answer = client.what_if(&asked).await?;
            run.try_set(Some(Run { rule: asked.rule, answer }));
            Ok(())
        };
        one_at_a_time(is_busy, failure, work.boxed_local(), Box::new(move |wrong| failure.set(wrong)));
    };
    let lengths = derived(move || {
        [7, 14, 30, 90]
            .map(|known: u32| option(&known.to_string(), &format!("{known} days"), known == days.get()))
            .concat()
    });
    let links = derived(move || {
        let chosen = link.get();
        let of_links = form
            .links
            .with(|links| links.iter().map(|one| option(&one.slug, &one.name, one.slug == chosen)).collect::<String>());
        option("", "No other link", chosen.is_empty()) + &of_links
    });
    let is_off = derived(move || is_busy.get() || form.rule.with(Result::is_err));
    let is_stale = move || {
        let current = form.rule.get().ok();
        run.with(|run| run.as_ref().is_some_and(|run| Some(&run.rule) != current.as_ref()))
    };
    let body = view! {
        <p class="field-hint">"Runs the rule in the form over past leads. Nothing is written."</p>
        <div class="target">
            {labelled_choice("what-if-days", "Leads of the last", lengths, Box::new(move |word| days.set(word.parse().unwrap_or(DAYS))))}
            {labelled_choice("what-if-link", "As if it were also given to", links, Box::new(move |slug| link.set(slug)))}
        </div>
        <button class="button" type="button" prop:disabled=is_off on:click=handler(ask)>
            {derived(move || if is_busy.get() { "Running\u{2026}" } else { "Run what-if" })}
        </button>
        <ActionFailure of=failure />
        <div class="what-if" role="status" aria-label="Result of what-if">
            {dynamic(move || is_stale().then(|| view! { <p class="note">"The form has changed since: run it again."</p> }))}
            {dynamic(move || run.get().map(|run| shown(&run.answer)))}
        </div>
    };
    panel("what-if", "What-if", body.into_any())
}

fn shown(answer: &WhatIf) -> AnyView {
    let length = |items: usize| i64::try_from(items).unwrap_or(i64::MAX);
    let (listed, all) = (length(answer.changed.len().min(MOST_SHOWN)), i64::from(answer.decisions));
    // An earlier server lists all changes and does not count them.
    let changed = i64::from(answer.changed_count).max(length(answer.changed.len()));
    let head = format!("{} of {} would have gone elsewhere.", count(changed), counted(all, "lead"));
    let cut = answer
        .is_cut
        .then(|| view! { <p class="field-hint">"There are more leads than the limit; the newest are left out."</p> });
    let names = answer.before.keys().chain(answer.after.keys().filter(|name| !answer.before.contains_key(*name)));
    let line = |name: &String| {
        let leads = |of: &std::collections::BTreeMap<String, u32>| of.get(name).copied().unwrap_or_default();
        view! {
            <tr>
                <th scope="row">
                    <bdi>{name.clone()}</bdi>
                </th>
                <td class="number">{leads(&answer.before)}</td>
                <td class="number">{leads(&answer.after)}</td>
            </tr>
        }
        .into_any()
    };
    let table = (all > 0).then(|| {
        view! {
            <div class="table-region" role="region" aria-label="Leads before and after" tabindex="0">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"Assignee"</th>
                            <th scope="col" class="number">"Before"</th>
                            <th scope="col" class="number">"After"</th>
                        </tr>
                    </thead>
                    <tbody>{names.map(line).collect_view()}</tbody>
                </table>
            </div>
        }
    });
    let more =
        (changed > listed).then(|| view! { <p class="muted">{format!("And {} more.", count(changed - listed))}</p> });
    view! {
        <p>
            <strong>{head}</strong>
        </p>
        {cut} {table} <ol class="path" aria-label="Leads that would have gone elsewhere">
            {answer.changed.iter().take(MOST_SHOWN).map(change).collect_view()}
        </ol> {more}
    }
    .into_any()
}

fn change(change: &WhatIfChange) -> AnyView {
    let name = change
        .contact
        .as_ref()
        .map_or_else(|| "A lead without an address".to_owned(), |contact| contact.display_name.clone());
    let why = change.why.iter().flat_map(|why| {
        let segment = why.segment.clone();
        why.because.iter().map(move |because| format!("{segment}: {}", because_words(because)))
    });
    let why: Vec<AnyView> = why.map(|words| view! { <li>{words}</li> }.into_any()).collect();
    view! {
        <li class="path-step">
            <p>
                <bdi class="known-name">{name}</bdi>
                " "
                <TimeAgo at=change.was.at />
            </p>
            <p>
                <bdi>{change.was.assignee.clone()}</bdi>
                " \u{2192} "
                <bdi>{change.would.assignee.clone()}</bdi>
                <span class="muted">" by " <bdi>{change.would.segment.clone()}</bdi></span>
            </p>
            <ul class="rule-changes">{why}</ul>
        </li>
    }
    .into_any()
}
