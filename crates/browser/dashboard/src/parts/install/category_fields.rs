//! Custom categories of a site, with a test of a path.

use knock_intent::OverrideBy;
use knock_model::Category;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler};
use crate::kit::rows::Drawn;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::lines::Lines;
use crate::state::settings::site_form::{OwnLine, SiteFields};
use crate::words::site::{category_of, override_label};

/// A line for each category, and a path to test them with.
#[component]
pub(crate) fn CategoryFields(fields: SiteFields) -> impl IntoView {
    let errors = fields.errors("categories");
    let lines = move || {
        let lines = fields.categories.get().unwrap_or_default();
        lines.into_iter().map(|line| Drawn::new(line.id, move || category_line(&line, fields))).collect::<Vec<_>>()
    };
    let wrong = move || {
        errors.get().into_iter().map(|error| view! { <p class="field-error">{error}</p> }.into_any()).collect_view()
    };
    view! {
        <fieldset class="fieldset">
            <legend class="field-label">"Own categories"</legend>
            <p class="field-hint">
                "They precede the built-in ones; the first match decides. A path applies to all pages below it, after the base path."
            </p>
            <Lines of=derived(lines) />
            <div role="alert">{dynamic(wrong)}</div>
            <button class="button own-add" type="button" on:click=handler(move |_| fields.add_category())>
                <IconMark icon=Icon::Plus />
                "Add a category"
            </button>
            <PathTest fields />
        </fieldset>
    }
}

/// Shows the category of a page by the current form.
#[component]
fn PathTest(fields: SiteFields) -> impl IntoView {
    let page = RwSignal::new(String::new());
    let id = format!("{}-test", fields.id());
    let found = move || {
        let page = page.get();
        if page.trim().is_empty() { String::new() } else { category_of(&page, &fields.base.get(), &fields.own()) }
    };
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>
                "Try a path"
            </label>
            <input
                class="input"
                id=id
                autocomplete="off"
                spellcheck="false"
                placeholder="/calculator"
                bind:value=page
            />
            <output class="field-hint own-found">{dynamic(found)}</output>
        </div>
    }
}

fn category_line(line: &OwnLine, fields: SiteFields) -> AnyView {
    let OwnLine { id, own } = line.clone();
    let by = OverrideBy::ALL.iter().map(|by| (by.as_str(), override_label(*by), *by == own.by));
    let category = Category::ALL.iter().map(|one| (one.as_str(), one.as_str(), *one == own.category));
    view! {
        <div class="own" role="group" aria-label="Own category">
            <select
                class="input"
                aria-label="Goes by"
                inner_html=options(by)
                on:change:target=move |event| {
                    if let Some(by) = OverrideBy::parse(&event.target().value()) {
                        fields.change_category(id, |own| own.by = by);
                    }
                }
            ></select>
            <input
                class="input"
                aria-label="Matches"
                placeholder="/calculator"
                autocomplete="off"
                spellcheck="false"
                prop:value=own.matches
                on:input:target=move |event| {
                    let matches = event.target().value();
                    fields.change_category(id, |own| own.matches = matches);
                }
            />
            <select
                class="input"
                aria-label="Category"
                inner_html=options(category)
                on:change:target=move |event| {
                    if let Some(category) = Category::parse(&event.target().value()) {
                        fields.change_category(id, |own| own.category = category);
                    }
                }
            ></select>
            <button class="button" type="button" on:click=handler(move |_| fields.remove_category(id))>
                "Remove"
            </button>
        </div>
    }
    .into_any()
}

/// Words of this app alone as options: value, name, and whether it is chosen.
fn options(all: impl Iterator<Item = (&'static str, &'static str, bool)>) -> String {
    all.map(|(value, name, is_chosen)| {
        let selected = if is_chosen { " selected" } else { "" };
        format!("<option value=\"{value}\"{selected}>{}</option>", name.replace('&', "&amp;"))
    })
    .collect()
}
