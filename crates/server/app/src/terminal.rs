//! Terminal output of the program.

use std::io::{ErrorKind, Write};

/// Tells a person something that is no part of the answer; an event where programs read the log.
#[expect(clippy::print_stderr, reason = "the one place where the program speaks beside its answer")]
pub(crate) fn remark(line: &str) {
    if crate::log::is_json() {
        return tracing::error!("{line}");
    }
    eprintln!("knock: {line}");
}

/// Prints a line that the person asked for. A closed pipe (`| head`) is no error.
pub(crate) fn say(line: &str) {
    match writeln!(std::io::stdout().lock(), "{line}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            remark(&format!("the answer could not be written: {error}"));
            std::process::exit(2);
        }
        Ok(()) | Err(_) => {}
    }
}
