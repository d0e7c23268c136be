//! Puts what is read into a shape.

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::number::Number;
use super::{Invalid, Reader};

impl<'de> Deserializer<'de> for &mut Reader<'_> {
    type Error = Invalid;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Invalid> {
        match self.peek() {
            b'"' => visitor.visit_string(self.text()?),
            b'{' => {
                let outside = self.enter()?;
                let value = visitor.visit_map(Members { reader: self, is_first: true })?;
                self.leave(outside, b'}')?;
                Ok(value)
            }
            b'[' => {
                let outside = self.enter()?;
                let value = visitor.visit_seq(Members { reader: self, is_first: true })?;
                self.leave(outside, b']')?;
                Ok(value)
            }
            b'n' => {
                self.take("null")?;
                visitor.visit_unit()
            }
            b't' => {
                self.take("true")?;
                visitor.visit_bool(true)
            }
            b'f' => {
                self.take("false")?;
                visitor.visit_bool(false)
            }
            _ => match self.number()? {
                Number::Whole(number) => visitor.visit_i64(number),
                Number::Fraction(number) => visitor.visit_f64(number),
            },
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Invalid> {
        if self.peek() == b'n' {
            self.take("null")?;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Invalid> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Invalid> {
        if self.peek() != b'{' {
            let text = self.text()?;
            return visitor.visit_enum(StrDeserializer::new(&text));
        }
        let outside = self.enter()?;
        let value = visitor.visit_enum(Member { reader: self })?;
        self.leave(outside, b'}')?;
        Ok(value)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

struct Members<'r, 't> {
    reader: &'r mut Reader<'t>,
    is_first: bool,
}

impl<'de> SeqAccess<'de> for Members<'_, '_> {
    type Error = Invalid;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Invalid> {
        let has_next = self.reader.has_next(b']', std::mem::take(&mut self.is_first))?;
        if has_next { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }
}

impl<'de> MapAccess<'de> for Members<'_, '_> {
    type Error = Invalid;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Invalid> {
        if !self.reader.has_next(b'}', std::mem::take(&mut self.is_first))? {
            return Ok(None);
        }
        let name = self.reader.text()?;
        self.reader.take(":")?;
        seed.deserialize(StrDeserializer::new(&name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Invalid> {
        seed.deserialize(&mut *self.reader)
    }
}

/// The one member of an object that says which of several shapes follows.
struct Member<'r, 't> {
    reader: &'r mut Reader<'t>,
}

impl<'de> EnumAccess<'de> for Member<'_, '_> {
    type Error = Invalid;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Invalid> {
        let name = self.reader.text()?;
        self.reader.take(":")?;
        let variant = seed.deserialize(StrDeserializer::new(&name))?;
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Member<'_, '_> {
    type Error = Invalid;

    fn unit_variant(self) -> Result<(), Invalid> {
        self.reader.take("null")
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Invalid> {
        seed.deserialize(self.reader)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Invalid> {
        self.reader.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Invalid> {
        self.reader.deserialize_any(visitor)
    }
}
