//! The dashboard has one direction: a file uses those of its own folder and of the folders below it.

use super::{File, Finding};

const DASHBOARD: &str = "crates/browser/dashboard/src/";
/// The folders, the lowest first.
const LAYERS: [&str; 6] = ["api", "kit", "words", "state", "parts", "pages"];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    files.iter().flat_map(upward).collect()
}

fn upward(file: &File) -> Vec<Finding> {
    let folder = file.name.strip_prefix(DASHBOARD).and_then(|rest| rest.split('/').next());
    let Some(own) = folder.and_then(|folder| LAYERS.iter().position(|layer| *layer == folder)) else {
        return Vec::new();
    };
    let in_line = |(number, line): (usize, &str)| {
        let named = LAYERS[own + 1..].iter().find(|layer| line.contains(&format!("crate::{layer}")))?;
        let what = format!("{} is below {named}, and may not use it", LAYERS[own]);
        Some(Finding::at(file, number, what))
    };
    file.lines().filter(|(_, line)| !line.trim_start().starts_with("//")).filter_map(in_line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::file;

    #[test]
    fn a_file_of_the_dashboard_uses_nothing_above_it() {
        let found = |name: &str, text: &str| upward(&file(&format!("{DASHBOARD}{name}"), text)).len();
        assert_eq!(found("kit/single.rs", "use crate::api::Failure;\nuse crate::kit::paged::Phase;\n"), 0);
        assert_eq!(found("kit/single.rs", "use crate::state::live::use_live;\n"), 1);
        assert_eq!(found("words/mail.rs", "let x = crate::pages::mail::page();\n// crate::pages\n"), 1);
        assert_eq!(found("app.rs", "use crate::pages;\n"), 0);
    }
}
