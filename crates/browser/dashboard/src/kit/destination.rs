//! The page to open after signing in: where the session ended, or where the link of a mail led.

use knock_model::Millis;

use super::browser;

/// The first page, where no other is asked for.
pub(crate) const HOME: &str = "/app/home";
/// The sign-in page.
pub(crate) const SIGN_IN: &str = "/app/sign-in";
/// The parameter of the sign-in page with the destination.
pub(crate) const PARAMETER: &str = "next";
/// The storage key of the destination, for a sign-in link that opens in another tab: its instant and its address.
const KEPT: &str = "knock_next";
/// A sign-in link lasts as long.
const LASTS: Millis = Millis(3_600_000);

/// The address of the sign-in page that leads to an address of the app afterwards.
pub(crate) fn sign_in_to(address: &str) -> String {
    if is_ours(address) { format!("{SIGN_IN}?{PARAMETER}={}", browser::encoded(address)) } else { SIGN_IN.to_owned() }
}

/// Keeps the destination in the address of the sign-in page, for a sign-in link that opens in another tab; returns
/// whether it is one.
pub(crate) fn keep(address: &str) -> bool {
    let is_ours = is_ours(address);
    if is_ours {
        browser::keep(KEPT, &format!("{} {address}", browser::clock().0));
    }
    is_ours
}

/// Takes the destination after signing in: that of the page's address, else for a sign-in link the kept one.
pub(crate) fn take() -> Option<String> {
    let kept = || kept(&browser::kept(KEPT), browser::clock()).filter(|_| !browser::query("token").is_empty());
    let address = Some(browser::query(PARAMETER)).filter(|address| is_ours(address)).or_else(kept);
    forget();
    address
}

/// Forgets the kept destination: the member signs out.
pub(crate) fn forget() {
    browser::drop_kept(KEPT);
}

/// The kept address, unless it is too old.
fn kept(line: &str, now: Millis) -> Option<String> {
    let (at, address) = line.split_once(' ')?;
    let age = now - Millis(at.parse().ok()?);
    ((Millis(0)..LASTS).contains(&age) && is_ours(address)).then(|| address.to_owned())
}

/// Whether an address is that of a page below `/app/`, and of no other after the browser has resolved it.
fn is_ours(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    // Browsers drop control characters and read `\` as `/`.
    let is_plain = address.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let is_step = |part: &str| matches!(&*part.to_ascii_lowercase().replace("%2e", "."), "." | "..");
    let has_steps = path.split('/').any(is_step);
    let is_page =
        path.starts_with("/app/") && path != "/app/" && !path.contains("//") && path.trim_end_matches('/') != SIGN_IN;
    is_plain && is_page && !has_steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn only_pages_of_the_app_are_destinations() {
        for address in ["/app/inbox/06060606-0606-4606-8606-060606060606?view=mine", "/app/contacts?q=a%20b#top"] {
            assert!(is_ours(address), "{address}");
        }
        for address in [
            "",
            "/",
            "/app",
            "/app/",
            "/appendix/",
            "/demo/",
            "//evil.test/app/",
            "https://evil.test/app/",
            "javascript:alert(1)",
            "/app//evil.test",
            "/app/\\evil.test",
            "\\\\evil.test/app/",
            "/app/../api/v1/session",
            "/app/%2E%2e/demo/",
            "/app/./live",
            "/app/\tlive",
            "/app/sign-in",
            "/app/sign-in/?token=t0k",
        ] {
            assert!(!is_ours(address), "{address}");
        }
    }

    #[wasm_bindgen_test]
    fn a_destination_is_kept_for_as_long_as_a_link_lasts() {
        let now = Millis(LASTS.0 * 2);
        let line = |age: i64, address: &str| kept(&format!("{} {address}", now.0 - age), now);
        assert_eq!(line(LASTS.0 - 1, "/app/inbox").as_deref(), Some("/app/inbox"));
        assert_eq!(line(LASTS.0, "/app/inbox"), None);
        assert_eq!(line(-1, "/app/inbox"), None);
        assert_eq!(line(0, "https://evil.test/app/"), None);
        assert_eq!(kept("", now), None);
    }
}
