//! Credentials of a vendor as the text that is sealed.

use knock_ports::Credentials;

/// The text of credentials.
pub fn credentials_text(credentials: &Credentials) -> String {
    serde_json::to_string(&credentials.0).expect("texts have JSON")
}

/// Credentials from that text. A text from before credentials had names is the value of the field `alone`.
pub fn credentials_of(text: String, alone: &str) -> Credentials {
    match serde_json::from_str(&text) {
        Ok(values) => Credentials(values),
        Err(_) => Credentials([(alone.to_owned(), text)].into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_read_back_and_so_is_a_text_without_names() {
        let credentials = Credentials::from([("id", "7b"), ("secret", "s")]);
        assert_eq!(credentials_of(credentials_text(&credentials), "id"), credentials);
        assert_eq!(credentials_of("pat-eu1-41".to_owned(), "id"), Credentials::from([("id", "pat-eu1-41")]));
    }
}
