//! Events of the page.

use knock_model::Millis;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        /// The kinds of events, numbered as the script's list (`www/tracker/kinds.js`) has them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Kind { $($(#[$doc])* $name,)+ }

        impl Kind {
            /// All of them, in order.
            pub(crate) const ALL: &'static [Kind] = &[$(Kind::$name,)+];
        }
    };
}

kinds! {
    /// The page was loaded. First: whether consent is required. Second: the consent given so far.
    Start,
    /// `knock('consent', word)`. First: the word.
    Consent,
    /// The answer to a post. First: status code, 0 for none. Second: `Retry-After` in seconds, 0 for none.
    Reply,
    /// A signal of an earlier page. Number: its size in bytes. First: its instant. Second: its owner.
    Adopted,
    /// Another entry of the history is shown.
    Navigated,
    /// The entry of the history was replaced.
    Replaced,
    /// `knock('page')`.
    Page,
    /// The page came back from the back/forward cache.
    Restored,
    /// The page was shown or hidden.
    Visibility,
    /// The page ends, or goes into the back/forward cache.
    Leave,
    /// The network is back.
    Online,
    /// `knock('reset')`.
    Reset,
    /// The debounce of a page view has ended.
    Debounced,
    /// The queue is to be sent.
    Send,
    /// A click.
    Click,
    /// A call of the page's own script.
    Call,
    /// A field was changed. First: the number of its form.
    Input,
    /// A form was submitted. First: its number.
    Submit,
    /// The queue is to be sent without delay.
    Flush,
}

/// Something that happened on the page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Event {
    pub(crate) kind: Kind,
    pub(crate) at: Millis,
    pub(crate) is_visible: bool,
    /// The page number of its address, unless the kind says otherwise.
    pub(crate) number: u32,
    /// The first argument; its meaning depends on the kind.
    pub(crate) first: i64,
    /// The second argument; its meaning depends on the kind.
    pub(crate) second: i64,
}

/// Consent as a number of an event.
pub(crate) mod word {
    pub(crate) const GRANTED: i64 = 1;
    pub(crate) const DENIED: i64 = 2;
}
