//! Signing in: the credentials as a server wants them, and the servers that may have them.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use core::fmt;
use http_auth::{PasswordClient, PasswordParams};
use std::sync::{Arc, Mutex, PoisonError};
use url::{Host, Url};

/// The address of a rep's calendars, and the credentials.
#[derive(Clone)]
pub struct Account {
    /// The address of the server, of the account or of a calendar.
    pub url: Url,
    pub user: String,
    /// The password, or one that was made for this app.
    pub password: String,
}

impl fmt::Debug for Account {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "Account({} at {})", self.user, self.url)
    }
}

/// How requests of an account sign in: by `Basic`, until the server asks for `Digest` (RFC 7616).
#[derive(Clone, Default)]
pub(crate) struct SignIn {
    digest: Arc<Mutex<Option<PasswordClient>>>,
}

impl SignIn {
    /// The value of the header `Authorization`.
    pub(crate) fn authorization(&self, account: &Account, method: &str, url: &Url, body: &str) -> String {
        let Account { user, password, .. } = account;
        let mut digest = self.digest.lock().unwrap_or_else(PoisonError::into_inner);
        let uri = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        let request = PasswordParams { username: user, password, uri: &uri, method, body: Some(body.as_bytes()) };
        let answer = digest.as_mut().and_then(|digest| digest.respond(&request).ok());
        answer.unwrap_or_else(|| format!("Basic {}", BASE64_STANDARD.encode(format!("{user}:{password}"))))
    }

    /// Takes the challenge of a server that refused; whether it asks for something that is worth another request.
    pub(crate) fn takes(&self, challenges: &[String]) -> bool {
        let is_digest = |challenge: &&String| {
            challenge.trim_start().get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("digest "))
                || challenge.to_ascii_lowercase().contains(", digest ")
        };
        let known = challenges.iter().filter(is_digest);
        let client = known.fold(PasswordClient::builder(), |builder, challenge| builder.challenges(challenge)).build();
        let Ok(client @ PasswordClient::Digest(_)) = client else { return false };
        *self.digest.lock().unwrap_or_else(PoisonError::into_inner) = Some(client);
        true
    }
}

/// Whether a server that the account's own leads to may have its credentials: it is the same one, or both are of one
/// registrable domain and encrypt (RFC 6764, 6).
pub(crate) fn is_trusted(own: &Url, other: &Url) -> bool {
    let is_encrypted = [own, other].iter().all(|url| url.scheme() == "https");
    own.origin() == other.origin() || is_encrypted && site(own).is_some() && site(own) == site(other)
}

/// The registrable domain of a host, or the host itself where it has none.
fn site(url: &Url) -> Option<String> {
    match url.host()? {
        Host::Domain(name) => Some(psl::domain_str(name).unwrap_or(name).to_ascii_lowercase()),
        Host::Ipv4(address) => Some(address.to_string()),
        Host::Ipv6(address) => Some(address.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_stay_within_a_domain() {
        for (own, other, expected) in [
            ("https://caldav.cloud.example/", "https://p42-caldav.cloud.example:443/123/", true),
            ("https://caldav.cloud.example/", "https://caldav.cloud.example:8443/", true),
            ("https://cloud.example/", "https://CLOUD.example/other", true),
            ("https://caldav.cloud.example/", "http://p42-caldav.cloud.example/", false),
            ("http://caldav.cloud.example/", "https://p42-caldav.cloud.example/", false),
            ("https://caldav.cloud.example/", "https://cloud.example.other.example/", false),
            ("https://one.co.uk/", "https://two.co.uk/", false),
            ("https://one.github.io/", "https://two.github.io/", false),
            ("https://10.0.0.1/", "https://10.0.0.2/", false),
            ("http://10.0.0.1/", "http://10.0.0.1:8080/", false),
        ] {
            let [own, other] = [own, other].map(|url| Url::parse(url).expect("an address"));
            assert_eq!(is_trusted(&own, &other), expected, "{own} {other}");
        }
    }

    #[test]
    fn a_digest_is_answered_as_the_standard_shows() {
        let sign_in = SignIn::default();
        let url = Url::parse("https://cal.example/dir/index.html?a=b").expect("an address");
        let account = Account { url: url.clone(), user: "Mufasa".to_owned(), password: "Circle of Life".to_owned() };
        assert!(sign_in.authorization(&account, "GET", &url, "").starts_with("Basic "));
        assert!(!sign_in.takes(&["Basic realm=\"x\"".to_owned(), "Bearer".to_owned()]));
        for challenge in [
            "Digest realm=\"cal\",qop=\"auth\",nonce=\"61b1\",opaque=\"d6\"",
            "digest realm=\"cal\", nonce=\"61b1\", qop=\"auth\", algorithm=SHA-256",
            "Basic realm=\"x\", Digest realm=\"cal\", nonce=\"61b1\", qop=\"auth\", algorithm=MD5-sess",
        ] {
            assert!(sign_in.takes(&[challenge.to_owned()]), "{challenge}");
            let first = sign_in.authorization(&account, "REPORT", &url, "x");
            for part in ["Digest ", "username=\"Mufasa\"", "uri=\"/dir/index.html?a=b\"", "nc=00000001"] {
                assert!(first.contains(part), "{part}: {first}");
            }
            assert!(sign_in.authorization(&account, "REPORT", &url, "x").contains("nc=00000002"));
        }
    }
}
