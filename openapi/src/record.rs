//! Reading and writing the generated structs whose fields may all be absent.
//!
//! serde's derives write a dozen functions for each struct, which all have to be compiled. Here what
//! depends on the struct is two functions, one that reads a field and one that writes all fields,
//! and everything else exists once. It does what the derives do, except that a list is never read
//! as the fields of a struct in order.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor,
};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::lenient::Lenient;

/// The largest number of fields that a record can have.
const MOST: usize = 128;

/// A struct whose fields may all be absent.
pub trait Record: Default {
    /// Reads the value of a field, by the index of its name.
    ///
    /// # Errors
    /// When the value is not one of the field.
    fn read<'de, A: MapAccess<'de>>(&mut self, field: usize, from: &mut A) -> Result<(), A::Error>;

    /// Writes all fields.
    fn write<F: Fields>(&self, to: &mut F);
}

/// Reads a record.
///
/// # Errors
/// When the input is not an object, when a value is not one of its field, or when a field occurs
/// twice.
pub fn deserialize<'de, T: Record, D: Deserializer<'de>>(
    from: D,
    name: &'static str,
    fields: &'static [&'static str],
) -> Result<T, D::Error> {
    const { assert!(u128::BITS as usize == MOST) };
    from.deserialize_struct(
        name,
        fields,
        Object {
            name,
            fields,
            record: PhantomData,
        },
    )
}

/// Reads the value of a field.
///
/// # Errors
/// When the value is not one of the field.
pub fn set<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    field: &mut T,
    from: &mut A,
) -> Result<(), A::Error> {
    *field = from.next_value()?;
    Ok(())
}

/// Reads the value of a field that is made of integers.
///
/// # Errors
/// When the value is not one of the field.
pub fn set_lenient<'de, T: Lenient, A: MapAccess<'de>>(
    field: &mut T,
    from: &mut A,
) -> Result<(), A::Error> {
    *field = from.next_value_seed(Integers(PhantomData))?;
    Ok(())
}

/// Reads the value of a field that tells null from an absent value.
///
/// # Errors
/// When the value is not one of the field.
pub fn set_nullable<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    field: &mut Option<T>,
    from: &mut A,
) -> Result<(), A::Error> {
    *field = Some(from.next_value()?);
    Ok(())
}

/// Passes over the value of a field that the record does not have.
///
/// # Errors
/// When there is no value.
pub fn skip<'de, A: MapAccess<'de>>(from: &mut A) -> Result<(), A::Error> {
    from.next_value::<IgnoredAny>()?;
    Ok(())
}

struct Integers<T>(PhantomData<T>);

impl<'de, T: Lenient> DeserializeSeed<'de> for Integers<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<T, D::Error> {
        T::lenient(from)
    }
}

struct Object<T> {
    name: &'static str,
    fields: &'static [&'static str],
    record: PhantomData<T>,
}

impl<'de, T: Record> Visitor<'de> for Object<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", self.name)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<T, A::Error> {
        let mut record = T::default();
        let mut seen = Seen {
            fields: self.fields,
            bits: 0,
        };
        while let Some(field) = seen.next(&mut from)? {
            record.read(field, &mut from)?;
        }
        Ok(record)
    }
}

/// The fields that have been read.
struct Seen {
    fields: &'static [&'static str],
    bits: u128,
}

impl Seen {
    /// The index of the next field; one beyond all if the record has no such field.
    fn next<'de, A: MapAccess<'de>>(&mut self, from: &mut A) -> Result<Option<usize>, A::Error> {
        let Some(field) = from.next_key_seed(Name(self.fields))? else {
            return Ok(None);
        };
        if let Some(name) = self.fields.get(field) {
            let bit = 1 << (field % MOST);
            if self.bits & bit != 0 {
                return Err(A::Error::duplicate_field(name));
            }
            self.bits |= bit;
        }
        Ok(Some(field))
    }
}

/// The name of a field, as its index.
struct Name(&'static [&'static str]);

impl Name {
    fn index(&self, found: impl Fn(&str) -> bool) -> usize {
        let index = self.0.iter().position(|name| found(name));
        index.unwrap_or(self.0.len())
    }
}

impl<'de> DeserializeSeed<'de> for Name {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<usize, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("field identifier")
    }

    fn visit_u64<E: de::Error>(self, index: u64) -> Result<usize, E> {
        Ok(usize::try_from(index).map_or(self.0.len(), |it| it.min(self.0.len())))
    }

    fn visit_str<E: de::Error>(self, found: &str) -> Result<usize, E> {
        Ok(self.index(|name| name == found))
    }

    fn visit_bytes<E: de::Error>(self, found: &[u8]) -> Result<usize, E> {
        Ok(self.index(|name| name.as_bytes() == found))
    }
}

/// Writes a record.
///
/// # Errors
/// When a value cannot be serialized.
pub fn serialize<T: Record, S: Serializer>(
    record: &T,
    to: S,
    name: &'static str,
) -> Result<S::Ok, S::Error> {
    let mut count = Count(0);
    record.write(&mut count);
    let mut written = Written(to.serialize_struct(name, count.0));
    record.write(&mut written);
    written.0?.end()
}

/// What takes the fields of a record, one after the other.
pub trait Fields {
    /// A field that is always written.
    fn field<T: Serialize>(&mut self, name: &'static str, value: &T);

    /// A field that is left out.
    fn without(&mut self, name: &'static str);

    /// A field that is left out if it is absent.
    fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        match value {
            Some(_) => self.field(name, value),
            None => self.without(name),
        }
    }
}

/// The number of the fields that are written.
struct Count(usize);

impl Fields for Count {
    fn field<T: Serialize>(&mut self, _: &'static str, _: &T) {
        self.0 += 1;
    }

    fn without(&mut self, _: &'static str) {}
}

/// What is written so far, or the first error.
struct Written<S: SerializeStruct>(Result<S, S::Error>);

impl<S: SerializeStruct> Written<S> {
    fn then(&mut self, write: impl FnOnce(&mut S) -> Result<(), S::Error>) {
        if let Ok(fields) = &mut self.0
            && let Err(error) = write(fields)
        {
            self.0 = Err(error);
        }
    }
}

impl<S: SerializeStruct> Fields for Written<S> {
    fn field<T: Serialize>(&mut self, name: &'static str, value: &T) {
        self.then(|fields| fields.serialize_field(name, value));
    }

    fn without(&mut self, name: &'static str) {
        self.then(|fields| fields.skip_field(name));
    }
}
