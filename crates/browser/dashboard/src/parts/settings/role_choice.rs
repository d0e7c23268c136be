//! A choice of role.

use knock_model::Role;
use leptos::prelude::*;
use leptos::web_sys::HtmlSelectElement;

use crate::words::team::role_label;

/// Takes a chosen role; the control can be reset.
pub(crate) type Chosen = Box<dyn Fn(Role, HtmlSelectElement)>;

/// A select control for the role of a member, initially `role`; `label` names it if no other element
/// does.
pub(crate) fn role_choice(id: String, label: Option<String>, role: Role, chosen: Chosen) -> AnyView {
    view! {
        <select
            class="input"
            id=id
            aria-label=label
            inner_html=role_options(role, Role::is_of_members)
            on:change:target=move |event| {
                let control = event.target();
                if let Some(role) = Role::parse(&control.value()) {
                    chosen(role, control);
                }
            }
        ></select>
    }
    .into_any()
}

/// Roles as options. Words of this app alone: as a text they are a tenth of the code that elements are.
pub(crate) fn role_options(chosen: Role, is_offered: fn(Role) -> bool) -> String {
    let mut options = String::new();
    for role in Role::ALL.iter().filter(|role| is_offered(**role)) {
        let selected = if *role == chosen { " selected" } else { "" };
        options += &format!("<option value=\"{}\"{selected}>{}</option>", role.as_str(), role_label(*role));
    }
    options
}
