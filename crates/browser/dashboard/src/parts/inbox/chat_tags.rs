//! The tags of the lead of an open conversation, in its head.

use knock_wire::ConversationRow;
use leptos::prelude::*;

use crate::kit::reactive::{derived, memo};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::tag_chips::TagChips;
use crate::parts::table::tag_menu::TagMenu;
use crate::state::inbox::thread::Thread;
use crate::state::lead_tags::LeadTags;

/// The id of the menu, which a key opens.
const MENU: &str = "tags";

/// The tags, and a menu that sets them and takes them off.
#[component]
pub(crate) fn ChatTags(thread: Thread, #[prop(into)] row: Signal<ConversationRow>) -> impl IntoView {
    let changing = LeadTags::new();
    let tags = memo(move || row.with(|row| row.tags.clone()));
    let chosen = move |choice| {
        let lead = row.with_untracked(|row| row.lead);
        changing.set(lead, choice, move || thread.changed());
    };
    view! {
        <div class="chat-tags">
            <TagChips tags />
            <TagMenu
                id=MENU
                label=Signal::stored("Tags".to_owned())
                class="link-button tag-open"
                set=derived(move || tags.get())
                is_busy=changing.is_busy
                chosen
            />
            <ActionFailure of=changing.failure />
        </div>
    }
}
