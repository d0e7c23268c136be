//! The list of all settings by subject, with a search by words of their fields.

use knock_model::Permission;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::kit::browser::{self, keys};
use crate::kit::reactive::{derived, dynamic, effect, handler};
use crate::parts::form::search_box::SearchBox;
use crate::state::session::use_session;
use crate::words::settings::{Found, GROUPS, Subject, found, found_words};

/// The search field and the links, in the order of the arrow keys.
const STEPS: &str = ".settings-list input, .settings-list a";
const FIRST: &str = ".settings-found a";

/// The groups with the pages that the role may see; while something is typed, the pages that it finds.
#[component]
pub(crate) fn SettingsList(
    /// The address of the shown page.
    current: Signal<String>,
) -> impl IntoView {
    let session = use_session();
    let typed = RwSignal::new(String::new());
    // The page was found.
    effect(move || current.with(|_| typed.set(String::new())));
    let may = move |needs: Permission| session.may(needs);
    let is_searched = derived(move || !typed.with(|typed| typed.trim().is_empty()));
    let results = derived(move || typed.with(|typed| found(typed, may)));
    let said = move || if is_searched.get() { found_words(results.with(Vec::len)) } else { String::new() };
    let shown = move || match is_searched.get() {
        true => found_list(results),
        false => groups(current, may),
    };
    let pressed = move |event: KeyboardEvent| press(&event, typed);
    view! {
        <nav class="settings-list" aria-label="Settings" on:keydown=handler(pressed)>
            <SearchBox label="Search settings" text=typed />
            <p class="muted settings-said" role="status">{derived(said)}</p>
            {dynamic(shown)}
        </nav>
    }
}

/// Arrows move between the field and the links, Enter in the field opens the first result, Escape ends the search.
fn press(event: &KeyboardEvent, typed: RwSignal<String>) {
    let is_searched = typed.with_untracked(|typed| !typed.is_empty());
    let is_done = match &*event.key() {
        "ArrowDown" => keys::focus_beside(STEPS, 1),
        "ArrowUp" => keys::focus_beside(STEPS, -1),
        "Enter" if is_searched && browser::is_plain_enter(event) && keys::is_within(event, "input") => {
            keys::click_first(&[FIRST])
        }
        "Escape" if is_searched => {
            typed.set(String::new());
            keys::focus_first(STEPS)
        }
        _ => false,
    };
    if is_done {
        event.prevent_default();
    }
}

fn groups(current: Signal<String>, may: impl Fn(Permission) -> bool) -> AnyView {
    let group = |(name, pages): &(&'static str, &'static [Subject])| {
        let links: Vec<_> = pages.iter().filter(|page| may(page.needs)).map(|page| link(*page, current)).collect();
        let id = format!("settings-{}", name.split(' ').next().unwrap_or_default());
        (!links.is_empty()).then(|| {
            view! {
                <p class="settings-group" id=id.clone()>{*name}</p>
                <ul aria-labelledby=id.clone()>{links}</ul>
            }
            .into_any()
        })
    };
    GROUPS.iter().filter_map(group).collect::<Vec<_>>().into_any()
}

fn link(page: Subject, current: Signal<String>) -> AnyView {
    let href = page.href();
    let is_shown = derived({
        let href = href.clone();
        move || if current.with(|current| *current == href) { "page" } else { "false" }
    });
    view! {
        <li>
            <a class="settings-name" href=href aria-current=is_shown>
                {page.name}
                {page.is_elsewhere().then(|| view! { <span class="muted" aria-hidden="true">" \u{2197}"</span> })}
            </a>
        </li>
    }
    .into_any()
}

fn found_list(results: Signal<Vec<Found>>) -> AnyView {
    let line = |Found { subject, matching }: Found| {
        view! {
            <li>
                <a class="settings-name" href=subject.href()>
                    {subject.name}
                    <span class="settings-matching">{matching}</span>
                </a>
            </li>
        }
        .into_any()
    };
    let lines = move || results.get().into_iter().map(line).collect::<Vec<_>>();
    view! { <ul class="settings-found" aria-label="Found settings">{dynamic(lines)}</ul> }.into_any()
}
