//! Each operation is found in the index of requests, and each of its calls is whole.

use zoom_chat_sdk::ZoomChat;

use crate::{indexed, subjects};

const INDEX: &str = include_str!("../../../openapi/requests.md");

#[test]
fn each_operation_is_found_by_task_and_by_category() {
    let (tasks, categories) = INDEX.split_once("\n# By category\n").unwrap();
    for subject in subjects() {
        let mut letters = subject.operation.id.chars();
        let first = letters.next().unwrap().to_ascii_uppercase();
        let request = format!("{first}{}", letters.as_str());
        let call = format!("\nrequests::{request}::new(");
        assert!(tasks.contains(&call), "no task calls {request}");
        let link = format!("\n- [`{request}`]: ");
        assert!(categories.contains(&link), "{request} is in no category");
    }
}

#[test]
fn the_words_of_those_who_look_for_a_call_find_it() {
    for (words, request) in [
        ("rename a channel", "UpdateChannel"),
        ("see who reacted", "GetMessage"),
        ("remind me", "CreateReminderMessage"),
        ("export a session report", "GetChatSessionsReports"),
        ("archive a channel", "PerformOperationsOnChannels"),
        ("mention a group", "CreateChannelMentionGroup"),
        ("mention everyone", "SendChatMessage"),
        ("send a direct message", "SendChatMessage"),
        ("list my channels", "ListUsersChannels"),
        ("download a file", "GetFileInfo"),
        ("upload an emoji", "AddCustomEmoji"),
        (
            "see the presence status of a contact",
            "GetUsersContactDetails",
        ),
        (
            "find the users who came from Slack",
            "GetMigratedZoomUserIds",
        ),
        ("search messages", "ListUsersChatMessages"),
        ("schedule a message", "SendChatMessage"),
    ] {
        let entry = format!("\n// {words}\nrequests::{request}::new(");
        assert!(INDEX.contains(&entry), "{words}");
    }
}

#[tokio::test]
async fn each_call_sets_what_is_required() {
    let zoom = ZoomChat::builder().access_token("t0ken").build().unwrap();
    let mut failed = Vec::new();
    let calls = indexed::index(&zoom);
    assert!(calls.len() >= subjects().len());
    for (task, preview) in calls {
        if let Err(error) = preview.await {
            failed.push(format!("{task}: {error}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
