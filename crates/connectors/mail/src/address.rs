//! Addresses as mail servers take them.

use lettre::Address;
use std::error::Error;
use url::Host;

/// The address of a person for the envelope and the headers: a domain in letters beyond ASCII is written in ASCII (RFC 5890), as
/// every server takes it.
///
/// # Errors
/// When it is no address.
pub(crate) fn address(text: &str) -> Result<Address, Box<dyn Error + Send + Sync>> {
    let Some((local, domain)) = text.rsplit_once('@').filter(|(_, domain)| !domain.is_ascii()) else {
        return Ok(text.parse()?);
    };
    match Host::parse(domain)? {
        Host::Domain(domain) => Ok(Address::new(local, domain)?),
        Host::Ipv4(_) | Host::Ipv6(_) => Err("the domain of the address is none".into()),
    }
}

/// Whether a server can take it without SMTPUTF8 (RFC 6531): the part before the `@` has no other form.
pub(crate) fn is_for_all(address: &Address) -> bool {
    AsRef::<str>::as_ref(address).is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_written_in_ascii_and_local_parts_as_they_are() {
        for (text, expected, is_easy) in [
            ("ann@acme.example", "ann@acme.example", true),
            ("ann@müller.example", "ann@xn--mller-kva.example", true),
            ("ann@пример.рф", "ann@xn--e1afmkfd.xn--p1ai", true),
            ("ann@例え.example", "ann@xn--r8jz45g.example", true),
            ("jürgen@müller.example", "jürgen@xn--mller-kva.example", false),
        ] {
            let read = address(text).expect(text);
            assert_eq!((read.to_string(), is_for_all(&read)), (expected.to_owned(), is_easy), "{text}");
        }
        for text in ["ann", "ann@", "@müller.example", "ann@mü ller.example", "ann@１２７.0.0.1"] {
            assert!(address(text).is_err(), "{text}");
        }
    }
}
