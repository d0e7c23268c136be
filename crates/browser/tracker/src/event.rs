//! What the page can tell.

use knock_model::Millis;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        /// The kinds of events, numbered as the script's list (`www/tracker/core.js`) has them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Kind { $($(#[$doc])* $name,)+ }

        impl Kind {
            /// All of them, in order.
            pub(crate) const ALL: &'static [Kind] = &[$(Kind::$name,)+];
        }
    };
}

kinds! {
    /// The page was loaded. First: whether consent is required. Second: the page's word on it so far.
    Start,
    /// `knock('consent', word)`. First: the word.
    Consent,
    /// The answer to a post. First: status code, 0 for none. Second: `Retry-After` in seconds, 0 for none.
    Reply,
    /// A signal of an earlier page. Number: its size in bytes. First: when it happened. Second: whose it is.
    Adopted,
    /// Another entry of the history is shown.
    Onward,
    /// The entry of the history was replaced.
    Instead,
    /// `knock('page')`.
    Again,
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
    /// The page had time to set its title and to redirect.
    Settle,
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
    /// The previous event is sent without delay: it has waited already, or the page may be left.
    Hurry,
}

/// Something that happened on the page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Event {
    pub(crate) kind: Kind,
    /// When.
    pub(crate) at: Millis,
    /// Whether somebody sees the page.
    pub(crate) is_visible: bool,
    /// The address it happened on, where the kind says nothing else: equal numbers, same page.
    pub(crate) number: u32,
    /// What the kind says.
    pub(crate) first: i64,
    /// What the kind says.
    pub(crate) second: i64,
}

/// A word on consent, as a number of an event.
pub(crate) mod word {
    pub(crate) const GRANTED: i64 = 1;
    pub(crate) const DENIED: i64 = 2;
}
