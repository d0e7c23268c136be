//! Knock Links in words.

use knock_wire::{LinkAddress, Word};

/// The suggested channels of links.
pub(crate) const CHANNELS: [&str; 10] = [
    "G2",
    "Capterra",
    "LinkedIn Ads",
    "Facebook Ads",
    "Google Ads",
    "E-mail",
    "E-mail signature",
    "PDF",
    "QR code",
    "Marketplace",
];
/// The languages of pages.
pub(crate) const LINK_LANGUAGES: [(&str, &str); 5] =
    [("", "That of the visitor"), ("en", "English"), ("de", "German"), ("fr", "French"), ("es", "Spanish")];

pub(crate) fn funnel_words(funnel: &knock_wire::FunnelWord) -> String {
    match funnel {
        Word::Known(knock_routing::Funnel::Chat) => "Chat".to_owned(),
        Word::Known(knock_routing::Funnel::Meeting) => "Meeting".to_owned(),
        Word::Unknown(word) => word.clone(),
    }
}

/// The pasted addresses: one a line, or separated by commas, semicolons or spaces.
pub(crate) fn pasted_emails(text: &str) -> Vec<String> {
    let parts = text.split(|sign: char| sign.is_whitespace() || matches!(sign, ',' | ';'));
    parts.map(|part| part.trim_matches(['<', '>', '"'])).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// A CSV file for spreadsheets and mail programs, with the byte order mark by which spreadsheets know its encoding.
pub(crate) fn addresses_csv(addresses: &[LinkAddress]) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    // An address may begin with a sign, by which a spreadsheet would take it for a formula.
    let plain = |email: &str| if email.starts_with(['=', '+', '-']) { format!("'{email}") } else { email.to_owned() };
    let line = |address: &LinkAddress| format!("{},{}\r\n", quoted(&plain(&address.email)), quoted(&address.url));
    "\u{feff}email,url\r\n".to_owned() + &addresses.iter().map(line).collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn addresses_are_found_in_what_is_pasted() {
        let found = pasted_emails("ann@a.example, <bo@b.example>;\r\n\n cy@c.example\t");
        assert_eq!(found, ["ann@a.example", "bo@b.example", "cy@c.example"]);
        assert!(pasted_emails(" ,;\n").is_empty());
    }

    #[wasm_bindgen_test]
    fn a_file_has_a_line_for_each_contact() {
        let address =
            LinkAddress { email: "\"a,b\"@a.example".to_owned(), url: "https://k.example/l/a?c=x".to_owned() };
        let expected = "\u{feff}email,url\r\n\"\"\"a,b\"\"@a.example\",\"https://k.example/l/a?c=x\"\r\n";
        assert_eq!(addresses_csv(&[address]), expected);
        let formula = LinkAddress { email: "=1+1@a.example".to_owned(), url: "u".to_owned() };
        assert_eq!(addresses_csv(&[formula]), "\u{feff}email,url\r\n\"'=1+1@a.example\",\"u\"\r\n");
    }
}
