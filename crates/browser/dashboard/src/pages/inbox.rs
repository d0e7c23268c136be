//! The inbox: the views, the conversations of one of them, and the open conversation.

use knock_status::chat::InboxView;
use leptos::ev::{FocusEvent, PointerEvent};
use leptos::html::Ul;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Outlet;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use leptos_router::params::ParamsMap;

use crate::kit::browser;
use crate::kit::debounce::Debounce;
use crate::kit::reactive::{derived, dynamic, effect, handler, memo};
use crate::parts::form::search_box::SearchBox;
use crate::parts::inbox::filter_menu::{FilterBar, FilterChips};
use crate::parts::inbox::inbox_line::InboxLine;
use crate::parts::inbox::search_scope::SearchScope;
use crate::parts::inbox::select_boxes::SelectAll;
use crate::parts::inbox::selection_bar::SelectionBar;
use crate::parts::inbox::shortcut_help::ShortcutList;
use crate::parts::inbox::toast::ToastRegion;
use crate::parts::inbox::view_list::ViewList;
use crate::parts::page::demo_link::DemoLink;
use crate::parts::page::empty::Empty;
use crate::parts::page::heading::Heading;
use crate::parts::page::icon::Icon;
use crate::parts::page::lazy::lazy;
use crate::parts::page::lines::Lines;
use crate::parts::page::load_more::LoadMore;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::state::inbox::filtering::Filtering;
use crate::state::inbox::list::Inbox;
use crate::state::inbox::selection::Selection;
use crate::state::inbox::shortcuts::Shortcuts;
use crate::state::inbox::team::Team;
use crate::state::inbox::working::Working;
use crate::state::records::saved_views::SavedViews;
use crate::words::inbox::{count_of, first_view, nothing_words, view_query, view_words};
use crate::words::inbox_filter::InboxFilter;
use crate::words::number::counted;

lazy!(inbox => InboxPage);

/// The delay of a search after the last key.
const TYPING_MS: u64 = 250;

