//! Lazy loading of the booking: it is in a chunk, a file beside the main module, fetched when first opened.
//!
//! Without the feature `split` all code is in one module and available at once.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::booking::{self, Entry};
use crate::browser;
use crate::view::View;
use crate::words::Text;

/// Draws a booking; the function is called if its script cannot be loaded.
type Draw = fn(Entry, fn(View)) -> AnyView;

/// The chunk could not be fetched.
#[derive(Clone, Copy, Debug)]
struct NotFetched;

#[cfg(feature = "split")]
impl From<leptos::wasm_split::SplitLoaderError> for NotFetched {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> NotFetched {
        NotFetched
    }
}

#[cfg(feature = "split")]
#[leptos::wasm_split::wasm_split(booking, wasm_split_path = ::leptos::wasm_split, fallible)]
fn fetched() -> Result<Draw, NotFetched> {
    Ok(|entry, failed| booking::opened(entry, failed))
}

#[cfg(not(feature = "split"))]
async fn fetched() -> Result<Draw, NotFetched> {
    Ok(booking::opened)
}

/// The state of loading the booking.
#[derive(Clone, Copy)]
enum Stage {
    Fetching,
    Here(Draw),
    Missing,
    /// The server was updated: the files that are missing are gone.
    Outdated,
}

/// A booking, while it is shown.
#[component]
pub(crate) fn Lazy(
    /// Its entry.
    entry: Entry,
) -> impl IntoView {
    let view = entry.view;
    let stage = RwSignal::new(Stage::Fetching);
    let host = StoredValue::new(entry.host.clone());
    let explain = move || {
        spawn_local(async move {
            let host = host.try_get_value().unwrap_or_default();
            if browser::is_outdated(&host).await.is_ok_and(|is| is.is_truthy()) {
                stage.try_set(Stage::Outdated);
            }
        });
    };
    let fetch = move || {
        stage.set(Stage::Fetching);
        view.has_script.set(true);
        spawn_local(async move {
            let found = fetched().await.map_or(Stage::Missing, Stage::Here);
            stage.try_set(found);
            if let Stage::Missing = found {
                explain();
            }
        });
    };
    fetch();
    Effect::new(move || {
        if !view.has_script.get() {
            explain();
        }
    });
    move || match stage.get() {
        Stage::Here(draw) if view.has_script.get() => draw(entry.clone(), |view| view.has_script.set(false)),
        Stage::Fetching => {
            view! { <p class="notice notice-soon" role="status">{view.say(Text::Connecting)}</p> }.into_any()
        }
        Stage::Here(_) | Stage::Missing => failed(view, Text::NotOpened, Text::Reopen, fetch).into_any(),
        Stage::Outdated => failed(view, Text::Outdated, Text::Reload, browser::reload).into_any(),
    }
}

/// Why there is no booking, and the button of the next step.
fn failed(view: View, reason: Text, step: Text, act: impl Fn() + 'static) -> impl IntoView {
    view! {
        <p class="notice notice-refused" role="alert">
            {view.say(reason)} " " <button class="retry" type="button" on:click=move |_| act()>{view.say(step)}</button>
        </p>
    }
}
