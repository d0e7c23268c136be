//! The filter of the inbox: a menu of its parts, the order, and the chosen parts above the list.

use knock_status::chat::InboxOrder;
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::browser::keys;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::page::when::When;
use crate::parts::table::condition_line::option;
use crate::parts::table::menu::Menu;
use crate::parts::table::views_menu::SaveViewForm;
use crate::state::inbox::filtering::Filtering;
use crate::state::records::saved_views::SavedViews;
use crate::words::inbox_filter::{
    Chip, LANGUAGE, Labelled, Names, ON_SITE, ORDER, OWNER, SCORE, SITE, TAG, TYPE, WAITING, YES, languages,
    order_words, owners, scores, sites, statuses, tags, types,
};

/// The id of the menu.
const MENU: &str = "inbox-filter";
/// Its button, which takes the focus of a removed chip.
const BUTTON: &str = ".inbox-tools .button";

/// The menu of the filter, and the order.
#[component]
pub(crate) fn FilterBar(filtering: Filtering) -> impl IntoView {
    let count = derived(move || match filtering.chips().len() {
        0 => "Filter".to_owned(),
        count => format!("Filter ({count})"),
    });
    let order = derived(move || {
        let chosen = filtering.value(ORDER);
        let all = InboxOrder::ALL.iter();
        all.map(|order| option(order.as_str(), order_words(*order), order.as_str() == chosen)).collect::<String>()
    });
    let usual = InboxOrder::default().as_str();
    let set_order = move |order: String| filtering.set(ORDER, if order == usual { "" } else { &order });
    // Its fields are there once they are looked for.
    let is_opened = RwSignal::new(false);
    let pressed = move |()| {
        is_opened.set(true);
        filtering.load_choices();
    };
    view! {
        <div class="inbox-tools">
            <Menu id=MENU label=count pressed>
                <When is=is_opened>
                    <FilterFields filtering />
                </When>
            </Menu>
            <select
                class="input table-choice"
                aria-label="Order"
                inner_html=order
                on:change:target=move |event| set_order(event.target().value())
            ></select>
        </div>
    }
}

#[component]
fn FilterFields(filtering: Filtering) -> impl IntoView {
    let of = move |all: fn(&Names) -> Vec<Labelled>| derived(move || filtering.names.with(all));
    let has_tags = derived(move || filtering.names.with(|names| !names.tags.is_empty()));
    let has_sites = derived(move || filtering.names.with(|names| names.sites.len() > 1));
    let status = move |status: &'static str| {
        view! {
            <label class="menu-choice">
                <input
                    type="checkbox"
                    prop:checked=derived(move || filtering.has_status(status))
                    on:change:target=move |event| filtering.set_status(status, event.target().checked())
                />
                <span>{status}</span>
            </label>
        }
        .into_any()
    };
    view! {
        {flag(filtering, WAITING, "Waiting")}
        {flag(filtering, ON_SITE, "On the site now")}
        {field(filtering, OWNER, "Owner", "Any owner", of(owners))}
        {field(filtering, TYPE, "Intent type", "Every type", of(|_| types()))}
        {field(filtering, SCORE, "Intent score", "Every score", of(|_| scores()))}
        <When is=has_tags>{move || field(filtering, TAG, "Tag", "With and without tags", of(tags))}</When>
        <When is=has_sites>{move || field(filtering, SITE, "Site", "Every site", of(sites))}</When>
        {field(filtering, LANGUAGE, "Language", "Every language", of(|_| languages()))}
        <fieldset class="menu-group">
            <legend class="field-label">"Chat Status"</legend>
            {statuses().into_iter().map(status).collect::<Vec<_>>()}
        </fieldset>
        <div class="form-actions">
            <button class="button" type="button" on:click=handler(move |_| browser::close_popover(MENU))>
                "Close"
            </button>
            <button class="button button-quiet" type="button" on:click=handler(move |_| filtering.clear())>
                "Clear all"
            </button>
        </div>
    }
}

/// A part that is yes or no.
fn flag(filtering: Filtering, name: &'static str, label: &'static str) -> AnyView {
    view! {
        <label class="menu-choice">
            <input
                type="checkbox"
                prop:checked=derived(move || filtering.value(name) == YES)
                on:change:target=move |event| filtering.set(name, if event.target().checked() { YES } else { "" })
            />
            <span>{label}</span>
        </label>
    }
    .into_any()
}

/// A part with one of several values; `any` is the label of none. One that is not offered is shown as it stands.
fn field(
    filtering: Filtering,
    name: &'static str,
    label: &'static str,
    any: &'static str,
    all: Signal<Vec<Labelled>>,
) -> AnyView {
    let options = derived(move || {
        let (chosen, all) = (filtering.value(name), all.get());
        let is_offered = chosen.is_empty() || all.iter().any(|(value, _)| *value == chosen);
        let other = if is_offered { String::new() } else { option(&chosen, &chosen, true) };
        let all = all.iter().map(|(value, label)| option(value, label, *value == chosen)).collect::<String>();
        option("", any, chosen.is_empty()) + &all + &other
    });
    let id = format!("{MENU}-{name}");
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>
                {label}
            </label>
            <select
                class="input"
                id=id
                inner_html=options
                on:change:target=move |event| filtering.set(name, &event.target().value())
            ></select>
        </div>
    }
    .into_any()
}

/// The parts of the filter, each with a button that removes it, and what can be done with all of them.
#[component]
pub(crate) fn FilterChips(filtering: Filtering, views: SavedViews) -> impl IntoView {
    let chip = move |Chip { label, rest }: Chip| {
        let remove = move |_| {
            filtering.show(&rest);
            keys::focus_first(BUTTON);
        };
        view! {
            <li class="chip">
                <bdi>{label.clone()}</bdi>
                <button
                    class="chip-remove"
                    type="button"
                    aria-label=format!("Remove the filter {label}")
                    on:click=handler(remove)
                >
                    "\u{2715}"
                </button>
            </li>
        }
        .into_any()
    };
    let clear = move |_| {
        filtering.clear();
        keys::focus_first(BUTTON);
    };
    let chips = move || filtering.chips().into_iter().map(chip).collect::<Vec<_>>();
    view! {
        <div class="inbox-chips" hidden=derived(move || !filtering.is_worth_saving())>
            <ul class="chips" aria-label="Filter" aria-live="polite">
                {dynamic(chips)}
            </ul>
            <button
                class="button button-quiet"
                type="button"
                hidden=derived(move || !filtering.is_narrow())
                on:click=handler(clear)
            >
                "Clear all"
            </button>
            <Menu id="inbox-save-view" label=Signal::stored("Save view".to_owned())>
                <SaveViewForm views />
            </Menu>
        </div>
    }
}
