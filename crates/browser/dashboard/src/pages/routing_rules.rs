//! The list of routing rules, by type and level.

use knock_routing::{Funnel, Rule};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::dialog::Dialog;
use crate::parts::page::heading::Heading;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::lazy::lazy;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::parts::rules::created::NewRule;
use crate::parts::rules::rule_card::rule_card;
use crate::state::rules::list::{RuleDialog, Rules};
use crate::words::rule::funnel_plural;
use crate::words::rules::level::Level;
use crate::words::rules::texts::level_words;

lazy!(rules => RoutingRulesPage);

/// The list, and the dialogs that create and delete rules.
#[component]
pub(crate) fn RoutingRulesPage() -> impl IntoView {
    let rules = Rules::start();
    let is_open = derived(move || rules.open.get() != RuleDialog::Nothing);
    view! {
        <div class="page-head">
            <Heading text="Routing Rules" />
            <button class="button button-strong" type="button" on:click=handler(move |_| rules.ask(RuleDialog::Create))>
                <IconMark icon=Icon::Plus />
                "Create New Routing"
            </button>
        </div>
        <p class="lead">
            "How leads are assigned. A chat or a meeting uses the rule of its Knock Link; a link without one uses the default rule."
        </p>
        <p class="muted webhook-said" role="status">
            {rules.said}
        </p>
        <Loaded phase=rules.list.phase retry=move |()| rules.list.load()>
            {[Funnel::Chat, Funnel::Meeting].map(|funnel| of_funnel(rules, funnel)).into_iter().collect::<Vec<_>>()}
        </Loaded>
        <When is=is_open>{dynamic(move || question(rules))}</When>
    }
}

fn of_funnel(rules: Rules, funnel: Funnel) -> AnyView {
    let (id, title) = (format!("rules-{}", funnel.as_str()), format!("rules-{}", funnel.as_str()));
    let levels = Level::ALL.map(|level| at_level(rules, funnel, level));
    view! {
        <section class="rule-funnel" aria-labelledby=id>
            <h2 class="panel-title" id=title>
                {funnel_plural(funnel)}
            </h2>
            {levels.into_iter().collect::<Vec<_>>()}
        </section>
    }
    .into_any()
}

fn at_level(rules: Rules, funnel: Funnel, level: Level) -> AnyView {
    let (title, meaning) = level_words(level);
    let lines = move || {
        let lines = rules.at(funnel, level);
        if lines.is_empty() {
            return view! { <p class="muted">"None."</p> }.into_any();
        }
        view! {
            <ul class="rule-lines">{lines.iter().map(|line| rule_card(rules, level, line)).collect::<Vec<_>>()}</ul>
        }
        .into_any()
    };
    view! {
        <div class="rule-level">
            <h3 class="step-name">{title}</h3>
            <p class="field-hint">{meaning}</p>
            {dynamic(lines)}
        </div>
    }
    .into_any()
}

fn question(rules: Rules) -> AnyView {
    match rules.open.get_untracked() {
        RuleDialog::Nothing => ().into_any(),
        RuleDialog::Create => view! { <Create rules /> }.into_any(),
        RuleDialog::Delete(rule) => view! { <Delete rules rule /> }.into_any(),
    }
}

#[component]
fn Create(rules: Rules) -> impl IntoView {
    let navigate = StoredValue::new(use_navigate());
    let confirmed = move |()| {
        let navigate = navigate.get_value();
        rules.create(move |id| navigate(&format!("/app/routing-rules/{id}"), NavigateOptions::default()));
    };
    view! {
        <Dialog
            title="Create New Routing"
            confirm="Create"
            is_busy=rules.is_busy
            failure=derived(move || rules.unplaced())
            confirmed
            closed=move |()| rules.open.set(RuleDialog::Nothing)
        >
            <NewRule rules />
        </Dialog>
    }
}

#[component]
fn Delete(rules: Rules, rule: Rule) -> impl IntoView {
    let (name, rule) = (rule.name.clone(), StoredValue::new(rule));
    view! {
        <Dialog
            title="Delete this routing rule?"
            confirm="Delete"
            is_busy=rules.is_busy
            failure=rules.failure
            confirmed=move |()| rules.delete(rule.get_value())
            closed=move |()| rules.open.set(RuleDialog::Nothing)
        >
            <p><bdi>{name}</bdi> " can no longer be given to links. Its versions and decisions stay on record."</p>
        </Dialog>
    }
}
