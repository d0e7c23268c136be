//! Parameters and columns in the binary form of PostgreSQL.

use super::failure::broken;
use crate::sql::{Columns, unreadable};
use crate::statement::Value;
use knock_ports::StoreError;
use std::error::Error;
use tokio_postgres::Row;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

impl ToSql for Value<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match (self, ty) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Int(number), &Type::INT8) => number.to_sql(ty, out),
            (Value::Real(number), &Type::FLOAT8) => number.to_sql(ty, out),
            (Value::Text(text), &Type::TEXT) => text.as_ref().to_sql(ty, out),
            (Value::Bytes(bytes), &Type::BYTEA) => bytes.as_ref().to_sql(ty, out),
            (other, ty) => Err(format!("{other:?} is no {ty}").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl Columns for Row {
    fn count(&self) -> usize {
        self.len()
    }

    fn value(&self, at: usize) -> Result<Value<'_>, StoreError> {
        let column = self.columns().get(at).ok_or_else(|| unreadable(at))?;
        match *column.type_() {
            Type::INT8 => read(self, at, Value::Int),
            Type::INT4 => read(self, at, |number: i32| Value::Int(number.into())),
            Type::FLOAT8 => read(self, at, Value::Real),
            Type::TEXT => read(self, at, <Value as From<&str>>::from),
            Type::BYTEA => read(self, at, |bytes: &[u8]| Value::Bytes(bytes.into())),
            _ => Err(unreadable(at)),
        }
    }
}

fn read<'r, T: FromSql<'r>>(row: &'r Row, at: usize, value: impl Fn(T) -> Value<'r>) -> Result<Value<'r>, StoreError> {
    let cell: Option<T> = row.try_get(at).map_err(|error| broken(&error))?;
    Ok(cell.map_or(Value::Null, value))
}
