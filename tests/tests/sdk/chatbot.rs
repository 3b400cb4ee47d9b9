//! Chatbots: what leaves for each call, byte by byte in meaning, and what is refused before anything does.

use httpmock::Method::{DELETE, POST, PUT};
use serde_json::{Value, json};
use zoom_chat_sdk::chatbot::{
    Actions, Attachment, Button, Card, ChatbotEvent, ChatbotInput, Checkboxes, Divider, Field,
    Label, LinkedFile, RadioButtons, Section, Select, Text,
};
use zoom_chat_sdk::{
    CallError, Color, Delivery, Error, ErrorKind, InvalidMessage, Jid, OperationError,
    errors::{EditChatbotMessageError, SendChatbotMessagesError},
};
use zoom_chat_tests::endpoint::{documented, zoom};

use crate::events::{arriving, event};

const ROBOT: &str = "v1kq8tz4@xmpp.zoom.us";
const ACCOUNT: &str = "Hx3kTz9v";
const CHANNEL: &str = "825c8d2b@conference.xmpp.zoom.us";
const GREEN: Color = Color::rgb(0, 128, 0);

/// Each item as Zoom documents it.
#[test]
fn a_card_is_written_as_zoom_reads_it() {
    let body = |card: Card| {
        assert_eq!(card.check(), Ok(()));
        Value::Object(card.to_json())
    };
    let one = |card: Card| body(card)["body"][0].clone();
    let in_section = |section| one(Card::default().section(section))["sections"][0].clone();
    let object = |value: Value| match value {
        Value::Object(members) => members,
        other => panic!("{other}"),
    };
    for (written, expected) in [
        (
            body(Card::new("Build")),
            json!({ "head": { "text": "Build" } }),
        ),
        (
            body(
                Card::new(Label::new("Build").bold().italic().color(GREEN))
                    .sub_head(Label::new("main").italic())
                    .sidebar_color(GREEN)
                    .split_sidebar(true),
            ),
            json!({
                "settings": { "default_sidebar_color": "#008000", "is_split_sidebar": true },
                "head": {
                    "text": "Build", "style": { "bold": true, "italic": true, "color": "#008000" },
                    "sub_head": { "text": "main", "style": { "italic": true } },
                },
            }),
        ),
        (
            body("a text".into()),
            json!({ "body": [{ "type": "message", "text": "a text" }] }),
        ),
        (
            one(Card::default().message(Text::new("notes").link("https://example.com/n").bold())),
            json!({ "type": "message", "text": "notes", "link": "https://example.com/n", "style": { "bold": true } }),
        ),
        (
            one(Card::default().message(Text::new("edit me").editable())),
            json!({ "type": "message", "text": "edit me", "editable": true }),
        ),
        (
            one(Card::default().markdown("*x*")),
            json!({ "type": "message", "text": "*x*", "is_markdown_support": true }),
        ),
        (
            one(Card::default().fields([
                Field::new("Branch", "main").short(),
                Field::new("Remarks", "").editable(),
            ])),
            json!({ "type": "fields", "items": [
                { "key": "Branch", "value": "main", "short": true },
                { "key": "Remarks", "value": " ", "editable": true },
            ]}),
        ),
        (
            one(Card::default().actions(Actions::new([Button::new("A", "a").primary()]).limit(2))),
            json!({ "type": "actions", "limit": 2, "items": [{ "text": "A", "value": "a", "style": "Primary" }] }),
        ),
        (
            one(Card::default().actions([
                Button::new("A", "a"),
                Button::new("B", "b").danger(),
                Button::new("C", "c").disabled(),
            ])),
            json!({ "type": "actions", "items": [
                { "text": "A", "value": "a", "style": "Default" },
                { "text": "B", "value": "b", "style": "Danger" },
                { "text": "C", "value": "c", "style": "Disabled" },
            ]}),
        ),
        (
            one(Card::default().select(Select::new("Where", [("Here", "h")]).selected("Here", "h"))),
            json!({
                "type": "select", "text": "Where", "select_items": [{ "text": "Here", "value": "h" }],
                "selected_item": { "text": "Here", "value": "h" },
            }),
        ),
        (
            one(Card::default().select(Select::members("Who"))),
            json!({ "type": "select", "text": "Who", "static_source": "members" }),
        ),
        (
            one(Card::default().select(Select::channels("Where"))),
            json!({ "type": "select", "text": "Where", "static_source": "channels" }),
        ),
        (
            one(Card::default().attachment(
                Attachment::new(
                    "https://example.com/p.pdf",
                    Label::new("Plan").bold(),
                    "of it",
                )
                .image("https://example.com/p.png")
                .file_type("pdf")
                .size(48_213),
            )),
            json!({
                "type": "attachments", "resource_url": "https://example.com/p.pdf",
                "img_url": "https://example.com/p.png", "ext": "pdf", "size": 48_213,
                "information": {
                    "title": { "text": "Plan", "style": { "bold": true } }, "description": { "text": "of it" },
                },
            }),
        ),
        (
            one(Card::default().file(LinkedFile::new(
                "N",
                "http://a.example/n",
                "http://a.example/i",
                "of it",
            ))),
            json!({
                "type": "file", "icon_url": "http://a.example/i", "description": { "text": "of it" },
                "title": { "text": "N", "file_url": "http://a.example/n" },
            }),
        ),
        (
            one(Card::default().divider(Divider::new(GREEN).bold().dotted())),
            json!({ "type": "divider", "style": { "bold": true, "dotted": true, "color": "#008000" } }),
        ),
        (
            one(Card::default().progress(40)),
            json!({ "type": "progress_bar", "value": 40 }),
        ),
        (
            one(Card::default().item(object(json!({ "type": "alert", "text": "!" })))),
            json!({ "type": "alert", "text": "!" }),
        ),
        (
            one(Card::default().section(
                Section::new()
                    .sidebar_color(GREEN)
                    .horizontal()
                    .message("x")
                    .footer("crew")
                    .footer_icon("https://example.com/i.png")
                    .timestamp(1_780_128_000),
            )),
            json!({
                "type": "section", "sidebar_color": "#008000", "layout": "horizontal", "footer": "crew",
                "footer_icon": "https://example.com/i.png", "ts": 1_780_128_000,
                "sections": [{ "type": "message", "text": "x" }],
            }),
        ),
        (
            in_section(Section::new().date_picker("on", "2026/10/10")),
            json!({ "type": "datepicker", "action_id": "on", "initial_date": "2026/10/10" }),
        ),
        (
            in_section(Section::new().time_picker("at", "09:30")),
            json!({ "type": "timepicker", "action_id": "at", "initial_time": "09:30" }),
        ),
        (
            in_section(
                Section::new()
                    .radio_buttons(RadioButtons::new("size", [("S", "s")]).selected("S", "s")),
            ),
            json!({
                "type": "radio_buttons", "action_id": "size", "options": [{ "text": "S", "value": "s" }],
                "initial_option": { "text": "S", "value": "s" },
            }),
        ),
        (
            in_section(
                Section::new().checkboxes(
                    Checkboxes::new("tell")
                        .option("A", "a")
                        .selected_option("B", "b"),
                ),
            ),
            json!({ "type": "checkboxes", "action_id": "tell", "options": [
                { "text": "A", "value": "a" }, { "text": "B", "value": "b", "initial_selected": true },
            ]}),
        ),
    ] {
        assert_eq!(written, expected);
    }
}

