//! Authentication: sessions, keys, chat tokens, their lifetimes, guessing, response headers.

mod guessing;
mod headers;
mod keys;
mod lasting;
mod tokens;
mod writing_keys;
