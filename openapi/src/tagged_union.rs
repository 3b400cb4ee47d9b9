//! Enums of objects that a property identifies, with a case for unknown ones.

use serde::de::DeserializeOwned;
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::Value;

/// An enum of objects. One that is not known, or not as documented, is kept as it is.
#[allow(unused_macros, reason = "a document may have no such enum")]
macro_rules! tagged_union {
    ($(#[$docs:meta])* $name:ident by $property:literal { $($(#[$doc:meta])* $variant:ident($ty:ty) = $($value:literal)|+,)* }) => {
        $(#[$docs])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* $variant(Box<$ty>),)*
            /// Another value, or one that is not as documented.
            Unknown(::serde_json::Value),
        }

        impl Default for $name {
            fn default() -> Self {
                Self::Unknown(::serde_json::Value::Null)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => $crate::tagged_union::serialize(
                        &**value, $property, [$($value),+][0], serializer,
                    ),)*
                    Self::Unknown(value) => ::serde::Serialize::serialize(value, serializer),
                }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = <::serde_json::Value as ::serde::Deserialize>::deserialize(deserializer)?;
                let read = match value.get($property).and_then(::serde_json::Value::as_str) {
                    $(Some($($value)|+) => $crate::tagged_union::read(&value).map(Self::$variant),)*
                    _ => None,
                };
                Ok(read.unwrap_or(Self::Unknown(value)))
            }
        }

        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                ::schemars::json_schema!({ "anyOf": [$(generator.subschema_for::<$ty>()),*] })
            }
        }
    };
}

#[allow(unused_imports, reason = "as above")]
pub(crate) use tagged_union;

/// Reads a case.
pub(crate) fn read<T: DeserializeOwned>(value: &Value) -> Option<Box<T>> {
    crate::lenient::from_value(value, "").ok().map(Box::new)
}

/// Writes a case, with the property that tells it apart if it is not set.
///
/// # Errors
/// When the value cannot be serialized.
pub(crate) fn serialize<T: Serialize, S: Serializer>(
    value: &T,
    property: &str,
    tag: &str,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut value = serde_json::to_value(value).map_err(S::Error::custom)?;
    if let Some(members) = value.as_object_mut() {
        let held = members.entry(property).or_insert(Value::Null);
        if held.is_null() {
            *held = tag.into();
        }
    }
    value.serialize(serializer)
}
