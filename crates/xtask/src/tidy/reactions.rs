//! What follows from a change stands in one place: a command says what happened, and calls no reaction.

use super::{File, Finding};

/// The commands.
const COMMANDS: &str = "crates/server/engine/src/commands/";
/// Due timers are the clock's, not a command's: they wake those who set them. A rebuild and a rewind compare what
/// reactions leave.
const EXCEPT: [&str; 3] = [
    "crates/server/engine/src/commands/fire_timers.rs",
    "crates/server/engine/src/commands/rebuild/piece.rs",
    "crates/server/engine/src/commands/rewind.rs",
];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let commands = files.iter().filter(|file| file.name.starts_with(COMMANDS) && !EXCEPT.contains(&file.name.as_str()));
    commands.flat_map(called).collect()
}

fn called(file: &File) -> Vec<Finding> {
    let is_call = |line: &str| !line.trim_start().starts_with("//") && line.contains("reactions");
    let calls = file.lines().filter(|(_, line)| is_call(line));
    calls
        .map(|(number, _)| Finding::at(file, number, "a command calls a reaction: say what happened instead"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::file;

    #[test]
    fn no_command_calls_a_reaction_but_those_that_need_what_it_leaves() {
        let call = "use crate::reactions::crm;\n// What reactions do.\n";
        let found = |name| check(&[file(name, call)]).len();
        assert_eq!(found("crates/server/engine/src/commands/chat/apply.rs"), 1);
        assert_eq!(EXCEPT.map(found), [0, 0, 0]);
        assert_eq!(found("crates/server/engine/src/start.rs"), 0);
    }
}
