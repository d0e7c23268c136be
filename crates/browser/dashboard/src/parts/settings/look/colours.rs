//! The colours of a look: a picker, the digits beside it, and the contrast.

use knock_model::look::Colour;
use knock_wire::{Look, Scheme};
use leptos::prelude::*;

use super::fields::{Named, choose, group, wrong};
use crate::kit::reactive::derived;
use crate::parts::form::field::Field;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::when::When;
use crate::state::settings::look_form::{LookForm, Of};
use crate::words::look::{Ground, contrast_words, is_hard_to_see};

const SCHEMES: [(Scheme, &str); 3] = [
    (Scheme::System, "As the visitor\u{2019}s system"),
    (Scheme::Light, "Always light"),
    (Scheme::Dark, "Always dark"),
];

/// The colours of `www/css/tokens.css`.
const LIGHT: &str = "#3f4fc4";
const DARK: &str = "#a0adff";

pub(super) fn colours(form: LookForm) -> AnyView {
    let dark = derived(move || {
        let shown = form.draft.with(Look::colours);
        shown.map_or_else(|| DARK.to_owned(), |colours| colours.dark.accent)
    });
    let fields = view! {
        {colour(
            form,
            ("colour", "Colour", "The launcher, buttons and the visitor\u{2019}s own messages, as #rrggbb. Empty: that of Knock."),
            |look| &mut look.colour,
            Signal::stored(LIGHT.to_owned()),
            Ground::Light,
        )}
        {colour(
            form,
            ("colour_dark", "Colour on dark pages", "Empty: the colour above, lighter where it would be hard to see."),
            |look| &mut look.colour_dark,
            dark,
            Ground::Dark,
        )}
        {choose(form, ("scheme", "Light or dark", ""), "scheme", &SCHEMES, |look| &mut look.scheme)}
    };
    group("look-colours", "Colours", fields.into_any())
}

/// A colour; `derives` is used while it is empty.
fn colour(
    form: LookForm,
    (id, label, hint): Named,
    of: Of<String>,
    derives: Signal<String>,
    ground: Ground,
) -> AnyView {
    let errors = derived(move || form.errors(id));
    let used = derived(move || {
        let own = form.field(of);
        if own.is_empty() { derives.get() } else { own }
    });
    let is_low = derived(move || used.with(|used| is_hard_to_see(used, ground)));
    // The picker takes whole colours alone.
    let picked = derived(move || {
        let colour = used.with(|used| Colour::parse(used));
        colour.map_or_else(|| derives.get(), Colour::to_text)
    });
    view! {
        <Field id=id.to_owned() label hint errors>
            <span class="look-colour">
                <input
                    type="color"
                    aria-label=format!("{label}, picker")
                    prop:value=picked
                    on:input:target=move |event| form.change(|look| *of(look) = event.target().value())
                />
                <input
                    class="input"
                    id=id
                    autocomplete="off"
                    spellcheck="false"
                    placeholder=derives
                    aria-describedby=format!("{id}-notes {id}-contrast")
                    aria-invalid=wrong(errors)
                    prop:value=derived(move || form.field(of))
                    on:input:target=move |event| form.change(|look| *of(look) = event.target().value().trim().to_owned())
                />
            </span>
            <p class="field-hint" class=("look-low", is_low) id=format!("{id}-contrast")>
                <When is=is_low>
                    <IconMark icon=Icon::Alert />
                    <strong>"Warning: "</strong>
                </When>
                {derived(move || used.with(|used| contrast_words(used, ground)))}
            </p>
        </Field>
    }
    .into_any()
}
