//! The logo and the launcher's picture: uploaded and removed at once, apart from the form.

use knock_model::look::LookPicture;
use leptos::html::Input;
use leptos::prelude::*;

use crate::kit::browser::files::files_of;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::state::settings::look_form::{LookForm, Of};

/// The types that the server takes; pictures with scripts are none of them.
const TYPES: &str = "image/png,image/jpeg,image/webp,image/gif";

/// The picture with buttons that replace and remove it; `name` is its name in labels.
pub(super) fn picture(form: LookForm, which: LookPicture, name: &'static str, of: Of<String>) -> AnyView {
    let control = NodeRef::<Input>::new();
    let chosen = move |_| {
        let Some(control) = control.get_untracked() else { return };
        if let Some(file) = files_of(&control).pop() {
            form.set_picture(which, file);
        }
        // The same file can be chosen again.
        control.set_value("");
    };
    let choose = move |_| drop(control.get_untracked().inspect(|control| control.click()));
    let path = derived(move || form.field(of));
    let has_picture = derived(move || !path.with(String::is_empty));
    view! {
        <div class="look-picture">
            {dynamic(move || has_picture.get().then(|| view! { <img src=path alt=format!("The {name}") /> }))}
            <input type="file" accept=TYPES hidden node_ref=control on:change=handler(chosen) />
            <button class="button" type="button" prop:disabled=form.is_busy on:click=handler(choose)>
                {derived(move || format!("{} a {name}", if has_picture.get() { "Replace with" } else { "Choose" }))}
            </button>
            <button
                class="button button-quiet"
                type="button"
                hidden=derived(move || !has_picture.get())
                prop:disabled=form.is_busy
                on:click=handler(move |_| form.removing.set(Some((which, name))))
            >
                {format!("Remove the {name}")}
            </button>
        </div>
        <p class="field-hint">"PNG, JPEG, WebP or GIF. It is saved at once."</p>
    }
    .into_any()
}
