//! The heading of a page: sets the title of the tab and takes the focus after navigation.

use leptos::html::H1;
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::reactive::effect;
use crate::state::inbox::notifications::Notifications;
use crate::words::notification::badge_words;

/// Whether a page was shown before: the first one does not move the focus.
#[derive(Clone, Copy)]
pub(crate) struct Visited(StoredValue<bool>);

impl Visited {
    /// No page shown yet.
    pub(crate) fn new() -> Visited {
        Visited(StoredValue::new(false))
    }
}

/// The part of the app to which pages belong, named in the title of the tab after the page.
#[derive(Clone, Copy)]
pub(crate) struct Section(pub(crate) &'static str);

#[component]
pub(crate) fn Heading(
    /// Its text, which may be untrusted.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let heading = NodeRef::<H1>::new();
    let visited = use_context::<Visited>();
    let notifications = use_context::<Notifications>();
    let section = use_context::<Section>().map(|Section(name)| name);
    effect(move || {
        let count = notifications.map_or(0, Notifications::count);
        text.with(|text| browser::set_title(&titled(count, &of_section(text, section))));
    });
    effect(move || {
        let Some(element) = heading.get() else { return };
        if visited.is_some_and(|visited| visited.0.get_value()) {
            browser::focus(&element);
        }
        if let Some(visited) = visited {
            visited.0.set_value(true);
        }
    });
    view! {
        <h1 class="heading" tabindex="-1" node_ref=heading>
            <bdi>{text}</bdi>
        </h1>
    }
}

/// `Team · Settings`: the page and its part of the app.
fn of_section(page: &str, section: Option<&str>) -> String {
    match section.filter(|section| *section != page) {
        Some(section) => format!("{page} \u{b7} {section}"),
        None => page.to_owned(),
    }
}

/// The title of the browser's tab: the number of waiting chats, and the page.
fn titled(count: usize, page: &str) -> String {
    if count == 0 { page.to_owned() } else { format!("({}) {page}", badge_words(count)) }
}
