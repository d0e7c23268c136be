//! Failed connections in words: what is wrong and what to do. The text of the network or of TLS is a detail behind it.

use crate::kit::letters::lower;

/// Parts of the texts of networks, of TLS and of outgoing requests, each with its sentence; the first match counts.
const CAUSES: [(&[&str], &str); 12] = [
    (
        &["private network", "private_networks"],
        "This address is in a private network, which Knock does not reach by itself. The operator of the server can allow it: outbound.private_networks.",
    ),
    (
        &[
            "invalidcontenttype",
            "corrupt message",
            "wrong version number",
            "invalid http version",
            "frame with invalid size",
        ],
        "Nothing speaks HTTPS at this address and port. Check whether it is http or https, and the port.",
    ),
    (
        &["notvalidforname", "not valid for name"],
        "The certificate there is for another name. Check the address, or have the certificate renewed for this name.",
    ),
    (
        &["certificate expired", "invalid peer certificate: expired", "certificate has expired"],
        "The certificate there has expired. It has to be renewed on that server.",
    ),
    (
        &[
            "unknownissuer",
            "unknown issuer",
            "self-signed",
            "self signed",
            "invalid peer certificate",
            "is not trusted",
        ],
        "The certificate there is not trusted. That server needs one from a known authority, with its intermediate certificates.",
    ),
    (
        &["dns error", "failed to lookup address", "name or service not known", "no such host", "name resolution"],
        "There is no server of this name. Check the address for typing errors.",
    ),
    (
        &["connection refused", "os error 111"],
        "Nothing answers at this address and port. Check both, and whether the service there is running.",
    ),
    (
        &["timed out", "did not answer in time", "deadline has elapsed", "operation timed"],
        "There was no answer in time. Check the address, and whether a firewall is between.",
    ),
    (
        &["network is unreachable", "no route to host", "host is unreachable"],
        "There is no way to this address from the server of Knock. Check its network and firewall.",
    ),
    (
        &[
            "connection reset",
            "broken pipe",
            "connection closed",
            "incompletemessage",
            "unexpected eof",
            "close_notify",
            "unexpected-eof",
        ],
        "The connection was broken off there. If that goes on, check the port, and proxies between.",
    ),
    (
        &["handshake", "tls error", "fatal alert", "peer is incompatible"],
        "No encrypted connection came about. Check whether the server there offers TLS 1.2 or later.",
    ),
    (
        &["error sending request", "could not be reached", "is not reached"],
        "The server there could not be reached. Check the address, and whether the service there is running.",
    ),
];

/// The sentence about a failed connection; none for other texts.
pub(crate) fn network_words(text: &str) -> Option<&'static str> {
    let text = lower(text);
    let is_met = |(parts, _): &&(&[&str], &str)| parts.iter().any(|part| text.contains(part));
    CAUSES.iter().find(is_met).map(|(_, words)| *words)
}

/// The sentence of a failed connection to a vendor, else the text: the address is right there, so that the network of
/// this server is what to check.
pub(crate) fn vendor_words(vendor: &str, text: &str) -> String {
    match network_words(text) {
        Some(_) => {
            format!("{vendor} could not be reached. Check the network, the DNS and the firewall of this server.")
        }
        None => text.to_owned(),
    }
}

/// The sentence of a failed connection, else the text.
pub(crate) fn plain(text: &str) -> &str {
    network_words(text).unwrap_or(text)
}

/// The same without its full stop, for a sentence that ends after it.
pub(crate) fn plain_part(text: &str) -> &str {
    plain(text).trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn texts_of_networks_become_sentences_with_advice() {
        for (text, start) in [
            ("leads into a private network, see `outbound.private_networks`", "This address is in a private network"),
            (
                "error sending request: client error (Connect): received corrupt message of type InvalidContentType",
                "Nothing speaks HTTPS",
            ),
            ("invalid peer certificate: UnknownIssuer", "The certificate there is not trusted"),
            ("invalid peer certificate: Expired", "The certificate there has expired"),
            (
                "invalid peer certificate: certificate not valid for name \"a.test\"",
                "The certificate there is for another name",
            ),
            (
                "dns error: failed to lookup address information: Name or service not known",
                "There is no server of this name",
            ),
            ("tcp connect error: Connection refused (os error 111)", "Nothing answers at this address"),
            ("the server did not answer in time", "There was no answer in time"),
            ("error sending request: operation timed out", "There was no answer in time"),
            ("connection closed before message completed", "The connection was broken off"),
            ("the mail server is not reached", "The server there could not be reached"),
        ] {
            let words = network_words(text).unwrap_or_default();
            assert!(words.starts_with(start) && words.ends_with('.'), "{text}: {words}");
        }
    }

    #[wasm_bindgen_test]
    fn a_vendor_is_named_and_its_address_is_not_doubted() {
        let words = vendor_words("HubSpot", "HubSpot: dns error: failed to lookup address information");
        assert!(words.starts_with("HubSpot could not be reached."), "{words}");
        assert_eq!(
            vendor_words("HubSpot", "HubSpot: This property does not exist"),
            "HubSpot: This property does not exist"
        );
    }

    #[wasm_bindgen_test]
    fn other_texts_stay_as_they_are() {
        for text in ["answered 503", "the mail server refuses the user or the password", ""] {
            assert_eq!((network_words(text), plain(text)), (None, text));
        }
    }
}
