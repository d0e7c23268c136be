//! `knock reader`: the process in which the server reads one hostile file or calendar. People have no use for it.

use std::process::ExitCode;

/// Serves as a reader where the arguments of the program ask for one.
pub fn as_reader(args: impl IntoIterator<Item = String>) -> Option<ExitCode> {
    let mut args = args.into_iter().skip(1);
    let is_reader = args.next().is_some_and(|first| first == knock_reader::ARGUMENT);
    is_reader.then(|| knock_reader::serve(args))
}
