//! A program written against a document compiles against one with another field, value, parameter and error, and means
//! the same.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use serde_json::json;
use zoom_chat_openapi_documents::OperationError;

/// The program, and its test: the same text for each document. It does with types, values and errors what users do.
macro_rules! dependent {
    ($document:ident, $paused:literal, $busy:literal) => {
        mod $document {
            use super::*;
            use zoom_chat_openapi_documents::$document::{
                errors::ChangeGadgetError,
                operations::CHANGE_GADGET,
                requests::ChangeGadget,
                types::{ChangeGadgetRequestMode as Mode, ChangeGadgetResponse},
            };

            fn mode(mode: &Mode) -> String {
                match mode {
                    Mode::Fast => "at full speed".to_owned(),
                    Mode::Slow => "slowly".to_owned(),
                    other => other.as_str().to_owned(),
                }
            }

            fn error(error: &ChangeGadgetError) -> String {
                match error {
                    ChangeGadgetError::GadgetDoesNotExist { gadget_id } => {
                        format!("no gadget {gadget_id}")
                    }
                    other => other.to_string(),
                }
            }

            #[test]
            fn compiles_and_means_the_same() {
                let request = ChangeGadget::new("g1").name("Bell").mode("slow".into());
                let shown = format!("{request:?}");
                assert!(shown.contains("Bell"), "{shown}");
                assert_eq!(CHANGE_GADGET.id, "changeGadget");

                let answer = json!({ "id": "g1", "mode": "paused", "color": "red", "size": 3 });
                let gadget: ChangeGadgetResponse = serde_json::from_value(answer).unwrap();
                assert_eq!(gadget.id.as_deref(), Some("g1"));
                assert_eq!(gadget.name, None);
                let unlisted = gadget.mode.unwrap();
                assert_eq!(mode(&unlisted), "paused");
                let is_unknown = matches!(unlisted, Mode::Unknown(_));
                assert_eq!(is_unknown, $paused);
                assert_eq!(mode(&"fast".into()), "at full speed");

                let gone = "Gadget does not exist: g1.";
                let gone = ChangeGadgetError::decode(404, Some(1001), gone);
                assert_eq!(error(&gone), "no gadget g1");
                let busy = ChangeGadgetError::decode(409, Some(5990), "Gadget is busy.");
                let is_unknown = matches!(busy, ChangeGadgetError::Unknown { .. });
                assert_eq!(is_unknown, $busy);
                assert!(error(&busy).contains("is busy"), "{busy}");
            }
        }
    };
}

dependent!(growth_before, true, true);
dependent!(growth_after, false, false);
