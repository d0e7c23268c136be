//! The targets, and the test that each is.

use clap::ValueEnum;

/// A function of bytes that must hold for any bytes; its corpus is the folder of its name in `tests/fuzz`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Target {
    /// The texts of an action, to its category
    Action,
    /// A file that is sent in a chat
    Attachment,
    /// The body of `/v1/signals`, all the way to what is stored
    Beacon,
    /// A page or a file that the AI agent is to know
    Document,
    /// An e-mail address
    Email,
    /// A stored summary of evidence, and the score of it
    Evidence,
    /// The token of a handoff
    Handoff,
    /// Ids and the words of the vocabulary
    Id,
    /// A mail that answers one of ours
    Mail,
    /// An `Origin`
    Origin,
    /// The proof of an `identify`
    Proof,
    /// The headers of proxies, and which are trusted
    Proxies,
    /// A whole request: address, headers, cookies, body
    Request,
    /// A routing rule with its conditions, and the fields of a lead
    Rule,
    /// What Slack posts, and texts in its markup
    Slack,
    /// What the widget reads of the server's answers
    WidgetJson,
}

/// The test of a target.
pub(crate) struct Test {
    pub(crate) package: &'static str,
    /// Whether it is an integration test, named `fuzz`; else it is within the library.
    pub(crate) is_outside: bool,
    /// Its name within the test program.
    pub(crate) path: &'static str,
}

impl Target {
    /// Its name, which is also its folder's.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Target::Action => "action",
            Target::Attachment => "attachment",
            Target::Beacon => "beacon",
            Target::Document => "document",
            Target::Email => "email",
            Target::Evidence => "evidence",
            Target::Handoff => "handoff",
            Target::Id => "id",
            Target::Mail => "mail",
            Target::Origin => "origin",
            Target::Proof => "proof",
            Target::Proxies => "proxies",
            Target::Request => "request",
            Target::Rule => "rule",
            Target::Slack => "slack",
            Target::WidgetJson => "widget-json",
        }
    }

    /// The test of a target.
    pub(crate) fn test(self) -> Test {
        let inside = |package, path| Test { package, is_outside: false, path };
        let outside = |package, path| Test { package, is_outside: true, path };
        match self {
            Target::Action => outside("knock-intent", "action"),
            Target::Evidence => outside("knock-intent", "evidence"),
            Target::Email => outside("knock-model", "email"),
            Target::Id => outside("knock-model", "id"),
            Target::Rule => outside("knock-routing", "rule"),
            Target::Attachment => inside("knock-attachments", "fuzz::attachment"),
            Target::Beacon => inside("knock-ingest", "fuzz::beacon::beacon"),
            Target::Mail => inside("knock-mime", "fuzz::mail"),
            Target::Origin => inside("knock-ingest", "fuzz::origin::origin"),
            Target::Proof => inside("knock-ingest", "fuzz::proof::proof"),
            Target::Document => inside("knock-knowledge", "fuzz::document"),
            Target::Handoff => inside("knock", "handoff::fuzz::handoff"),
            Target::Proxies => inside("knock", "proxies::fuzz::proxies"),
            Target::Request => inside("knock", "http::fuzz::request"),
            Target::Slack => inside("knock-slack", "fuzz::slack"),
            Target::WidgetJson => inside("knock-json", "fuzz::widget_json"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places;

    #[test]
    fn each_corpus_has_its_target() {
        let folders = std::fs::read_dir(places::at("tests/fuzz")).expect("they are there");
        let mut folders: Vec<String> =
            folders.map(|folder| folder.expect("a folder").file_name().into_string().expect("text")).collect();
        folders.sort();
        let mut names: Vec<&str> = Target::value_variants().iter().map(|target| target.name()).collect();
        names.sort_unstable();
        assert_eq!(folders, names);
    }

    #[test]
    fn every_target_is_called_on_the_command_line_as_its_folder() {
        for target in Target::value_variants() {
            let value = target.to_possible_value().expect("it can be named");
            assert_eq!(value.get_name(), target.name());
        }
    }
}
