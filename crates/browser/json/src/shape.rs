//! Puts what is read into a shape.

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

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
            _ => visitor.visit_i64(self.number()?),
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
        let text = self.text()?;
        visitor.visit_enum(StrDeserializer::new(&text))
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
