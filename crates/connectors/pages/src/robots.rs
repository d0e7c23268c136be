//! Rules of a host's robots.txt.

use std::time::Duration;
use texting_robots::Robot;
use url::Url;

/// The name of this reader in robots.txt.
const NAME: &str = "Knock";
/// The pause between two requests where robots.txt asks for none.
pub(crate) const PAUSE: Duration = Duration::from_millis(250);
/// The longest pause that robots.txt can ask for.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// The rules of a host.
pub(crate) struct Robots(Option<Robot>);

impl Robots {
    /// The rules in a robots.txt.
    pub(crate) fn parse(text: &[u8]) -> Robots {
        // What cannot be read forbids nothing.
        Robots(Robot::new(NAME, text).ok())
    }

    /// The rules of a host without a robots.txt.
    pub(crate) const fn none() -> Robots {
        Robots(None)
    }

    /// Whether a page may be read.
    pub(crate) fn allows(&self, url: &Url) -> bool {
        self.0.as_ref().is_none_or(|robot| robot.allowed(url.as_str()))
    }

    /// The pause between two requests.
    pub(crate) fn pause(&self) -> Duration {
        let asked = self.0.as_ref().and_then(|robot| robot.delay);
        let asked =
            asked.map_or(Duration::ZERO, |seconds| Duration::try_from_secs_f32(seconds).unwrap_or(LONGEST_PAUSE));
        asked.clamp(PAUSE, LONGEST_PAUSE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_for_all_and_for_this_reader_count() {
        for (text, path, is_allowed) in [
            ("", "/a", true),
            ("User-agent: *\nDisallow: /a", "/a", false),
            ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b", true),
            ("User-agent: knock\nDisallow: /a\n\nUser-agent: *\nDisallow:", "/a", false),
            ("User-agent: other\nDisallow: /", "/a", true),
            ("User-agent: *\nDisallow: /*.pdf$", "/x.pdf", false),
            ("\u{0}\u{1}<html>no robots", "/a", true),
        ] {
            let url = Url::parse("https://example.com").expect("a URL").join(path).expect("a path");
            assert_eq!(Robots::parse(text.as_bytes()).allows(&url), is_allowed, "{text} {path}");
        }
    }

    #[test]
    fn a_pause_is_neither_none_nor_for_ever() {
        for (text, seconds) in
            [("", 0.25), ("Crawl-delay: 3", 3.0), ("Crawl-delay: 0", 0.25), ("Crawl-delay: 999999", 10.0)]
        {
            let text = format!("User-agent: *\n{text}");
            assert_eq!(Robots::parse(text.as_bytes()).pause(), Duration::from_secs_f64(seconds), "{text}");
        }
    }
}
