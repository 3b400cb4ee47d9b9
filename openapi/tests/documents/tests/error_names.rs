//! The names of errors for any texts.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "../../../src/template.rs"]
#[allow(unreachable_pub)]
mod template;

/// The part of the generator that names errors.
#[path = "../../../generator"]
#[allow(dead_code)]
mod generator {
    pub(crate) mod document {
        #[derive(Clone, Debug)]
        pub(crate) struct DocumentedError {
            pub(crate) status: u16,
            pub(crate) code: i64,
            pub(crate) message: Option<String>,
            pub(crate) name: Option<String>,
        }
    }

    pub(crate) mod lower {
        pub(crate) mod names;
    }

    pub(crate) mod errors {
        mod name;
        mod sentence;
        mod template;
        mod variant;

        use super::document::DocumentedError;

        /// The name of a variant, and one of the texts that are documented for it with something in each gap.
        pub(crate) type Named = (String, String);

        /// Every variant of these errors.
        pub(crate) fn variants(errors: &[DocumentedError]) -> Vec<Named> {
            let text = |template: &template::Template| template.literals.join("qqq").to_owned();
            let variants = variant::variants(errors);
            let named = variants
                .iter()
                .map(|it| (it.name.clone(), text(&it.templates[0])));
            named.collect()
        }

        /// The name of the first variant under a status and a code that fits a text, as the generated code finds it.
        pub(crate) fn decode(
            errors: &[DocumentedError],
            key: (u16, i64),
            text: &str,
        ) -> Option<String> {
            let variants = variant::variants(errors);
            variant::spellings(&variants, key)
                .into_iter()
                .find(|(_, template)| fits(&template.folded(), text))
                .map(|(variant, _)| variant.name.clone())
        }

        fn fits(literals: &[String], text: &str) -> bool {
            let literals: Vec<&str> = literals.iter().map(String::as_str).collect();
            match literals.len() {
                1 => crate::template::capture::<0>(&literals, text).is_some(),
                2 => crate::template::capture::<1>(&literals, text).is_some(),
                3 => crate::template::capture::<2>(&literals, text).is_some(),
                4 => crate::template::capture::<3>(&literals, text).is_some(),
                _ => crate::template::capture::<4>(&literals, text).is_some(),
            }
        }
    }
}

use std::collections::BTreeSet;

use generator::document::DocumentedError;
use generator::errors::{decode, variants};
use proptest::prelude::*;

fn error(status: u16, code: i64, message: &str) -> DocumentedError {
    DocumentedError {
        status,
        code,
        message: Some(message.to_owned()),
        name: None,
    }
}

