//! The browser as a few wide and safe calls: nothing here throws or panics, whatever the page did to
//! its own objects. The other half is the script in `js/`.
#![cfg_attr(not(test), no_std)]

extern crate alloc;

mod page;
#[cfg(all(test, target_arch = "wasm32"))]
mod tests;

pub use page::{Handler, Page};
