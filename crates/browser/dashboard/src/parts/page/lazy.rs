//! Lazy loading of pages: each is in a chunk, a file beside the main module, fetched when first shown.
//!
//! Without the feature `split` all code is in one module and available at once.

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, ready};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;

use super::heading::Heading;
use super::icon::{Icon, IconMark};
use super::skeleton::Skeleton;
use crate::kit::reactive::handler;
use crate::state::inbox::writing::{Writing, use_writing};
use crate::state::live::use_live;

pub(crate) type Draw = fn() -> AnyView;
/// Draws a page, once its chunk is loaded.
pub(crate) type Fetch = LocalBoxFuture<'static, Result<Draw, NotFetched>>;

/// A chunk could not be fetched.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NotFetched;

#[cfg(feature = "split")]
impl From<leptos::wasm_split::SplitLoaderError> for NotFetched {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> NotFetched {
        NotFetched
    }
}

/// Declares the page of a file by the function that shows it: `chunk => Component`. Pages of one chunk are fetched
/// together.
macro_rules! lazy {
    ($chunk:ident => $page:ident) => {
        /// Shows the page, once its chunk is there.
        pub(crate) fn page() -> ::leptos::prelude::AnyView {
            // Named after the chunk: the name of a split function is its own only by where it is written.
            #[cfg(feature = "split")]
            #[::leptos::wasm_split::wasm_split($chunk, wasm_split_path = ::leptos::wasm_split, fallible)]
            fn $chunk() -> Result<$crate::parts::page::lazy::Draw, $crate::parts::page::lazy::NotFetched> {
                Ok(|| view! { <$page /> }.into_any())
            }
            #[cfg(not(feature = "split"))]
            async fn $chunk() -> Result<$crate::parts::page::lazy::Draw, $crate::parts::page::lazy::NotFetched> {
                Ok(|| view! { <$page /> }.into_any())
            }
            $crate::parts::page::lazy::shown(|| Box::pin($chunk()))
        }
    };
}
pub(crate) use lazy;

#[wasm_bindgen(module = "/js/version.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = isOutdated)]
    async fn is_outdated() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = reloadOnce)]
    fn reload_once();
}

/// The state of a page's code.
#[derive(Clone, Copy)]
enum Page {
    Fetching,
    Here(Draw),
    /// The chunk could not be fetched; the server may have another version by now.
    Missing {
        is_outdated: bool,
    },
}

/// Shows a page; at once if its chunk is already loaded.
pub(crate) fn shown(fetch: fn() -> Fetch) -> AnyView {
    let mut first = fetch();
    let first = match (&mut first).now_or_never() {
        Some(Ok(draw)) => return draw(),
        Some(Err(error)) => ready(Err(error)).boxed_local(),
        None => first,
    };
    let (page, writing) = (RwSignal::new(Page::Fetching), use_writing());
    take(page, writing, first);
    let again = move || {
        page.set(Page::Fetching);
        take(page, writing, fetch());
    };
    use_live().after_gap(move || {
        if let Page::Missing { .. } = page.get_untracked() {
            again();
        }
    });
    (move || match page.get() {
        Page::Fetching => view! { <Skeleton /> }.into_any(),
        Page::Here(draw) => draw(),
        Page::Missing { is_outdated } => view! { <Missing is_outdated again=move |()| again() /> }.into_any(),
    })
    .into_any()
}

fn take(page: RwSignal<Page>, writing: Writing, fetch: Fetch) {
    spawn_local(async move {
        let found = match fetch.await {
            Ok(draw) => Page::Here(draw),
            // If the check fails, there is no network.
            Err(NotFetched) => Page::Missing { is_outdated: is_outdated().await.is_ok_and(|is| is.is_truthy()) },
        };
        if let Page::Missing { is_outdated: true } = found
            && writing.is_idle()
        {
            reload_once();
        }
        page.try_set(found);
    });
}

/// Reports that a page could not be fetched, with the next step.
#[component]
fn Missing(is_outdated: bool, #[prop(into)] again: Callback<()>) -> impl IntoView {
    let (title, advice, label) = if is_outdated {
        ("Knock was updated", "Reload to use the new version. Drafts are kept.", "Reload")
    } else {
        ("This page could not be loaded", "Check your network, then try again.", "Try again")
    };
    let go_on = move |_| {
        if is_outdated {
            // Browsers that refuse it have a reload button.
            let _ = window().location().reload();
        } else {
            again.run(());
        }
    };
    view! {
        <div class="state" role="alert">
            <IconMark icon=if is_outdated { Icon::Alert } else { Icon::NoNetwork } />
            <Heading text=title />
            <p class="state-text">{advice}</p>
            <button class="button" type="button" on:click=handler(go_on)>
                {label}
            </button>
        </div>
    }
}
