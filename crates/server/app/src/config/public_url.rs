//! The address at which visitors and the team reach the server.

use anyhow::{bail, ensure};
use url::Url;

/// Checks an address; empty is made from `listen`.
pub(super) fn check(text: &str) -> anyhow::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    let is_web = |url: &Url| matches!(url.scheme(), "http" | "https") && url.has_host();
    let Some(url) = Url::parse(text).ok().filter(is_web) else {
        let meant = Url::parse(&format!("https://{text}")).ok().filter(|url| is_web(url) && !text.contains("//"));
        let meant = meant.map(|_| format!("; did you mean https://{text}?")).unwrap_or_default();
        bail!("`public_url` is `{text}`, expected an address such as https://knock.example.com{meant}");
    };
    let is_plain = url.username().is_empty() && url.password().is_none();
    ensure!(
        is_plain && url.query().is_none() && url.fragment().is_none(),
        "`public_url` must have no user, no query and no fragment"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_scheme_and_a_host() {
        for good in
            ["", "https://knock.example.com", "http://127.0.0.1:8787", "http://[::1]:8787/", "https://a.example/x"]
        {
            assert!(check(good).is_ok(), "{good}");
        }
        let cases = [
            ("knock.example.com", "did you mean https://knock.example.com?"),
            ("localhost:8787", "did you mean https://localhost:8787?"),
            ("ftp://knock.example.com", "expected an address such as https://"),
            ("https://", "expected an address such as https://"),
            ("knock example", "expected an address such as https://"),
            ("https://ann@knock.example.com", "no user"),
            ("https://knock.example.com?a=b", "no query"),
        ];
        for (wrong, expected) in cases {
            let error = check(wrong).expect_err("refused").to_string();
            assert!(error.contains("`public_url`") && error.contains(expected), "{wrong}: {error}");
        }
    }
}
