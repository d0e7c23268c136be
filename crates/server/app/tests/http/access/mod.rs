//! What lets somebody in, and for how long.

mod guessing;
mod headers;
mod keys;
mod lasting;
mod tokens;
