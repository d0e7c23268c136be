//! Laws for any bytes that reach the server (`cargo xtask fuzz`).

mod beacon;
mod laws;
mod origin;
mod proof;
