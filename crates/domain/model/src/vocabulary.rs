//! Closed sets of words: an enum whose values have exactly one spelling everywhere.

use alloc::borrow::Cow;
use alloc::vec::Vec;

/// A word that is represented by its spelling in JSON, database, pages and documents.
pub trait Vocabulary: Sized {
    /// The name of the type.
    const NAME: &'static str;

    /// Every spelling; empty where a word can hold what somebody chose.
    fn words() -> Vec<Cow<'static, str>>;

    /// The value with exactly this spelling.
    fn parse(word: &str) -> Option<Self>;

    /// The one spelling of this value.
    fn spelling(&self) -> Cow<'_, str>;
}

/// Declares an enum with its spellings, `ALL`, `as_str` and `parse`; it is a [`Vocabulary`].
#[macro_export]
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $value:ident = $word:expr),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $value),+ }

        impl $name {
            /// Every value, in the order of the table it comes from.
            pub const ALL: &'static [$name] = &[$($name::$value),+];

            const WORDS: &'static [&'static str] = &[$($word),+];

            /// The one spelling of this value, in JSON, database, pages and documents.
            pub const fn as_str(self) -> &'static str {
                Self::WORDS[self as usize]
            }

            /// The value with exactly this spelling.
            pub fn parse(word: &str) -> Option<$name> {
                Self::ALL.get(Self::WORDS.iter().position(|known| *known == word)?).copied()
            }

            /// The place in `ALL`.
            pub const fn index(self) -> usize {
                self as usize
            }
        }

        impl $crate::Vocabulary for $name {
            const NAME: &'static str = stringify!($name);

            fn words() -> $crate::spelling::Vec<$crate::spelling::Cow<'static, str>> {
                $name::WORDS.iter().map(|word| $crate::spelling::Cow::Borrowed(*word)).collect()
            }

            fn parse(word: &str) -> Option<$name> {
                $name::parse(word)
            }

            fn spelling(&self) -> $crate::spelling::Cow<'_, str> {
                $crate::spelling::Cow::Borrowed(self.as_str())
            }
        }
    };
}

/// Reads and writes such an enum by its spelling.
#[macro_export]
macro_rules! spelled {
    ($name:ident) => {
        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let word = <alloc::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(from)?;
                Self::parse(&word).ok_or_else(|| {
                    let known: alloc::vec::Vec<&str> = Self::ALL.iter().map(|value| value.as_str()).collect();
                    serde::de::Error::custom(alloc::format!("`{word}` is not one of {}", known.join(", ")))
                })
            }
        }
    };
}
