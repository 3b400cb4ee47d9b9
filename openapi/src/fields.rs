//! Turning a value into the fields of a form.
//!
//! Both form encodings see a body as named texts. A scalar is its plain text, an
//! array or an object is compact JSON, and what is absent or null is no field. Only
//! the caller knows which arrays are sent as one field for each element.

use std::fmt;

use serde::ser::{self, Impossible, Serialize};

/// Receives the fields of a value, in its own order.
pub(crate) trait FieldSink {
    /// Takes one field.
    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), FieldError>;
}

/// Hands the fields of `value` to `sink`; arrays named in `repeated` element by element.
///
/// # Errors
/// When `value` is no struct or map, or a field of it cannot be serialised.
pub(crate) fn collect<T, S>(value: &T, repeated: &[&str], sink: &mut S) -> Result<(), FieldError>
where
    T: Serialize + ?Sized,
    S: FieldSink,
{
    value.serialize(Form {
        sink,
        repeated,
        name: String::new(),
    })
}

/// Appends the text of `value` to `out`; `false` when it is absent.
///
/// # Errors
/// When `value` cannot be serialised; `out` may then hold a part of it.
pub(crate) fn write_text<T: Serialize + ?Sized>(
    out: &mut Vec<u8>,
    value: &T,
) -> Result<bool, FieldError> {
    match value.serialize(Text { out }) {
        Err(FieldError::Composite) => {
            serde_json::to_writer(out, value).map_err(ser::Error::custom)?;
            Ok(true)
        }
        scalar => scalar,
    }
}

/// Why a value is no form.
#[derive(Debug)]
pub(crate) enum FieldError {
    /// An array or an object where a text was tried: JSON has to do it.
    Composite,
    /// The value is neither a struct nor a map.
    NoFields,
    /// What the value's own implementation of `Serialize` says.
    Custom(String),
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Composite => f.write_str("an array or an object is no text"),
            Self::NoFields => f.write_str("only a struct or a map can be sent as a form"),
            Self::Custom(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for FieldError {}

impl ser::Error for FieldError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Custom(message.to_string())
    }
}

/// Writes a scalar as plain text, and refuses everything else as composite.
struct Text<'a> {
    out: &'a mut Vec<u8>,
}

macro_rules! as_json {
    ($($method:ident($type:ty))*) => {$(
        fn $method(self, value: $type) -> Result<bool, FieldError> {
            serde_json::to_writer(self.out, &value).map_err(ser::Error::custom)?;
            Ok(true)
        }
    )*};
}

macro_rules! composite {
    ($($method:ident -> $state:ident ($($argument:ty),*);)*) => {$(
        fn $method(self, $(_: $argument),*) -> Result<Self::$state, FieldError> {
            Err(FieldError::Composite)
        }
    )*};
}

