//! Targets for hostile input: one function of bytes each, which must hold for any bytes.
//!
//! In an ordinary test run a target is tried on its corpus in `tests/fuzz` and on the same inputs made from it each
//! time. `cargo xtask fuzz` builds the same function with libFuzzer, which looks for inputs that reach new code.

#[cfg(not(fuzzing_libfuzzer))]
mod corpus;
#[cfg(fuzzing_libfuzzer)]
mod libfuzzer;
#[cfg(not(fuzzing_libfuzzer))]
mod mutate;
#[cfg(not(fuzzing_libfuzzer))]
mod replay;

#[cfg(fuzzing_libfuzzer)]
pub use libfuzzer::target;
#[cfg(not(fuzzing_libfuzzer))]
pub use replay::target;
