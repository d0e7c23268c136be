//! The snippet with the steps of each system, in tabs, and the same as a mail to a developer.

use knock_wire::Site;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::copy_line::CopyLine;
use crate::parts::page::when::When;
use crate::words::guide::{CONSENT_CALL, SYSTEMS, developer_subject, developer_text, guide};

/// One tab for each system: its code and its steps.
#[component]
pub(crate) fn Guides(site: Signal<Site>) -> impl IntoView {
    let key = StoredValue::new(site.with_untracked(|site| site.key.clone()));
    let chosen = RwSignal::new(0);
    let code = derived(move || site.with(|site| guide(chosen.get(), site).code));
    let label = derived(move || site.with(|site| format!("Snippet of {}", site.name)));
    let steps = move || {
        let steps = site.with(|site| guide(chosen.get(), site).steps);
        steps.into_iter().map(|step| view! { <li>{step}</li> }.into_any()).collect_view()
    };
    let consent_label = derived(move || site.with(|site| format!("Consent call of {}", site.name)));
    let panel = format!("guide-{}", key.get_value());
    view! {
        <div class="guides">
            <Tabs key chosen />
            <div
                class="guide"
                role="tabpanel"
                id=panel
                aria-labelledby=derived(move || tab_id(&key.get_value(), chosen.get()))
            >
                <ol class="guide-steps">{dynamic(steps)}</ol>
                <div class="snippet">
                    <CopyLine text=code label role="group" />
                </div>
                <When is=derived(move || site.with(|site| site.waits_for_consent))>
                    <p class="guide-consent">"It waits for consent. Call this once the visitor has agreed:"</p>
                    <div class="snippet">
                        <CopyLine text=Signal::stored(CONSENT_CALL.to_owned()) label=consent_label role="group" />
                    </div>
                </When>
            </div>
        </div>
        <ForDeveloper site chosen />
    }
}

fn tab_id(key: &str, place: usize) -> String {
    format!("guide-{key}-{place}")
}

/// The tabs: only the current one is in the tab order, the arrow keys move to the others.
#[component]
fn Tabs(key: StoredValue<String>, chosen: RwSignal<usize>) -> impl IntoView {
    let tab = move |(place, name): (usize, &'static str)| {
        let is_chosen = move || chosen.get() == place;
        view! {
            <button
                class="guide-tab"
                type="button"
                role="tab"
                id=tab_id(&key.get_value(), place)
                aria-controls=format!("guide-{}", key.get_value())
                aria-selected=derived(move || is_chosen().to_string())
                tabindex=derived(move || if is_chosen() { "0" } else { "-1" })
                on:click=handler(move |_| chosen.set(place))
            >
                {name}
            </button>
        }
        .into_any()
    };
    let pressed = move |event: KeyboardEvent| {
        let Some(next) = moved(&event.key(), chosen.get_untracked()) else { return };
        event.prevent_default();
        chosen.set(next);
        browser::focus_on(&tab_id(&key.get_value(), next));
    };
    view! {
        <div class="guide-tabs" role="tablist" aria-label="Where the site is made" on:keydown=handler(pressed)>
            {SYSTEMS.into_iter().enumerate().map(tab).collect_view()}
        </div>
    }
}

/// The tab to which a key moves; it wraps around at both ends.
fn moved(key: &str, from: usize) -> Option<usize> {
    let last = SYSTEMS.len() - 1;
    match key {
        "ArrowRight" => Some(if from == last { 0 } else { from + 1 }),
        "ArrowLeft" => Some(from.checked_sub(1).unwrap_or(last)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

/// The guide as a text for a developer: a mail draft, or copied.
#[component]
fn ForDeveloper(site: Signal<Site>, chosen: RwSignal<usize>) -> impl IntoView {
    let text = derived(move || site.with(|site| developer_text(chosen.get(), site)));
    let label = derived(move || site.with(|site| format!("Text for the developer of {}", site.name)));
    let draft = move || {
        let subject = site.with(developer_subject);
        // Lines of a mail end with CR LF.
        let body = text.get().replace('\n', "\r\n");
        format!("mailto:?subject={}&body={}", browser::encoded(&subject), browser::encoded(&body))
    };
    view! {
        <details class="snippet-pinned for-developer">
            <summary>"Send this to a developer"</summary>
            <div class="snippet snippet-text">
                <CopyLine text label role="group" />
                <a class="button" href=derived(draft) rel="external">
                    "Write a mail"
                </a>
            </div>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn the_arrow_keys_lead_around() {
        let last = SYSTEMS.len() - 1;
        for (key, from, expected) in [
            ("ArrowRight", 0, Some(1)),
            ("ArrowRight", last, Some(0)),
            ("ArrowLeft", 0, Some(last)),
            ("ArrowLeft", 2, Some(1)),
            ("Home", 3, Some(0)),
            ("End", 0, Some(last)),
            ("Tab", 0, None),
        ] {
            assert_eq!(moved(key, from), expected, "{key} {from}");
        }
    }
}
