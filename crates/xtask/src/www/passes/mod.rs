//! Optimisations that `wasm-opt` lacks: some need the linker's relocations, and one makes modules compress better.

mod linked;
mod locations;
mod order;
mod panics;
#[cfg(test)]
mod sample;
mod similar;

use linked::Linked;

pub(in crate::www) use order::sort;

/// Removes what a module has for panics alone, which no browser shows. It must have been linked with its relocations,
/// and keeps them.
pub(super) fn without_panics(module: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut linked = Linked::read(module)?;
    panics::trap(&mut linked)?;
    locations::merge(&mut linked);
    linked.write()
}
