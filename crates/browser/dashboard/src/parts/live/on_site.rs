//! The list of the people who are on a site now.

use leptos::ev::{FocusEvent, PointerEvent};
use leptos::html::Ul;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::filter_bar::{FilterBar, Filtering};
use super::visit_line::VisitLine;
use super::write_dialog::WriteDialog;
use crate::kit::browser;
use crate::kit::debounce::Debounce;
use crate::kit::paged::Phase;
use crate::kit::reactive::{derived, effect, handler, memo};
use crate::parts::page::demo_link::DemoLink;
use crate::parts::page::empty::Empty;
use crate::parts::page::icon::Icon;
use crate::parts::page::lines::Lines;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::state::visits::inviting::Inviting;
use crate::state::visits::list::OnSite;
use crate::words::number::count as number;
use crate::words::visit_filter::VisitFilter;

/// The delay of a search after the last key.
const TYPING_MS: u64 = 250;

/// Filter, list, and the dialog for the message to one of them. `count` is set to the number of them without a filter.
#[component]
pub(crate) fn OnSiteList(count: RwSignal<String>) -> impl IntoView {
    let query = use_query_map();
    let filter = memo(move || query.with(|query| VisitFilter::read(|name| query.get(name))));
    let search = RwSignal::new(String::new());
    let on_site = OnSite::start(filter, search);
    let go = use_navigate();
    let filtering = Filtering::start(on_site, move |address| {
        go(address, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
    });
    let inviting = Inviting::new(on_site);
    let searching = Debounce::new(TYPING_MS, move || on_site.search_anew());
    Effect::new(move |before: Option<()>| {
        search.track();
        if before.is_some() {
            searching.ask();
        }
    });
    effect(move || count.set(count_words(on_site)));
    view! {
        <p class="lead">"The people who have a page of your sites open, the last to come first."</p>
        <FilterBar filtering />
        <p class="visits-outcome" role="status">{inviting.outcome}</p>
        <VisitLines on_site filtering inviting />
        <WriteDialog inviting />
    }
}

/// The number of visitors on a site; empty while it is not known.
fn count_words(on_site: OnSite) -> String {
    if on_site.is_narrow() || on_site.list.phase.get() != Phase::Ready {
        return String::new();
    }
    let shown = number(i64::try_from(on_site.list.rows.count()).unwrap_or(i64::MAX));
    if on_site.has_more.get() { shown + "+" } else { shown }
}

#[component]
fn VisitLines(on_site: OnSite, filtering: Filtering, inviting: Inviting) -> impl IntoView {
    let (list, has_more) = (on_site.list, on_site.has_more);
    let draw = move || list.rows.drawn(move |row| view! { <VisitLine row filtering inviting /> }.into_any());
    view! {
        <When is=derived(move || on_site.is_behind.get())>
            <div class="new-rows">
                <button class="button button-strong" type="button" on:click=handler(move |_| on_site.settle())>
                    "Show what changed"
                </button>
            </div>
        </When>
        <Loaded phase=list.phase retry=move |()| list.start()>
            <When
                is=derived(move || !list.rows.is_empty())
                fallback=move || view! { <NoOneHere on_site filtering /> }
            >
                <HeldLines on_site lines=derived(draw) />
                <When is=has_more>
                    <p class="more muted">"There are more: the filter and the search find them."</p>
                </When>
            </When>
        </Loaded>
    }
}

/// The lines, which stay in their places under the pointer and under the keyboard focus.
#[component]
fn HeldLines(on_site: OnSite, lines: Signal<Vec<crate::kit::rows::Drawn>>) -> impl IntoView {
    let list = NodeRef::<Ul>::new();
    let is_pointed = StoredValue::new(false);
    let has_focus = move || list.try_get_untracked().flatten().is_some_and(|list| browser::holds_focus(&list));
    // A finger lifted from the screen points at no line.
    let pointed = move |event: PointerEvent| {
        if event.pointer_type() == "mouse" && !is_pointed.get_value() {
            is_pointed.set_value(true);
            on_site.hold(true);
        }
    };
    let left = move |_| {
        is_pointed.set_value(false);
        on_site.hold(has_focus());
    };
    let blurred = move |event: FocusEvent| {
        let stays = list.get_untracked().is_some_and(|list| browser::holds(&list, event.related_target()));
        on_site.hold(stays || is_pointed.get_value());
    };
    view! {
        <ul
            class="visits"
            aria-label="On the site"
            node_ref=list
            on:pointermove=handler(pointed)
            on:pointerleave=handler(left)
            on:focusin=handler(move |_| on_site.hold(true))
            on:focusout=handler(blurred)
        >
            <Lines of=lines />
        </ul>
    }
}

#[component]
fn NoOneHere(on_site: OnSite, filtering: Filtering) -> impl IntoView {
    let narrow = move || {
        view! {
            <Empty title="No visitor fits" icon=Icon::Search>
                <p>"Others may be on the site now."</p>
                <button class="button" type="button" on:click=handler(move |_| filtering.clear())>
                    "Clear filter and search"
                </button>
            </Empty>
        }
        .into_any()
    };
    let empty = || {
        view! {
            <Empty title="No one is on the site now" icon=Icon::Live>
                <p>
                    "Visitors appear here while they have a page open, also those without a name."
                    <DemoLink before=" To see yourself, open the " after="." />
                </p>
            </Empty>
        }
        .into_any()
    };
    move || if on_site.is_narrow() { narrow() } else { empty() }
}
