//! The members of an object in the order of a shape's fields.
//!
//! A derived shape takes its fields from an object by their names, or from a list by their places. By place it needs no
//! code that compares names, keeps what came before and says what is missing: a third of the code that reads JSON.
//! A missing member and `null` are the same to an optional field. Shapes that distinguish them are read by the server only.

use std::mem;

use serde::Deserialize;
use serde::de::{DeserializeSeed, IgnoredAny, SeqAccess};

use super::{Invalid, Reader};

/// An object that is read as a list of fields.
pub(super) struct Fields<'r, 't> {
    reader: &'r mut Reader<'t>,
    names: &'static [&'static str],
    values: Vec<Value<'t>>,
    /// The number of fields that the shape took.
    taken: usize,
    is_first: bool,
    is_at_end: bool,
}

/// What is known of a field's value.
#[derive(Clone, Copy)]
enum Value<'t> {
    NotFound,
    /// It stands before that of an earlier field.
    Passed(Reader<'t>),
    Read,
}

/// The place of the value that a shape takes.
enum Place {
    Next,
    Earlier,
    /// The object has no such member: an optional field is none, another one has its default or is refused.
    Missing,
}

impl<'r, 't> Fields<'r, 't> {
    /// The fields of the object that the reader has entered.
    pub(super) fn new(reader: &'r mut Reader<'t>, names: &'static [&'static str]) -> Self {
        let values = vec![Value::NotFound; names.len()];
        Self { reader, names, values, taken: 0, is_first: true, is_at_end: false }
    }

    /// Reads the object to its end.
    pub(super) fn finish(&mut self) -> Result<(), Invalid> {
        self.next_field()?.map_or(Ok(()), |_| Err(Invalid))
    }

    /// Moves to the next value that belongs to a field.
    fn next_field(&mut self) -> Result<Option<usize>, Invalid> {
        while !self.is_at_end {
            self.is_at_end = !self.reader.has_next(b'}', mem::take(&mut self.is_first))?;
            if self.is_at_end {
                break;
            }
            let name = self.reader.text()?;
            self.reader.take(":")?;
            let Some(field) = self.names.iter().position(|known| *known == name) else {
                IgnoredAny::deserialize(&mut *self.reader)?;
                continue;
            };
            // No field is there twice.
            let Value::NotFound = self.values[field] else { return Err(Invalid) };
            return Ok(Some(field));
        }
        Ok(None)
    }

    /// A reader at the value of the next field of the shape.
    fn find(&mut self) -> Result<(Reader<'t>, Place), Invalid> {
        let field = self.taken;
        self.taken += 1;
        if let Some(Value::Passed(reader)) = self.values.get(field) {
            return Ok((*reader, Place::Earlier));
        }
        while let Some(found) = self.next_field()? {
            if found == field {
                self.values[field] = Value::Read;
                return Ok((*self.reader, Place::Next));
            }
            self.values[found] = Value::Passed(*self.reader);
            self.reader.skip_value()?;
        }
        Ok((self.reader.missing(), Place::Missing))
    }
}

impl<'de> SeqAccess<'de> for &mut Fields<'_, '_> {
    type Error = Invalid;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Invalid> {
        let (mut reader, place) = self.find()?;
        let value = seed.deserialize(&mut reader);
        match place {
            Place::Next => *self.reader = reader,
            Place::Earlier => {}
            Place::Missing => return Ok(value.ok()),
        }
        value.map(Some)
    }
}