#[test]
fn a_card_that_zoom_would_refuse_is_refused() {
    let link = |card: Card| matches!(card.check(), Err(InvalidMessage::Link { .. }));
    let text = Text::new("x");
    assert!(link(
        Card::default().message(text.clone().link("javascript:alert(1)"))
    ));
    assert!(link(Card::default().file(LinkedFile::new(
        "n",
        "ftp://a",
        "https://a",
        ""
    ))));
    assert!(link(Card::default().attachment(
        Attachment::new("https://a", "", "").image("file:///")
    )));
    assert!(link(
        Card::default().section(Section::new().footer_icon(""))
    ));
    assert!(link(
        Card::default().section(Section::new().message(text.clone().link("x")))
    ));
    assert_eq!(Card::default().check(), Err(InvalidMessage::EmptyCard));
    for (card, what) in [
        (Card::new(Label::new("x").bold()), "a text with a style"),
        (Card::from(text.clone().editable()), "an editable text"),
        (
            Card::from(text.link("https://example.com")),
            "a text that is a link",
        ),
        (
            Card::default().fields([Field::new("a", "b").editable()]),
            "an editable field",
        ),
        (
            Card::default().section(Section::new().message(Text::new("x").editable())),
            "an editable text",
        ),
    ] {
        assert_eq!(card.check(), Ok(()));
        let all = card.all_markdown();
        assert_eq!(all.check(), Err(InvalidMessage::MarkdownCard { what }));
    }
    let markdown = Card::new("*x*")
        .markdown("*y*")
        .message("z")
        .fields([Field::new("a", "b")]);
    assert_eq!(markdown.all_markdown().check(), Ok(()));
}

