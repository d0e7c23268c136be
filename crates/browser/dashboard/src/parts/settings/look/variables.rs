//! The CSS variables by which a page's own style sheet changes the look.

use leptos::prelude::*;

use super::fields::group;
use crate::parts::form::copy_line::CopyLine;
use crate::words::look::{VARIABLES, variables_css};

pub(super) fn variables() -> AnyView {
    let lines =
        VARIABLES.map(|(name, _, meaning)| view! { <dt><code>{name}</code></dt> <dd>{meaning}</dd> }.into_any());
    let fields = view! {
        <p class="field-hint">
            "For developers: a style sheet of your page may set these, and they win over the values above. " <code>"docs/look.md"</code> " says more."
        </p>
        <dl class="look-variables">{lines.into_iter().collect::<Vec<_>>()}</dl>
        <div class="snippet"><CopyLine text=variables_css() label="Style sheet with all variables" role="group" /></div>
    };
    group("look-variables", "CSS variables", fields.into_any())
}
