//! The records are read and written as serde's derives would.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;
use std::fmt::{Debug, Display};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde::de::value::{Error, MapDeserializer};
use serde_json::{Value, json};
use zoom_chat_openapi::lenient;

include!(concat!(env!("OUT_DIR"), "/derived.rs"));

#[test]
fn a_record_is_read_and_written_as_serde_would() {
    schemas::pairs();
    requests::pairs();
}

/// Compares a record with its copy.
fn pair<R, D>(name: &str)
where
    R: DeserializeOwned + Serialize + Debug,
    D: DeserializeOwned + Serialize + Debug,
{
    let fields = fields::<R>(name);
    for text in texts(&fields) {
        let place = format!("{name} {text}");
        strictly(
            &place,
            serde_json::from_str::<R>(&text),
            serde_json::from_str::<D>(&text),
        );
        let bytes = text.as_bytes();
        same(
            &place,
            lenient::from_slice::<R>(bytes),
            lenient::from_slice::<D>(bytes),
        );
        let Ok(value) = serde_json::from_str::<Value>(&text) else {
            continue;
        };
        strictly(&place, R::deserialize(&value), D::deserialize(&value));
        same(
            &place,
            lenient::from_value::<R>(&value, "body"),
            lenient::from_value::<D>(&value, "body"),
        );
    }
    for index in 0..=fields.len() as u64 + 1 {
        for indices in [vec![index], vec![index, index]] {
            let place = format!("{name} by the indices {indices:?}");
            let entries = || indices.iter().map(|index| (*index, "7"));
            same(
                &place,
                R::deserialize(MapDeserializer::<_, Error>::new(entries())),
                D::deserialize(MapDeserializer::<_, Error>::new(entries())),
            );
        }
    }
    for field in &fields {
        let place = format!("{name} by the bytes of {field}");
        let entries = || std::iter::once((field.as_bytes(), "7"));
        same(
            &place,
            R::deserialize(MapDeserializer::<_, Error>::new(entries())),
            D::deserialize(MapDeserializer::<_, Error>::new(entries())),
        );
    }
}

/// Compares what is read without leniency: there, a record is no list of its fields in order.
fn strictly<R, D>(place: &str, record: serde_json::Result<R>, derived: serde_json::Result<D>)
where
    R: Serialize + Debug,
    D: Serialize + Debug,
{
    let refused = "invalid type: sequence, expected struct ";
    match &record {
        Err(error) if error.to_string().starts_with(refused) => {
            assert!(place.contains('['), "{place}: {error}");
        }
        _ => same(place, record, derived),
    }
}

fn same<R, D, E>(place: &str, record: Result<R, E>, derived: Result<D, E>)
where
    R: Serialize + Debug,
    D: Serialize + Debug,
    E: Display,
{
    match (record, derived) {
        (Ok(record), Ok(derived)) => {
            assert_eq!(format!("{record:?}"), format!("{derived:?}"), "{place}");
            assert_eq!(
                serde_json::to_string(&record).unwrap(),
                serde_json::to_string(&derived).unwrap(),
                "{place}"
            );
            assert_eq!(
                serde_json::to_value(&record).unwrap(),
                serde_json::to_value(&derived).unwrap(),
                "{place}"
            );
        }
        (Err(record), Err(derived)) => {
            assert_eq!(record.to_string(), derived.to_string(), "{place}");
        }
        (record, derived) => panic!(
            "{place}: {} instead of {}",
            record.map_or_else(|error| error.to_string(), |it| format!("{it:?}")),
            derived.map_or_else(|error| error.to_string(), |it| format!("{it:?}")),
        ),
    }
}

/// The names of the fields on the wire, which a record tells its deserializer.
fn fields<R: DeserializeOwned>(name: &str) -> Vec<String> {
    let mut told = Told::default();
    let _ = R::deserialize(&mut told);
    let (told, fields) = told.0.unwrap();
    assert_eq!(told, name);
    let distinct: BTreeSet<_> = fields.iter().collect();
    assert_eq!(distinct.len(), fields.len(), "{name}");
    fields.iter().map(|&field| field.to_owned()).collect()
}

/// A deserializer that has nothing, and keeps what is asked of it.
#[derive(Default)]
struct Told(Option<(&'static str, &'static [&'static str])>);

impl<'de> serde::Deserializer<'de> for &mut Told {
    type Error = Error;

    fn deserialize_struct<V: serde::de::Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.0 = Some((name, fields));
        visitor.visit_unit()
    }

    fn deserialize_any<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// Normal and hostile JSON for a struct with these fields.
fn texts(fields: &[String]) -> Vec<String> {
    let values = [
        json!(null),
        json!(true),
        json!(7),
        json!(-1),
        json!(7.0),
        json!(1.5),
        json!(u64::MAX),
        json!("seven"),
        json!(" 7 "),
        json!(""),
        json!([]),
        json!({}),
        json!([7, "7", null]),
        json!(["a", {}, []]),
        json!([[1], {}]),
        json!({ "a": 1 }),
        json!({ "a": "b", "id": [null] }),
    ];
    let mut texts: Vec<String> = values.iter().map(Value::to_string).collect();
    texts.extend(["", "{", "{}}", "{\"", "[{}]", "{\"a\":1,}"].map(str::to_owned));
    for value in &values {
        let all = fields.iter().map(|field| (field.clone(), value.clone()));
        texts.push(Value::Object(all.collect()).to_string());
        texts.push(json!({ "a field that is not known": value }).to_string());
        for field in fields {
            let name = json!(field);
            texts.push(format!("{{{name}:{value}}}"));
            texts.push(format!("{{\"\":{value},{name}:{value},\"x\":[{value}]}}"));
        }
    }
    for field in fields {
        let name = json!(field);
        let escaped: String = field
            .encode_utf16()
            .map(|it| format!("\\u{it:04x}"))
            .collect();
        texts.push(format!("{{{name}:null,{name}:null}}"));
        texts.push(format!("{{{name}:null,\"{escaped}\":null}}"));
        texts.push(format!("{{\"{escaped}\":\"7\"}}"));
        texts.push(format!("{{{}:null}}", json!(field.to_uppercase())));
        texts.push(format!("{{{name}"));
        texts.push(format!("{{{name}:"));
        texts.push(format!("{{{name}:7"));
    }
    texts
}
