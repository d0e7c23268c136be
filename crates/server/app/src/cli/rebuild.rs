//! `knock rebuild`: all derived values, dropped and computed again.

use crate::config::Config;
use crate::control::{AdminCommand, Answer, Recomputed, run_admin_command};
use crate::terminal::say;

/// Rebuilds; prints the number of each kind, and how many had been wrong.
pub(super) fn run(config: &Config) -> anyhow::Result<()> {
    match run_admin_command(config, AdminCommand::Rebuild)? {
        Answer::Rebuilt { recomputed, leftovers, damaged } => {
            recomputed.iter().for_each(|row| say(&line(row)));
            if leftovers > 0 {
                say(&format!("{leftovers} orphaned rows and files dropped"));
            }
            for id in damaged {
                say(&format!("damage: the content of file {id} is missing, or is not what was stored"));
            }
            Ok(())
        }
        other => other.not_expected(),
    }
}

fn line(Recomputed { what, all, changed }: &Recomputed) -> String {
    format!("{what:<10} {all:>8} recomputed, {changed} changed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_stand_under_each_other() {
        let row = |what: &str, all| line(&Recomputed { what: what.into(), all, changed: 0 });
        assert_eq!(row("persons", 12), "persons          12 recomputed, 0 changed");
        assert_eq!(row("companies", 120), "companies       120 recomputed, 0 changed");
    }
}
