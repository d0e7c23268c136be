//! Browsers and systems by their `User-Agent` (`data/README.md`).

use serde::Deserialize;
use std::error::Error;
use std::sync::LazyLock;
use ua_parser::{os, user_agent};

/// The maximum length of a user agent, in bytes: longer ones are cut.
const MAX_AGENT: usize = 512;
/// The suffixes of variants: a browser is the same one on a phone and within another program.
const VARIANTS: [&str; 6] = [" Mobile WebView", " Mobile iOS", " Mobile", " iOS", " WebView", " UI/WKWebView"];

static AGENTS: LazyLock<Option<Agents>> = LazyLock::new(|| Agents::read().ok());

struct Agents {
    browsers: user_agent::Extractor<'static>,
    systems: os::Extractor<'static>,
}

#[derive(Deserialize)]
struct File {
    user_agent_parsers: Vec<user_agent::Parser<'static>>,
    os_parsers: Vec<os::Parser<'static>>,
}

/// The part of a user agent that is parsed.
pub(crate) fn cut(agent: &str) -> &str {
    &agent[..agent.floor_char_boundary(MAX_AGENT)]
}

/// Returns device, operating system and browser; empty if unknown.
pub(crate) fn parsed(agent: &str) -> (&'static str, String, String) {
    let agent = cut(agent);
    let Some(agents) = &*AGENTS else { return Default::default() };
    let system = agents.systems.extract(agent).map(|known| system(&known.os)).unwrap_or_default();
    let browser = agents.browsers.extract(agent).map(|known| browser(&known.family)).unwrap_or_default();
    (device(agent), system, browser)
}

impl Agents {
    fn read() -> Result<Agents, Box<dyn Error>> {
        let file: File = serde_json::from_str(include_str!("../data/user_agents.json"))?;
        let mut browsers = user_agent::Builder::new();
        for parser in file.user_agent_parsers {
            browsers = browsers.push(parser)?;
        }
        let mut systems = os::Builder::new();
        for parser in file.os_parsers {
            systems = systems.push(parser)?;
        }
        Ok(Agents { browsers: browsers.build()?, systems: systems.build()? })
    }
}

/// The device by the rules of browser vendors: `Mobi` is on handheld devices. An iPad that requests desktop pages
/// identifies as a Mac.
fn device(agent: &str) -> &'static str {
    let has = |word: &str| agent.contains(word);
    let is_tablet = has("iPad") || has("Tablet") || has("Kindle") || has("Silk/") || has("Android") && !has("Mobi");
    match () {
        () if !agent.starts_with("Mozilla/") && !agent.starts_with("Opera/") => "",
        () if is_tablet => "tablet",
        () if has("Mobi") || has("Phone") => "mobile",
        () => "desktop",
    }
}

fn system(family: &str) -> String {
    let known = match family {
        "Mac OS X" => "macOS",
        "Chrome OS" => "ChromeOS",
        // Few distributions identify themselves, and they do not represent the others: all count as Linux.
        "Ubuntu" | "Debian" | "Fedora" | "Red Hat" | "SUSE" | "Gentoo" | "Arch Linux" | "Mandriva" => "Linux",
        _ => family,
    };
    if known.starts_with("Windows") && known != "Windows Phone" { "Windows".into() } else { known.into() }
}

fn browser(family: &str) -> String {
    let family = family.strip_prefix("Mobile ").or(family.strip_prefix("Headless")).unwrap_or(family);
    let family = VARIANTS.iter().find_map(|variant| family.strip_suffix(variant)).unwrap_or(family);
    let known = match family {
        "IE" => "Internet Explorer",
        "Chromium" => "Chrome",
        _ => family,
    };
    known.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEBKIT: &str = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
    const BLINK: &str = "AppleWebKit/537.36 (KHTML, like Gecko)";
    const WINDOWS: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
    const ANDROID: &str = "Mozilla/5.0 (Linux; Android 10; K)";
    const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X)";

    #[test]
    fn the_data_can_be_read() {
        assert!(Agents::read().is_ok());
    }

    #[test]
    fn a_browser_has_one_name_on_all_devices() {
        let cases = [
            (format!("{WINDOWS} {BLINK} Chrome/142.0.0.0 Safari/537.36"), ("desktop", "Windows", "Chrome")),
            (format!("{WINDOWS} {BLINK} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0"), ("desktop", "Windows", "Edge")),
            (
                format!("{WINDOWS} {BLINK} Chrome/140.0.0.0 Safari/537.36 OPR/124.0.0.0"),
                ("desktop", "Windows", "Opera"),
            ),
            (
                format!("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/26.0 Safari/605.1.15"),
                ("desktop", "macOS", "Safari"),
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0".into(),
                ("desktop", "Linux", "Firefox"),
            ),
            (
                "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0".into(),
                ("desktop", "Linux", "Firefox"),
            ),
            (
                format!("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {BLINK} Chrome/142.0.0.0 Safari/537.36"),
                ("desktop", "ChromeOS", "Chrome"),
            ),
            (format!("{ANDROID} {BLINK} Chrome/142.0.0.0 Mobile Safari/537.36"), ("mobile", "Android", "Chrome")),
            (format!("{ANDROID} {BLINK} Chrome/142.0.0.0 Safari/537.36"), ("tablet", "Android", "Chrome")),
            (
                format!("{ANDROID} {BLINK} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36"),
                ("mobile", "Android", "Samsung Internet"),
            ),
            (
                format!("{ANDROID} {BLINK} Chrome/142.0.0.0 Mobile Safari/537.36 EdgA/142.0.0.0"),
                ("mobile", "Android", "Edge"),
            ),
            (
                "Mozilla/5.0 (Android 15; Tablet; rv:144.0) Gecko/144.0 Firefox/144.0".into(),
                ("tablet", "Android", "Firefox"),
            ),
            (format!("{IPHONE} {WEBKIT} Version/26.0 Mobile/15E148 Safari/604.1"), ("mobile", "iOS", "Safari")),
            (format!("{IPHONE} {WEBKIT} CriOS/142.0.7444.77 Mobile/15E148 Safari/604.1"), ("mobile", "iOS", "Chrome")),
            (format!("{IPHONE} {WEBKIT} FxiOS/144.0 Mobile/15E148 Safari/605.1.15"), ("mobile", "iOS", "Firefox")),
            (
                format!(
                    "Mozilla/5.0 (iPad; CPU OS 17_7 like Mac OS X) {WEBKIT} Version/17.7 Mobile/15E148 Safari/604.1"
                ),
                ("tablet", "iOS", "Safari"),
            ),
            (
                format!("{IPHONE} {WEBKIT} Mobile/15E148 [FBAN/FBIOS;FBAV/530.0;FBDV/iPhone14,5;FBMD/iPhone;FBSN/iOS]"),
                ("mobile", "iOS", "Facebook"),
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko".into(),
                ("desktop", "Windows", "Internet Explorer"),
            ),
        ];
        for (agent, (device, os, browser)) in cases {
            assert_eq!(parsed(&agent), (device, os.to_owned(), browser.to_owned()), "{agent}");
        }
    }

    #[test]
    fn what_is_no_browser_says_nothing_that_counts() {
        for agent in ["", "x", &"ä".repeat(400), &"(".repeat(9_000)] {
            assert_eq!(parsed(agent), Default::default(), "{agent}");
        }
    }
}
