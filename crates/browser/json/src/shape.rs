//! Puts what is read into a shape.

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::fields::Fields;
use super::number::Number;
use super::{Invalid, Reader};

/// Methods that do what another one does.
macro_rules! forwarded {
    ($($to:ident: $($from:ident)+;)+) => {
        $($(fn $from<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Invalid> {
            self.$to(visitor)
        })+)+
    };
}

impl<'de> Deserializer<'de> for &mut Reader<'_> {
    type Error = Invalid;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Invalid> {
        match self.peek() {
            b'"' => self.deserialize_string(visitor),
            b'{' => self.deserialize_map(visitor),
            b'[' => self.deserialize_seq(visitor),
            b'n' => self.deserialize_unit(visitor),
            b't' | b'f' => self.deserialize_bool(visitor),
            _ => self.deserialize_f64(visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Invalid> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Invalid> {
        let outside = self.enter("{")?;
        let value = visitor.visit_map(Members { reader: self, is_first: true })?;
        self.leave(outside, b'}')?;
        Ok(value)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Invalid> {
        let outside = self.enter("[")?;
        let value = visitor.visit_seq(Members { reader: self, is_first: true })?;
        self.leave(outside, b']')?;
        Ok(value)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Invalid> {
        self.take("null")?;
        visitor.visit_unit()
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Invalid> {
        let is_true = self.peek() == b't';
        self.take(if is_true { "true" } else { "false" })?;
        visitor.visit_bool(is_true)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Invalid> {
        self.peek();
        match self.number()? {
            Number::Whole(number) => visitor.visit_i64(number),
            Number::Fraction(number) => visitor.visit_f64(number),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Invalid> {
        if self.is_missing {
            return visitor.visit_none();
        }
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
        let outside = self.enter("{")?;
        let value = visitor.visit_enum(Member { reader: self })?;
        self.leave(outside, b'}')?;
        Ok(value)
    }

    // What a shape says it is it must be: so that for each shape only one way of reading is compiled.
    forwarded! {
        deserialize_string: deserialize_char deserialize_str deserialize_bytes deserialize_byte_buf deserialize_identifier;
        deserialize_f64: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16
            deserialize_u32 deserialize_u64 deserialize_f32;
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Invalid> {
        self.enter("{")?;
        let mut fields = Fields::new(self, names);
        let value = visitor.visit_seq(&mut fields)?;
        fields.finish()?;
        Ok(value)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Invalid> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Invalid> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Invalid> {
        self.deserialize_unit(visitor)
    }

    forward_to_deserialize_any! { ignored_any }
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
        self.reader.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, names: &'static [&'static str], visitor: V) -> Result<V::Value, Invalid> {
        self.reader.deserialize_struct("", names, visitor)
    }
}
