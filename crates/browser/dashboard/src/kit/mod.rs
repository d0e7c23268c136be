//! What every part of the app is built with: the browser, requests in progress, lists, and time.

pub(crate) mod browser;
pub(crate) mod changing;
pub(crate) mod chart;
pub(crate) mod civil;
pub(crate) mod clock;
pub(crate) mod debounce;
pub(crate) mod destination;
pub(crate) mod frame;
pub(crate) mod history;
pub(crate) mod kept;
pub(crate) mod leaving;
pub(crate) mod letters;
pub(crate) mod notifier;
pub(crate) mod paged;
pub(crate) mod reactive;
pub(crate) mod rows;
pub(crate) mod single;
pub(crate) mod transport;
pub(crate) mod whole;
pub(crate) mod zones;