#[tokio::test]
async fn each_call_leaves_as_zoom_documents_it() {
    let (server, zoom) = zoom().await;
    let content = json!({ "head": { "text": "Build" } });
    let answer = json!({ "message_id": "m_1", "sent_time": "2026-10-17 01:40:24 +0000" });
    let sent =
        server.mock(|when, then| {
            when.method(POST).path("/v2/im/chat/messages").json_body(json!({
            "robot_jid": ROBOT, "to_jid": CHANNEL, "account_id": ACCOUNT, "content": content,
            "user_jid": "kim@xmpp.zoom.us", "reply_to": "m_0", "visible_to_user": "u1",
            "is_markdown_support": true,
        }));
            then.status(201).json_body(answer.clone());
        });
    let edited = server.mock(|when, then| {
        when.method(PUT).path("/v2/im/chat/messages/m_1").json_body(json!({
            "robot_jid": ROBOT, "account_id": ACCOUNT, "content": content, "user_jid": "kim@xmpp.zoom.us",
        }));
        then.status(200).json_body(answer.clone());
    });
    let deleted = server.mock(|when, then| {
        when.method(DELETE)
            .path("/v2/im/chat/messages/m_1")
            .query_param("robot_jid", ROBOT)
            .query_param("account_id", ACCOUNT)
            .query_param("user_jid", "kim@xmpp.zoom.us");
        then.status(200).json_body(answer.clone());
    });
    let bot = zoom
        .chatbot(ROBOT, ACCOUNT)
        .on_behalf_of("kim@xmpp.zoom.us");
    let channel = bot.channel_jid("825c8d2b").unwrap();
    let card = Card::new("Build");
    let call = bot
        .send(channel, card.clone().all_markdown())
        .reply_to("m_0")
        .visible_to("u1");
    let id = call.await.unwrap().message_id.clone().unwrap();
    bot.edit(&id, card).await.unwrap();
    bot.delete(&id).await.unwrap();
    for mock in [sent, edited, deleted] {
        mock.assert();
    }
}

