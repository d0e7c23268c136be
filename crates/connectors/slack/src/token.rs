//! The token of a bot, which no log shows.

use std::fmt;

/// The prefixes of bot tokens: plain ones, and rotating ones.
const STARTS: [&str; 2] = ["xoxb-", "xoxe.xoxb-"];
/// The longest token, in bytes.
const LONGEST: usize = 500;

/// The token of a bot. Its `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// The reason for which a text is not a bot token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadToken {
    /// Another kind of token, or none.
    #[error("does not begin with xoxb-: the bot token of the app is wanted")]
    OtherKind,
    /// Characters that no token has, or too many.
    #[error("is no token: it has a character other than letters, digits, - and ., or more than 500 of them")]
    Form,
}

impl Token {
    /// Reads one, as a person pastes it.
    ///
    /// # Errors
    /// What is wrong, for that person.
    pub fn parse(text: &str) -> Result<Token, BadToken> {
        let text = text.trim();
        if !STARTS.iter().any(|start| text.starts_with(start)) {
            return Err(BadToken::OtherKind);
        }
        let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
        if is_plain && text.len() <= LONGEST { Ok(Token(text.to_owned())) } else { Err(BadToken::Form) }
    }

    /// The token itself: to be sent to Slack, or sealed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Token(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tokens_of_bots_are_taken() {
        assert_eq!(Token::parse(" xoxb-1-a\n").map(|token| token.as_str().to_owned()), Ok("xoxb-1-a".to_owned()));
        assert!(Token::parse("xoxe.xoxb-1-a").is_ok());
        for text in ["", "xoxp-1", "xapp-1", "Bearer xoxb-1"] {
            assert_eq!(Token::parse(text), Err(BadToken::OtherKind), "{text}");
        }
        for text in ["xoxb-1 2", "xoxb-\u{e9}", "xoxb-1\r\nhost: x", &format!("xoxb-{}", "1".repeat(500))] {
            assert_eq!(Token::parse(text), Err(BadToken::Form), "{text}");
        }
    }

    #[test]
    fn its_debug_shows_nothing() {
        assert_eq!(format!("{:?}", Token::parse("xoxb-secret")), "Ok(Token(..))");
    }
}
