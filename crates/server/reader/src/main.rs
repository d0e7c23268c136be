//! A program that is a reader and nothing else, for tests. The server is its own reader: `knock reader`.

use std::process::ExitCode;

fn main() -> ExitCode {
    knock_reader::serve(std::env::args().skip(2))
}