/// The list of a view, most urgent first and kept up to date, and the work on its conversations; on narrow screens an
/// open conversation replaces it.
#[component]
pub(crate) fn InboxPage() -> impl IntoView {
    let (path, query) = (use_location().pathname, use_query_map());
    let is_reading = memo(move || path.with(|path| path.trim_end_matches('/') != "/app/inbox"));
    let search = RwSignal::new(String::new());
    let inbox = shown(query, search);
    let view = inbox.view;
    provide_context(inbox);
    let team = Team::start();
    provide_context(team);
    let go = use_navigate();
    let filtering = Filtering::start(inbox, team, path, move |address| {
        go(address, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
    });
    let shown_query = derived(move || inbox.filter.with(|filter| view_query(view.get(), filter)));
    let views = SavedViews::new("inbox", shown_query, true);
    let navigate = use_navigate();
    let work = Working::start(inbox, path, move |address| navigate(address, Default::default()));
    provide_context(work);
    let shortcuts = Shortcuts::start();
    provide_context(shortcuts);
    follow(inbox);
    // A page has one main heading: that of the open conversation, if any.
    let heading = move || {
        if is_reading.get() {
            view! { <h2 class="inbox-title">"Inbox"</h2> }.into_any()
        } else {
            view! { <Heading text="Inbox" /> }.into_any()
        }
    };
    view! {
        <div class="inbox" class=("inbox-reading", move || is_reading.get())>
            <div class="inbox-side">
                {dynamic(heading)}
                <ViewList inbox views />
            </div>
            <section class="inbox-list" aria-label="Conversations">
                <div class="inbox-head">
                    <SelectAll selection=work.selection is_empty=derived(move || inbox.list.rows.is_empty()) />
                    <SearchBox label="Search conversations" text=search />
                </div>
                <SearchScope inbox />
                <FilterBar filtering />
                <FilterChips filtering views />
                <ViewLines inbox filtering selection=work.selection />
                <SelectionBar work view />
            </section>
            <Outlet />
            <ToastRegion work />
            <ShortcutList shortcuts />
        </div>
    }
}

/// The inbox of the view and the filter in the address. Without a view it is the first one with conversations, as soon
/// as their numbers are known, and again each time that the inbox is entered without one.
fn shown(query: Memo<ParamsMap>, search: RwSignal<String>) -> Inbox {
    let asked = memo(move || query.with(|query| InboxView::parse(&query.get("view")?)));
    let first = RwSignal::new(InboxView::Mine);
    let view = memo(move || asked.get().unwrap_or_else(|| first.get()));
    let filter = memo(move || query.with(|query| InboxFilter::read(|name| query.get(name))));
    let inbox = Inbox::start(view, filter, search);
    let is_counted = memo(move || inbox.counts.with(Option::is_some));
    effect(move || {
        if asked.get().is_none()
            && is_counted.get()
            && let Some(counts) = inbox.counts.get_untracked()
        {
            first.set(first_view(&counts));
        }
    });
    inbox
}

/// Asks anew while a search is typed, and when the page gets the focus.
fn follow(inbox: Inbox) {
    let searching = Debounce::new(TYPING_MS, move || inbox.search_anew());
    Effect::new(move |before: Option<()>| {
        inbox.search.track();
        inbox.is_everywhere.track();
        if before.is_some() {
            searching.ask();
        }
    });
    let has_focus = browser::focus_of_page();
    Effect::new(move |before: Option<bool>| {
        // Another tab may have marked messages as read meanwhile.
        let has_focus = has_focus.get();
        if before == Some(false) && has_focus {
            inbox.ask();
        }
        has_focus
    });
}

#[component]
fn ViewLines(inbox: Inbox, filtering: Filtering, selection: Selection) -> impl IntoView {
    let (list, view) = (inbox.list, inbox.view);
    let lines = NodeRef::<Ul>::new();
    let has_focus = move || lines.try_get_untracked().flatten().is_some_and(|lines| browser::holds_focus(&lines));
    let is_pointed = StoredValue::new(false);
    // A finger lifted from the screen points at no line.
    let pointed = move |event: PointerEvent| {
        if event.pointer_type() == "mouse" && !is_pointed.get_value() {
            is_pointed.set_value(true);
            inbox.hold(true);
        }
    };
    // A pointer at rest does not hold the lines while a reply is typed.
    let typing = window_event_listener(leptos::ev::keydown, move |event| {
        let is_elsewhere = !lines.get_untracked().is_some_and(|lines| browser::holds(&lines, event.target()));
        if is_elsewhere && is_pointed.get_value() {
            is_pointed.set_value(false);
            inbox.hold(has_focus());
        }
    });
    on_cleanup(move || typing.remove());
    let left = move |_| {
        is_pointed.set_value(false);
        inbox.hold(has_focus());
    };
    let blurred = move |event: FocusEvent| {
        let stays = lines.get_untracked().is_some_and(|lines| browser::holds(&lines, event.related_target()));
        inbox.hold(stays || is_pointed.get_value());
    };
    let draw = move || list.rows.drawn(move |row| view! { <InboxLine row inbox selection /> }.into_any());
    view! {
        <When is=derived(move || inbox.is_behind.get())>
            <div class="new-rows">
                <button class="button button-strong" type="button" on:click=handler(move |_| inbox.settle())>
                    "Show what changed"
                </button>
            </div>
        </When>
        <Loaded phase=list.phase retry=move |()| list.start()>
            <When is=derived(move || !list.rows.is_empty()) fallback=move || view! { <NothingHere inbox filtering /> }>
                <ul
                    class="inbox-lines"
                    class=("inbox-choosing", move || !selection.is_empty())
                    aria-label=derived(move || view_words(view.get()))
                    node_ref=lines
                    on:pointermove=handler(pointed)
                    on:pointerleave=handler(left)
                    on:focusin=handler(move |_| inbox.hold(true))
                    on:focusout=handler(blurred)
                >
                    <Lines of=derived(draw) />
                </ul>
            </When>
            <LoadMore list label="Load more" />
        </Loaded>
    }
}

/// Shown beside the list while no conversation is open.
#[component]
pub(crate) fn NothingChosen() -> impl IntoView {
    view! {
        <div class="inbox-empty">
            <Empty title="No conversation is open" icon=Icon::Message>
                <p>"Choose one from the list to read it and reply to the lead."</p>
            </Empty>
        </div>
    }
}

#[component]
fn NothingHere(inbox: Inbox, filtering: Filtering) -> impl IntoView {
    let try_it = || {
        view! {
            <p>
                "To try it, open "
                <DemoLink before="the " after=" and use the chat there, or open " />
                "the link "
                <a class="link" href="/l/chat" rel="external">"/l/chat"</a>
                "."
            </p>
        }
    };
    move || {
        if inbox.search.with(|search| !search.trim().is_empty()) {
            return view! {
                <Empty title="Nothing found">
                    <p>"No conversation has these words in the lead's details, the messages or the notes."</p>
                </Empty>
            }
            .into_any();
        }
        let view = inbox.view.get();
        let count = inbox.counts.with(|counts| counts.as_ref().map_or(0, |counts| count_of(counts, view)));
        if filtering.is_narrow() && count > 0 {
            return view! {
                <Empty title="Nothing fits the filter">
                    <p>{format!("The filter hides {} of this view.", counted(count.into(), "conversation"))}</p>
                    <button
                        class="button"
                        type="button"
                        on:click=handler(move |_| filtering.clear())
                    >
                        "Clear the filter"
                    </button>
                </Empty>
            }
            .into_any();
        }
        let (title, words) = nothing_words(view);
        view! {
            <Empty title>
                <p>{words}</p>
                {(view == InboxView::Open).then(try_it)}
            </Empty>
        }
        .into_any()
    }
}
