//! Addresses as mail servers take them.

use knock_model::Email;
use lettre::Address;
use std::error::Error;
use url::Host;

/// The address of a person for the envelope and the headers: a domain in letters beyond ASCII is written in ASCII (RFC 5890), as
/// every server takes it.
///
/// # Errors
/// When it is no address.
pub(crate) fn address(text: &str) -> Result<Address, Box<dyn Error + Send + Sync>> {
    let Some((local, domain)) = text.rsplit_once('@').filter(|_| !text.is_ascii()) else {
        return Ok(text.parse()?);
    };
    let Host::Domain(domain) = Host::parse(domain)? else { return Err("the domain of the address is none".into()) };
    // The library takes no marks of letters, without which most scripts of India have no words.
    let is_read = Email::parse(text).is_ok_and(|email| email.as_str() == text);
    Ok(if is_read { Address::new_dangerous(local, domain) } else { Address::new(local, domain)? })
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
            ("r&d/ann=x@acme.example", "r&d/ann=x@acme.example", true),
            ("ann@xn--mller-kva.example", "ann@xn--mller-kva.example", true),
            ("ann@faß.example", "ann@xn--fa-hia.example", true),
            ("ann@مثال.ایران", "ann@xn--mgbh0fb.xn--mgba3a4f16a", true),
            ("ann@ตัวอย่าง.ไทย", "ann@xn--72c1a1bt4awk9o.xn--o3cw4h", true),
            ("केन्द्र@उदाहरण.भारत", "केन्द्र@xn--p1b6ci4b4b3a.xn--h2brj9c", false),
            ("ศูนย์@acme.example", "ศูนย์@acme.example", false),
            ("z\u{307}aba@acme.example", "z\u{307}aba@acme.example", false),
            ("می\u{200c}خواهم@acme.example", "می\u{200c}خواهم@acme.example", false),
        ] {
            let read = address(text).expect(text);
            assert_eq!((read.to_string(), is_for_all(&read)), (expected.to_owned(), is_easy), "{text}");
        }
        for text in [
            "ann",
            "ann@",
            "@müller.example",
            "ann@mü ller.example",
            "ann@１２７.0.0.1",
            "м\r\nann@acme.example",
            "м <ann@acme.example",
            "м\u{202e}@acme.example",
        ] {
            assert!(address(text).is_err(), "{text}");
        }
    }
}
