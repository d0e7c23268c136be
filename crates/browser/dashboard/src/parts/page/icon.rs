//! The icons: drawn into the page, so that they take its colour and need no request.

use knock_model::SignalType;
use leptos::prelude::*;

macro_rules! icons {
    ($($(#[$meta:meta])* $icon:ident = $file:literal),+ $(,)?) => {
        /// An icon of the set in `www/icons`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Icon { $($(#[$meta])* $icon),+ }

        impl Icon {
            const fn svg(self) -> &'static str {
                match self {
                    $(Icon::$icon => include_str!(concat!("../../../../../../www/icons/", $file, ".svg"))),+
                }
            }
        }
    };
}

icons! {
    Accounts = "building-2",
    Agents = "bot",
    Alert = "circle-alert",
    Attach = "paperclip",
    Back = "arrow-left",
    Booked = "calendar-check",
    Check = "check",
    Click = "mouse-pointer-click",
    Contacts = "users",
    Copy = "copy",
    Cta = "megaphone",
    Event = "tag",
    Falling = "trending-down",
    FormAbandon = "circle-x",
    FormStart = "text-cursor-input",
    FormSubmit = "send",
    Home = "house",
    Inbox = "inbox",
    Install = "code-xml",
    Key = "key-round",
    Link = "link",
    LinkOpen = "mail-open",
    Live = "activity",
    Message = "message-square",
    NoNetwork = "wifi-off",
    Person = "user-check",
    Plus = "plus",
    Rising = "trending-up",
    Route = "split",
    Search = "search",
    SignOut = "log-out",
    Time = "timer",
    Up = "arrow-up",
    View = "eye",
    Workflow = "workflow",
}

pub(crate) const fn signal_icon(kind: SignalType) -> Icon {
    match kind {
        SignalType::PageView => Icon::View,
        SignalType::Click => Icon::Click,
        SignalType::Cta => Icon::Cta,
        SignalType::FormStart => Icon::FormStart,
        SignalType::FormSubmit => Icon::FormSubmit,
        SignalType::FormAbandon => Icon::FormAbandon,
        SignalType::LinkOpen => Icon::LinkOpen,
        SignalType::Track => Icon::Event,
        SignalType::Identify => Icon::Person,
        SignalType::Engagement => Icon::Time,
        SignalType::LinkClick => Icon::Link,
        SignalType::ChatMessage => Icon::Message,
        SignalType::MeetingBooked => Icon::Booked,
    }
}

/// An icon beside words that say the same.
#[component]
pub(crate) fn IconMark(icon: Icon) -> impl IntoView {
    view! { <span class="icon" aria-hidden="true" inner_html=icon.svg()></span> }
}
