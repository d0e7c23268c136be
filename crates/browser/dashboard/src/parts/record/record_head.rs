//! The head of a record: score, type and next change.

use knock_model::Millis;
use knock_wire::Intent;
use leptos::prelude::*;

use super::intent_type::IntentTypeMark;
use super::score_badge::ScoreBadge;
use crate::kit::browser;
use crate::kit::clock::use_clock;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::time_ago::TimeAgo;
use crate::words::instant::{exact, iso};
use crate::words::intent::next_change;
use crate::words::number::count;

/// The figures of a contact or an account, in one row.
#[component]
pub(crate) fn RecordHead(
    /// Score and type.
    #[prop(into)]
    intent: Signal<Intent>,
    /// Signals on the timeline.
    #[prop(into)]
    signals: Signal<i64>,
    /// First signal.
    #[prop(into)]
    first_seen: Signal<Millis>,
    /// Last signal.
    #[prop(into)]
    last_seen: Signal<Millis>,
    /// Whether it is a past state: its next change is outdated.
    is_past: bool,
) -> impl IntoView {
    let clock = use_clock();
    move || {
        let intent = intent.get();
        let next = next_change(&intent, clock.now()).filter(|_| !is_past).map(|(words, at)| {
            view! {
                <time class="time next-change" datetime=iso(at) title=exact(browser::local(at))>
                    <IconMark icon=Icon::Falling />
                    {words}
                </time>
            }
        });
        view! {
            <dl class="figures">
                <div class="figure figure-wide">
                    <dt>"Intent score"</dt>
                    <dd><ScoreBadge intent=intent.clone() /> {next}</dd>
                </div>
                <div class="figure">
                    <dt>"Intent type"</dt>
                    <dd><IntentTypeMark intent=intent.clone() /></dd>
                </div>
                <div class="figure">
                    <dt>"Engagement"</dt>
                    <dd>
                        <span class="number">{intent.engagement}</span>
                        <span class="muted">" of 100"</span>
                    </dd>
                </div>
                <div class="figure">
                    <dt>"Signals"</dt>
                    <dd class="number">{count(signals.get())}</dd>
                </div>
                <div class="figure">
                    <dt>"First seen"</dt>
                    <dd><TimeAgo at=first_seen /></dd>
                </div>
                <div class="figure">
                    <dt>"Last seen"</dt>
                    <dd><TimeAgo at=last_seen /></dd>
                </div>
            </dl>
        }
    }
}
