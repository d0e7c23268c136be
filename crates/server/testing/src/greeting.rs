//! Parses the startup banner of a server.

use serde_json::Value;

/// The address of the server, and the sign-in link.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Greeting {
    pub(crate) url: String,
    /// The secret of the sign-in link; empty in a log.
    pub(crate) token: String,
}

impl Greeting {
    /// Returns the banner from the output so far, once it is complete.
    pub(crate) fn find(said: &str) -> Option<Greeting> {
        // The text after the last line break may be half a line.
        let (lines, _) = said.rsplit_once('\n')?;
        Greeting::for_a_person(lines).or_else(|| lines.lines().find_map(Greeting::in_a_log))
    }

    fn for_a_person(lines: &str) -> Option<Greeting> {
        let after = |word| lines.lines().find_map(|line| Some(line.trim_start().strip_prefix(word)?.trim()));
        // The last line of the banner.
        after("Data  ")?;
        let url = after("Dashboard  ")?.strip_suffix("/app/")?.to_owned();
        let token = after("Sign in  ").and_then(|link| Some(link.split_once("/app/sign-in?token=")?.1.to_owned()));
        Some(Greeting { url, token: token.unwrap_or_default() })
    }

    fn in_a_log(line: &str) -> Option<Greeting> {
        let event: Value = serde_json::from_str(line).ok()?;
        let url = (event["message"] == "Knock is running").then(|| event["url"].as_str())??.to_owned();
        Some(Greeting { url, token: String::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(said: &str, url: &str, token: &str) {
        assert_eq!(Greeting::find(said), Some(Greeting { url: url.into(), token: token.into() }), "{said}");
    }

    #[test]
    fn it_is_found_among_lines_for_a_person_and_in_a_log() {
        let lines = "\nKnock is running.\n\n  Dashboard    http://127.0.0.1:9/app/\n  Sign in      \
                     http://127.0.0.1:9/app/sign-in?token=abc\n               (once)\n  Data         /srv/knock\n";
        check(lines, "http://127.0.0.1:9", "abc");
        let event = r#"{"level":"INFO","message":"Knock is running","url":"http://127.0.0.1:9"}"#;
        check(&format!("{{\"message\":\"first\"}}\n{event}\n"), "http://127.0.0.1:9", "");
    }

    #[test]
    fn half_of_it_is_none() {
        for said in ["", "  Dashboard    http://127.0.0.1:9/app/\n", "  Dashboard    http://x/app/\n  Data   /"] {
            assert_eq!(Greeting::find(said), None, "{said}");
        }
    }
}