fn names(texts: &[&str]) -> Vec<String> {
    let errors: Vec<_> = (0..)
        .zip(texts)
        .map(|(code, text)| error(400, code, text))
        .collect();
    variants(&errors)
        .into_iter()
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn abbreviations_are_words_in_every_casing() {
    use generator::lower::names::{pascal, snake};
    use heck::ToShoutySnakeCase;
    for (text, type_name, field) in [
        ("getChannelIDs", "GetChannelIds", "get_channel_ids"),
        ("userIDs", "UserIds", "user_ids"),
        ("OAuth2Token", "Oauth2Token", "oauth2_token"),
        ("IM Group APIs", "ImGroupApis", "im_group_apis"),
        (
            "createH323SipDevice",
            "CreateH323SipDevice",
            "create_h323_sip_device",
        ),
        ("HTTPServer", "HttpServer", "http_server"),
        ("ASsign", "ASsign", "a_ssign"),
    ] {
        assert_eq!(pascal(text), type_name, "{text}");
        assert_eq!(snake(text), field, "{text}");
        assert_eq!(pascal(&pascal(text)), type_name, "{text}");
        assert_eq!(
            pascal(text).to_shouty_snake_case().to_lowercase(),
            field,
            "{text}"
        );
    }
}

#[test]
fn a_name_says_what_the_text_says() {
    for (text, name) in [
        (
            "The channel name already exists.",
            "ChannelNameAlreadyExists",
        ),
        (
            "The mention group doesn't exist.",
            "MentionGroupDoesNotExist",
        ),
        ("You can not remove yourself.", "CannotRemoveYourself"),
        (
            "The member(s) exist in the group. {0}",
            "MembersExistInGroup",
        ),
        (
            "The IM Group APIs are no longer available.",
            "ImGroupApisAreNoLongerAvailable",
        ),
        (
            "Only the host can get a Q&A report.",
            "OnlyHostCanGetQAndAReport",
        ),
        ("Star/Unstar failed.", "StarOrUnstarFailed"),
        (
            "Unauthorized request. You do not have permission to delete the channel.",
            "NoPermissionToDeleteChannel",
        ),
        (
            "Group name {groupName} is already in use.",
            "GroupNameIsAlreadyInUse",
        ),
        (
            "Must provide either $to_contact or $to_channel.",
            "MustProvideToContactOrToChannel",
        ),
        ("Invalid parameter: page_size.", "InvalidParameterPageSize"),
        (
            "Invalid parameter, the possible reasons: 1. The first.",
            "InvalidParameter",
        ),
        (
            "3001: Meeting does not exist: $meetingId.",
            "MeetingDoesNotExist",
        ),
        ("", "BadRequest"),
        ("{0}", "BadRequest"),
    ] {
        assert_eq!(names(&[text]), [name], "{text}");
    }
}

#[test]
fn a_long_text_is_cut_where_a_clause_ends() {
    for (text, name) in [
        (
            "Unable to add member groups to the channel as chat permissions have been disabled.",
            "UnableToAddMemberGroupsToChannel",
        ),
        (
            "A plain text message that is sent without any files is not allowed to update with the file.",
            "PlainTextMessageIsNotAllowedToUpdateWithFile",
        ),
        (
            "`remind_time` should be greater than the current time, and the latest is 90 days later.",
            "RemindTimeShouldBeGreaterThanCurrentTime",
        ),
        (
            "One two three four five six seven eight nine of the other ten.",
            "OneTwoThreeFourFiveSixSevenEightNine",
        ),
    ] {
        assert_eq!(names(&[text]), [name], "{text}");
    }
}

#[test]
fn errors_are_told_apart_by_their_texts_before_their_codes() {
    assert_eq!(
        names(&["User does not exist: $from.", "User does not exist: $to."]),
        ["UserDoesNotExistForFrom", "UserDoesNotExistForTo"]
    );
    assert_eq!(
        names(&["Not allowed. Ask an admin.", "Not allowed."]),
        ["NotAllowedAskAdmin", "NotAllowed"]
    );
    assert_eq!(names(&["Gone.", "Gone."]), ["Gone0", "Gone1"]);
    assert_eq!(
        names(&["", "", "Other."]),
        ["BadRequest0", "BadRequest1", "Other"]
    );
}

#[test]
fn a_given_name_is_kept_and_the_others_make_room() {
    let mut errors = vec![
        error(400, 1, "User does not exist: $from."),
        error(404, 2, "Anything."),
    ];
    errors[1].name = Some("user does not exist".to_owned());
    let names: Vec<_> = variants(&errors)
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["UserDoesNotExistForFrom", "UserDoesNotExist"]);
}

proptest! {
    #[test]
    fn any_texts_give_different_identifiers_in_any_order(
        errors in prop::collection::vec((400..405_u16, 0..3_i64, "\\PC{0,30}|(a|the|User|\\{x\\}|IDs|exist|[.:,*]| ){0,12}"), 0..8)
    ) {
        let mut errors: Vec<_> = errors.into_iter().map(|(status, code, text)| error(status, code, &text)).collect();
        let forwards: Vec<_> = variants(&errors).into_iter().map(|(name, _)| name).collect();
        for name in &forwards {
            prop_assert!(syn::parse_str::<syn::Ident>(name).is_ok(), "{}", name);
            prop_assert!(name.is_ascii(), "{}", name);
        }
        let unique: BTreeSet<_> = forwards.iter().map(|name| name.to_lowercase()).collect();
        prop_assert_eq!(unique.len(), forwards.len());
        errors.reverse();
        prop_assert_eq!(variants(&errors).len(), forwards.len());
    }

    #[test]
    fn no_error_hides_another(
        // Signs stand between any two gaps: otherwise nothing tells where the first value ends.
        texts in prop::collection::vec("(\\{w\\})?(ab|b|c|c\\{x\\}b| |\\.){0,5}(c\\{y\\})?", 1..6)
    ) {
        let errors: Vec<_> = texts.iter().map(|text| error(400, 5, text)).collect();
        for (name, text) in variants(&errors) {
            if text.matches("qqq").count() < 4 {
                prop_assert_eq!(decode(&errors, (400, 5), &text), Some(name), "{}", text);
            }
        }
    }
}