impl ser::Serializer for Text<'_> {
    type Ok = bool;
    type Error = FieldError;
    type SerializeSeq = Impossible<bool, FieldError>;
    type SerializeTuple = Impossible<bool, FieldError>;
    type SerializeTupleStruct = Impossible<bool, FieldError>;
    type SerializeTupleVariant = Impossible<bool, FieldError>;
    type SerializeMap = Impossible<bool, FieldError>;
    type SerializeStruct = Impossible<bool, FieldError>;
    type SerializeStructVariant = Impossible<bool, FieldError>;

    as_json! {
        serialize_bool(bool)
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64) serialize_i128(i128)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_u128(u128)
        serialize_f32(f32) serialize_f64(f64)
    }

    fn serialize_char(self, value: char) -> Result<bool, FieldError> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<bool, FieldError> {
        self.serialize_bytes(value.as_bytes())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<bool, FieldError> {
        self.out.extend_from_slice(value);
        Ok(true)
    }

    fn serialize_none(self) -> Result<bool, FieldError> {
        Ok(false)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<bool, FieldError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<bool, FieldError> {
        Ok(false)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<bool, FieldError> {
        Ok(false)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<bool, FieldError> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<bool, FieldError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<bool, FieldError> {
        Err(FieldError::Composite)
    }

    composite! {
        serialize_seq -> SerializeSeq(Option<usize>);
        serialize_tuple -> SerializeTuple(usize);
        serialize_tuple_struct -> SerializeTupleStruct(&'static str, usize);
        serialize_tuple_variant -> SerializeTupleVariant(&'static str, u32, &'static str, usize);
        serialize_map -> SerializeMap(Option<usize>);
        serialize_struct -> SerializeStruct(&'static str, usize);
        serialize_struct_variant -> SerializeStructVariant(&'static str, u32, &'static str, usize);
    }
}

/// Walks the fields of a struct or a map.
struct Form<'a, S> {
    sink: &'a mut S,
    repeated: &'a [&'a str],
    /// The key of a map entry whose value comes next.
    name: String,
}

impl<S: FieldSink> Form<'_, S> {
    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), FieldError> {
        if self.repeated.contains(&name) {
            match value.serialize(Elements {
                sink: &mut *self.sink,
                name,
            }) {
                Err(FieldError::NoFields) => {}
                elements => return elements,
            }
        }
        self.sink.field(name, value)
    }
}

macro_rules! no_fields {
    ($($method:ident($($argument:ty),*) -> $ok:ty;)*) => {$(
        fn $method(self, $(_: $argument),*) -> Result<$ok, FieldError> {
            Err(FieldError::NoFields)
        }
    )*};
}

/// The methods of a serialiser that none of the form's walkers has a use for.
macro_rules! no_scalars {
    () => {
        no_fields! {
            serialize_bool(bool) -> ();
            serialize_i8(i8) -> ();
            serialize_i16(i16) -> ();
            serialize_i32(i32) -> ();
            serialize_i64(i64) -> ();
            serialize_u8(u8) -> ();
            serialize_u16(u16) -> ();
            serialize_u32(u32) -> ();
            serialize_u64(u64) -> ();
            serialize_f32(f32) -> ();
            serialize_f64(f64) -> ();
            serialize_char(char) -> ();
            serialize_str(&str) -> ();
            serialize_bytes(&[u8]) -> ();
            serialize_unit_variant(&'static str, u32, &'static str) -> ();
            serialize_tuple(usize) -> Self::SerializeTuple;
            serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
            serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
            serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
        }

        fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), FieldError> {
            value.serialize(self)
        }

        fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), FieldError> {
            value.serialize(self)
        }

        fn serialize_newtype_variant<T: Serialize + ?Sized>(
            self,
            _: &'static str,
            _: u32,
            _: &'static str,
            _: &T,
        ) -> Result<(), FieldError> {
            Err(FieldError::NoFields)
        }
    };
}

impl<S: FieldSink> ser::Serializer for Form<'_, S> {
    type Ok = ();
    type Error = FieldError;
    type SerializeSeq = Impossible<(), FieldError>;
    type SerializeTuple = Impossible<(), FieldError>;
    type SerializeTupleStruct = Impossible<(), FieldError>;
    type SerializeTupleVariant = Impossible<(), FieldError>;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), FieldError>;

    no_scalars!();
    no_fields! {
        serialize_none() -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_seq(Option<usize>) -> Self::SerializeSeq;
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, FieldError> {
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, FieldError> {
        Ok(self)
    }
}

impl<S: FieldSink> ser::SerializeStruct for Form<'_, S> {
    type Ok = ();
    type Error = FieldError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), FieldError> {
        self.field(name, value)
    }

    fn end(self) -> Result<(), FieldError> {
        Ok(())
    }
}

impl<S: FieldSink> ser::SerializeMap for Form<'_, S> {
    type Ok = ();
    type Error = FieldError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), FieldError> {
        let mut name = Vec::new();
        write_text(&mut name, key)?;
        self.name = String::from_utf8(name).map_err(ser::Error::custom)?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FieldError> {
        let name = std::mem::take(&mut self.name);
        self.field(&name, value)
    }

    fn end(self) -> Result<(), FieldError> {
        Ok(())
    }
}

/// Hands over the elements of an array under one name.
struct Elements<'a, S> {
    sink: &'a mut S,
    name: &'a str,
}

impl<S: FieldSink> ser::Serializer for Elements<'_, S> {
    type Ok = ();
    type Error = FieldError;
    type SerializeSeq = Self;
    type SerializeTuple = Impossible<(), FieldError>;
    type SerializeTupleStruct = Impossible<(), FieldError>;
    type SerializeTupleVariant = Impossible<(), FieldError>;
    type SerializeMap = Impossible<(), FieldError>;
    type SerializeStruct = Impossible<(), FieldError>;
    type SerializeStructVariant = Impossible<(), FieldError>;

    no_scalars!();
    no_fields! {
        serialize_map(Option<usize>) -> Self::SerializeMap;
        serialize_struct(&'static str, usize) -> Self::SerializeStruct;
    }

    fn serialize_none(self) -> Result<(), FieldError> {
        Ok(())
    }

    fn serialize_unit(self) -> Result<(), FieldError> {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), FieldError> {
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, FieldError> {
        Ok(self)
    }
}

impl<S: FieldSink> ser::SerializeSeq for Elements<'_, S> {
    type Ok = ();
    type Error = FieldError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FieldError> {
        self.sink.field(self.name, value)
    }

    fn end(self) -> Result<(), FieldError> {
        Ok(())
    }
}
