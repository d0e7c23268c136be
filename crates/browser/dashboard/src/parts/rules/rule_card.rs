//! A rule of the list: its use and its actions.

use leptos::prelude::*;

use crate::kit::reactive::handler;
use crate::parts::page::time_ago::TimeAgo;
use crate::state::rules::list::{RuleDialog, RuleLine, Rules, segment_count};
use crate::words::number::counted;
use crate::words::rules::level::Level;
use crate::words::rules::texts::uses_words;

/// A card; names come from persons and are shown as text.
pub(crate) fn rule_card(rules: Rules, level: Level, line: &RuleLine) -> AnyView {
    let rule = line.rule.clone();
    let title = format!("rule-{}", rule.id);
    let href = format!("/app/routing-rules/{}", rule.id);
    let (name, of, id) = (rule.name.clone(), rule.name.clone(), title.clone());
    let off = (!rule.enabled && !rule.is_default).then(|| view! { <span class="badge badge-low">"Off"</span> });
    let saved = line.of_use.clone().map(|known| {
        let by = known.saved_by.map(|name| view! { " by " <bdi>{name}</bdi> });
        view! { <dt>"Saved"</dt> <dd><TimeAgo at=known.saved_at /> {by} {format!(", version {}", rule.version)}</dd> }
    });
    let leads = line.of_use.as_ref().map(|known| {
        view! { <dt>"Leads of 30 days"</dt> <dd>{known.leads_30_days}</dd> }
    });
    let links = line.of_use.as_ref().map(|known| known.links.as_slice()).unwrap_or_default();
    let used = uses_words(level, rule.funnel(), links);
    let segments = counted(i64::try_from(segment_count(&rule)).unwrap_or(i64::MAX), "segment");
    let delete = (!rule.is_default).then(|| {
        let ask = move |_| rules.ask(RuleDialog::Delete(rule.clone()));
        view! {
            <button class="button" type="button" on:click=handler(ask)>
                "Delete"
                <span class="unseen">" " <bdi>{of}</bdi></span>
            </button>
        }
    });
    view! {
        <li>
            <article class="panel webhook" aria-labelledby=title>
                <header class="webhook-head">
                    <h4 class="webhook-url" id=id>
                        <a class="link" href=href>
                            <bdi>{name}</bdi>
                        </a>
                    </h4>
                    {off}
                </header>
                <dl class="site-facts">
                    <dt>"Used by"</dt>
                    <dd>{used}</dd>
                    <dt>"Made of"</dt>
                    <dd>{segments} " and the Fallback Segment"</dd>
                    {leads} {saved}
                </dl>
                <div class="webhook-actions">{delete}</div>
            </article>
        </li>
    }
    .into_any()
}
