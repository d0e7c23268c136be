//! The pages of settings, by the rest of their address: one route for all of them.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_params_map;

use super::{MailPage, MissingPage};

/// The page that the address names, the first one where it names none.
#[component]
pub(crate) fn SettingsPage() -> impl IntoView {
    let params = use_params_map();
    let page = Memo::new(move |_| params.read().get("page").unwrap_or_default());
    move || match page.read().trim_end_matches('/') {
        "" => {
            // Going back leads to where one came from.
            let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
            view! { <Redirect path="/app/settings/mail" options /> }.into_any()
        }
        "mail" => view! { <MailPage /> }.into_any(),
        _ => view! { <MissingPage /> }.into_any(),
    }
}
