//! The inbox: all conversations beside the one that is open.

use futures_util::FutureExt;
use knock_wire::{ConversationRow, LiveEvent};
use leptos::html::Ul;
use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;

use crate::api::Folder;
use crate::browser;
use crate::live::use_live;
use crate::paged::Paged;
use crate::parts::{Empty, FolderTabs, Heading, Icon, InboxLine, Lines, LoadMore, Loaded, When};
use crate::session::use_session;

/// The list, last active first and kept up to date; on narrow screens it gives way to an open conversation.
#[component]
pub(crate) fn InboxPage() -> impl IntoView {
    let path = use_location().pathname;
    let is_reading = Memo::new(move |_| path.with(|path| path.trim_end_matches('/') != "/app/inbox"));
    let folder = RwSignal::new(Folder::Open);
    let list = list_of(folder);
    let lines = NodeRef::<Ul>::new();
    Effect::new(move |_| {
        folder.track();
        untrack(|| list.start());
    });
    use_live().after_gap(move || list.ask_anew());
    use_live().listen(move |event| {
        if let LiveEvent::Conversation(row) = event {
            let is_held = lines.try_get_untracked().flatten().is_some_and(|lines| browser::holds_focus(&lines));
            take(list, folder.get_untracked(), is_held, row);
        }
    });
    // A page has one main heading: that of the conversation, once one is open.
    let heading = move || {
        if is_reading.get() {
            view! { <h2 class="inbox-title">"Inbox"</h2> }.into_any()
        } else {
            view! { <Heading text="Inbox" /> }.into_any()
        }
    };
    view! {
        <div class="inbox" class=("inbox-reading", move || is_reading.get())>
            <section class="inbox-list" aria-label="Conversations">
                <div class="inbox-head">
                    {heading}
                    <FolderTabs folder />
                </div>
                <Loaded phase=list.phase retry=move |()| list.start()>
                    <When is=move || !list.rows.is_empty() fallback=move || view! { <NothingYet folder /> }>
                        <ul class="inbox-lines" node_ref=lines>
                            <Lines of=move || list.rows.drawn(|row| view! { <InboxLine row /> }.into_any()) />
                        </ul>
                    </When>
                    <LoadMore list label="Load more" />
                </Loaded>
            </section>
            <Outlet />
        </div>
    }
}

/// Beside the list, while no conversation is open.
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
fn NothingYet(folder: RwSignal<Folder>) -> impl IntoView {
    move || match folder.get() {
        Folder::Open => view! {
            <Empty title="No conversations yet">
                <p>
                    "To try it, open the "
                    <a class="link" href="/demo/" rel="external">"demo site"</a>
                    " and use the chat there, or open the link "
                    <a class="link" href="/l/chat" rel="external">"/l/chat"</a>
                    ". The conversation appears here automatically."
                </p>
            </Empty>
        }
        .into_any(),
        Folder::Spam => view! {
            <Empty title="No spam">
                <p>"Conversations marked as spam are listed here only, and counted nowhere."</p>
            </Empty>
        }
        .into_any(),
    }
}

fn list_of(folder: RwSignal<Folder>) -> Paged<ConversationRow> {
    let session = use_session();
    Paged::new(move |after| {
        let (client, folder) = (session.client(), folder.get_untracked());
        async move {
            let page = client.conversations(folder, after.as_deref()).await?;
            Ok((page.conversations, page.next))
        }
        .boxed_local()
    })
}

/// A conversation with a new message comes on top; others change where they stand, and so does every one while the
/// keyboard focus is in the list. What belongs in the other folder leaves.
fn take(list: Paged<ConversationRow>, folder: Folder, is_held: bool, row: &ConversationRow) {
    let number = |row: &ConversationRow| row.last.as_ref().map(|last| last.seq);
    let belongs = row.state.is_spam == (folder == Folder::Spam);
    match list.rows.find(&row.id) {
        Some(known) if known.intent.at > row.intent.at => {}
        _ if !belongs => list.rows.remove(&row.id),
        Some(known) if is_held || number(&known) == number(row) => {
            list.rows.update(row.clone());
        }
        Some(_) | None => list.rows.raise(row.clone()),
    }
}
