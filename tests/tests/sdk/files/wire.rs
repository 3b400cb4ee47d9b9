//! What is on the wire.

use std::io;

use zoom_chat_sdk::{FileSource, Recipient};
use zoom_chat_tests::{
    file_host::{FileHost, Reply},
    loopback::{Answer, Loopback},
};

use super::{checksum, client, form, large};

#[tokio::test]
async fn an_upload_byte_by_byte() {
    let zoom = Loopback::answering([Answer::json(201, r#"{"id":"f1"}"#)]).await;
    let uploaded = client(zoom.base_url())
        .upload_file(FileSource::bytes("notes.txt", "Hi\r\n--x"))
        .await
        .unwrap();
    assert_eq!(
        (uploaded.id.as_str(), uploaded.status, uploaded.attempts),
        ("f1", 201, 1)
    );
    let request = zoom.only_request();
    assert_eq!(request.target(), "POST /v2/chat/users/me/files");
    assert_eq!(request.header("authorization"), Some("Bearer t0ken"));
    assert_eq!(
        form(&request),
        "--BOUNDARY\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"notes.txt\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n\
         Hi\r\n--x\r\n\
         --BOUNDARY--\r\n"
    );
}

#[tokio::test]
async fn an_upload_with_all_settings() {
    let zoom = Loopback::answering([Answer::json(201, r#"{"id":"f1"}"#)]).await;
    client(zoom.base_url())
        .upload_file(FileSource::bytes("a.csv", "a,b").content_type("text/csv"))
        .as_user("jill@example.com")
        .post_to_personal_chat(false)
        .await
        .unwrap();
    let request = zoom.only_request();
    assert_eq!(
        request.target(),
        "POST /v2/chat/users/jill@example.com/files?postToPersonalChat=false"
    );
    assert!(form(&request).contains("filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\na,b\r\n"));
}

#[tokio::test]
async fn a_sent_file_byte_by_byte() {
    let zoom = Loopback::answering([Answer::sent("m1"), Answer::sent("m2")]).await;
    let client = client(zoom.base_url());
    let sent = client
        .send_file(
            Recipient::channel("825c").unwrap(),
            FileSource::bytes("a.txt", "A"),
        )
        .reply_to("m0")
        .await
        .unwrap();
    assert_eq!((sent.id.as_str(), sent.status), ("m1", Some(201)));
    client
        .send_file(
            Recipient::contact("jill@example.com").unwrap(),
            FileSource::bytes("a.txt", "A"),
        )
        .await
        .unwrap();
    let [to_channel, to_contact] = &zoom.received()[..] else {
        panic!("two requests")
    };
    assert_eq!(to_channel.target(), "POST /v2/chat/users/me/messages/files");
    let file = "--BOUNDARY\r\n\
         Content-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n\
         A\r\n\
         --BOUNDARY--\r\n";
    assert_eq!(
        form(to_channel),
        format!(
            "--BOUNDARY\r\nContent-Disposition: form-data; name=\"reply_main_message_id\"\r\n\r\nm0\r\n\
             --BOUNDARY\r\nContent-Disposition: form-data; name=\"to_channel\"\r\n\r\n825c\r\n{file}"
        )
    );
    assert_eq!(
        form(to_contact),
        format!(
            "--BOUNDARY\r\nContent-Disposition: form-data; name=\"to_contact\"\r\n\r\njill@example.com\r\n{file}"
        )
    );
}

#[tokio::test]
async fn names_of_all_kinds() {
    for (name, on_the_wire) in [
        ("Übersicht für Zoë.pdf", "Übersicht für Zoë.pdf"),
        ("報告書 📈.xlsx", "報告書 📈.xlsx"),
        ("say \"hi\".txt", "say %22hi%22.txt"),
        ("a\"; filename=\"b.exe", "a%22; filename=%22b.exe"),
        (
            "a\r\nX-Injected: 1\r\n\r\nb",
            "a%0D%0AX-Injected: 1%0D%0A%0D%0Ab",
        ),
        ("back\\slash.txt", "back\\slash.txt"),
    ] {
        let zoom = Loopback::answering([Answer::sent("f1")]).await;
        client(zoom.base_url())
            .upload_file(FileSource::bytes(name, "x"))
            .await
            .unwrap();
        let form = form(&zoom.only_request());
        let head = form.split("\r\n\r\n").next().unwrap();
        assert_eq!(
            head,
            format!(
                "--BOUNDARY\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{on_the_wire}\"\r\n\
                 Content-Type: application/octet-stream"
            )
        );
    }
}

#[tokio::test]
async fn a_file_on_disk_a_factory_and_bytes_are_the_same() {
    let content = large();
    let expected = checksum(&content);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("größe.bin");
    std::fs::write(&path, &content).unwrap();
    let in_factory: &'static [u8] = content.clone().leak();
    let size = content.len() as u64;
    for source in [
        FileSource::path(&path),
        FileSource::from(path.as_path()).named("größe.bin"),
        FileSource::bytes("größe.bin", content),
        FileSource::factory("größe.bin", size, move || async move {
            Ok::<_, io::Error>(in_factory)
        }),
    ] {
        let host = FileHost::on("127.0.0.1", [Reply::uploaded("f1")]);
        client(host.url("/v2"))
            .upload_file(source.clone())
            .await
            .unwrap();
        let upload = host.uploads().remove(0);
        assert_eq!((upload.checksum, upload.size), expected, "{source:?}");
        assert!(
            upload.form_head.contains("filename=\"größe.bin\""),
            "{}",
            upload.form_head
        );
        assert!(upload.head.contains("content-length: "), "{}", upload.head);
    }
}

#[tokio::test]
async fn an_empty_file() {
    let zoom = Loopback::answering([Answer::sent("f1")]).await;
    client(zoom.base_url())
        .upload_file(FileSource::bytes("empty", ""))
        .await
        .unwrap();
    assert!(form(&zoom.only_request()).contains("octet-stream\r\n\r\n\r\n--BOUNDARY--\r\n"));
}