/// Which event leads to which answer; none is told of an event that has no chatbot.
#[tokio::test]
async fn each_event_is_answered_where_it_came_from() {
    let (server, zoom) = zoom().await;
    server.mock(|when, then| {
        when.method(POST).path("/v2/im/chat/messages");
        then.status(201).json_body(json!({ "message_id": "m_1" }));
    });
    let mut seen = 0;
    for (name, body, event) in arriving() {
        let told = event.chatbot();
        let is_chatbots = name.starts_with("bot_")
            || name.starts_with("interactive_")
            || ["team_chat.app_mention", "team_chat.link_shared"].contains(&&*name);
        assert_eq!(told.is_some(), is_chatbots, "{name}");
        let Some(told) = told else { continue };
        seen += 1;
        let payload = &body["payload"];
        let text = |place: &str| {
            payload
                .pointer(place)
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        let said = |place: &str| text(place).unwrap_or_default();
        match &told.input {
            ChatbotInput::Installed => assert_eq!(name, "bot_installed"),
            ChatbotInput::Command { text, .. } => assert_eq!(*text, said("/cmd")),
            ChatbotInput::Pressed { text, value, .. } => {
                assert_eq!(*text, said("/actionItem/text"));
                assert_eq!(*value, said("/actionItem/value"));
            }
            ChatbotInput::Chosen { values, .. } => {
                let items = payload["selectedItems"].as_array().unwrap().iter();
                let chosen: Vec<_> = items.map(|it| it["value"].as_str().unwrap()).collect();
                assert_eq!(*values, chosen);
            }
            ChatbotInput::Edited { from, to, .. } => {
                assert_eq!(
                    (from, to),
                    (&said("/editItem/origin"), &said("/editItem/target"))
                );
            }
            ChatbotInput::FieldEdited { key, from, to, .. } => {
                assert_eq!(*key, said("/fieldEditItem/key"));
                assert_eq!(*from, said("/fieldEditItem/currentValue"));
                assert_eq!(*to, said("/fieldEditItem/newValue"));
            }
            ChatbotInput::Mentioned { text, .. } => assert_eq!(*text, said("/object/message")),
            ChatbotInput::Link {
                url, trigger_id, ..
            } => {
                assert_eq!(*url, said("/object/link"));
                assert_eq!(*trigger_id, said("/object/trigger_id"));
            }
            other => panic!("{other:?}"),
        }
        let robot = text("/robotJid");
        let account = text("/accountId").or(text("/account_id"));
        let to = text("/toJid")
            .or(text("/object/channel_id").map(|id| format!("{id}@conference.xmpp.zoom.us")));
        let to = to.or(text("/userJid"));
        let answered = answer_to(&zoom, &told, robot.is_some()).await;
        match to {
            Some(to) => {
                let sent = answered.unwrap();
                assert_eq!(sent["to_jid"], to, "{name}");
                assert_eq!(sent["robot_jid"], robot.unwrap_or_else(|| ROBOT.to_owned()));
                assert_eq!(sent["account_id"], account.unwrap());
            }
            None => assert!(answered.is_err(), "{name}"),
        }
    }
    assert!(seen >= 8, "{seen}");
}

/// The body of the answer to an event.
async fn answer_to(
    zoom: &zoom_chat_sdk::ZoomChat,
    told: &ChatbotEvent,
    has_robot: bool,
) -> Result<Value, Error> {
    let call = if has_robot {
        zoom.answer(told, "ok")
    } else {
        assert_refused(zoom.answer(told, "ok").await, ErrorKind::Id);
        zoom.chatbot(ROBOT, told.account_id.as_deref().unwrap_or(ACCOUNT))
            .answer(told, "ok")
    };
    let preview = zoom.preview(call.request().clone()).await;
    call.await?;
    let preview = preview.map_err(CallError::into_error)?;
    Ok(serde_json::from_slice(preview.body().unwrap()).unwrap())
}

fn assert_refused<T, E: OperationError>(answer: Result<T, CallError<E>>, kind: ErrorKind) {
    let Err(error) = answer else {
        panic!("it was sent")
    };
    assert_eq!(error.kind(), kind, "{error:?}");
    assert_eq!(error.delivery(), Delivery::NotSent);
}

#[tokio::test]
async fn a_link_is_unfurled_and_a_card_replaced_by_what_the_event_tells() {
    let (server, zoom) = zoom().await;
    let unfurled = server.mock(|when, then| {
        when.method(POST)
            .path("/v2/im/chat/users/u1/unfurls/tr_1")
            .json_body(json!({ "content": r#"{"body":[{"text":"Build","type":"message"}]}"# }));
        then.status(204);
    });
    let replaced = server.mock(|when, then| {
        when.method(PUT).path("/v2/im/chat/messages/m_1");
        then.status(200).json_body(json!({}));
    });
    let shared = event(&json!({
        "event": "team_chat.link_shared",
        "payload": { "account_id": ACCOUNT, "operator_id": "u1", "object": { "trigger_id": "tr_1", "link": "https://a.example" } },
    }));
    let pressed = event(&json!({
        "event": "interactive_message_actions",
        "payload": { "accountId": ACCOUNT, "robotJid": ROBOT, "toJid": CHANNEL, "messageId": "m_1" },
    }));
    let (shared, pressed) = (shared.chatbot().unwrap(), pressed.chatbot().unwrap());
    zoom.chatbot_of(&shared)
        .unfurl(&shared, "Build")
        .await
        .unwrap();
    zoom.chatbot_of(&pressed)
        .replace(&pressed, "done")
        .await
        .unwrap();
    unfurled.assert();
    replaced.assert();
    // Not the events that these are for.
    assert_refused(
        zoom.chatbot_of(&pressed).unfurl(&pressed, "x").await,
        ErrorKind::Id,
    );
    let bot = zoom.chatbot(ROBOT, ACCOUNT);
    let mut without = shared.clone();
    without.message_id = None;
    let replace = bot.replace(&without, "x");
    assert_refused(replace.await, ErrorKind::Id);
    let all_markdown = Card::from("*x*").all_markdown();
    assert_refused(bot.unfurl(&shared, all_markdown).await, ErrorKind::Message);
    unfurled.assert();
    replaced.assert();
}

#[tokio::test]
async fn nothing_leaves_for_what_cannot_be() {
    let (server, zoom) = zoom().await;
    let any = server.mock(|_, then| {
        then.status(201);
    });
    let bot = zoom.chatbot(ROBOT, ACCOUNT);
    for (call, kind) in [
        (bot.send("kim@example.com", "x"), ErrorKind::Id),
        (bot.send("825c8d2b", "x"), ErrorKind::Id),
        (bot.send(CHANNEL, Card::default()), ErrorKind::Message),
        (bot.send(CHANNEL, "x").reply_to(".."), ErrorKind::Id),
        (bot.send(CHANNEL, "x").visible_to(""), ErrorKind::Id),
        (
            zoom.chatbot("v1", ACCOUNT).send(CHANNEL, "x"),
            ErrorKind::Id,
        ),
        (zoom.chatbot(ROBOT, "").send(CHANNEL, "x"), ErrorKind::Id),
        (
            bot.clone().on_behalf_of("kim").send(CHANNEL, "x"),
            ErrorKind::Id,
        ),
        (
            bot.clone()
                .on_behalf_of("kim")
                .on_behalf_of("kim@xmpp.zoom.us")
                .send(CHANNEL, "x"),
            ErrorKind::Id,
        ),
    ] {
        assert_refused(call.await, kind);
    }
    assert_refused(bot.edit("", "x").await, ErrorKind::Id);
    assert_refused(bot.edit("m_1", Card::default()).await, ErrorKind::Message);
    assert_refused(bot.delete("a\\b").await, ErrorKind::Id);
    any.assert_calls(0);
}

#[tokio::test]
async fn the_documented_errors_are_decoded() {
    for (status, code, expected) in [
        (400, 7001, SendChatbotMessagesError::RequestBodyIsInvalid),
        (
            403,
            7003,
            SendChatbotMessagesError::NoChatbotHasGivenRobotJid,
        ),
        (403, 7004, SendChatbotMessagesError::ChatbotIsNotAuthorized),
        (404, 7002, SendChatbotMessagesError::GivenRobotJidIsInvalid),
    ] {
        let (server, zoom) = zoom().await;
        server.mock(|when, then| {
            when.method(POST).path("/v2/im/chat/messages");
            then.status(status)
                .json_body(json!({ "code": code, "message": "no", "result": false }));
        });
        let answer = zoom.chatbot(ROBOT, ACCOUNT).send(CHANNEL, "x").await;
        assert_eq!(documented(answer), expected);
    }
    let (server, zoom) = zoom().await;
    server.mock(|when, then| {
        when.method(PUT);
        let body = json!({ "code": 8001, "message": "the message does not exist: m_1" });
        then.status(404).json_body(body);
    });
    let edited = zoom.chatbot(ROBOT, ACCOUNT).edit("m_1", "x").await;
    let message_id = "m_1".to_owned();
    assert_eq!(
        documented(edited),
        EditChatbotMessageError::MessageDoesNotExist { message_id }
    );
}

#[test]
fn jids_are_derived_as_zoom_does() {
    let zoom = zoom_chat_sdk::ZoomChat::builder()
        .access_token("t")
        .build()
        .unwrap();
    for (robot, channel, user) in [
        (
            "v1@xmpp.zoom.us",
            "825c@conference.xmpp.zoom.us",
            "ab0c@xmpp.zoom.us",
        ),
        (
            "v1@xmppdev.zoom.us",
            "825c@conference.xmppdev.zoom.us",
            "ab0c@xmppdev.zoom.us",
        ),
        // What cannot be a JID is told when something is sent.
        ("v1", "825c@conference.xmpp.zoom.us", "ab0c@xmpp.zoom.us"),
    ] {
        let bot = zoom.chatbot(robot, ACCOUNT);
        assert_eq!(bot.channel_jid("825c").unwrap().as_str(), channel);
        assert_eq!(bot.user_jid("Ab0C").unwrap().as_str(), user);
    }
    assert_eq!(Jid::of_channel("825c").unwrap().channel_id(), Some("825c"));
    assert_eq!(Jid::of_user("Ab0C").unwrap().channel_id(), None);
    for refused in ["", "kim@example.com", "Release planning"] {
        assert!(Jid::of_channel(refused).is_err(), "{refused}");
    }
}
