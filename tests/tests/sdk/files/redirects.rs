//! Where a file goes when it is wanted elsewhere, and where it does not go.

use std::sync::{Arc, Mutex};

use zoom_chat_openapi::{multipart::File, requests};
use zoom_chat_sdk::{
    CallEvent, Delivery, Error, FileSource, Recipient, RedirectRefusal, Uploaded, retry::GiveUp,
};
use zoom_chat_tests::{
    file_host::{FileHost, Reply},
    loopback::{Answer, Loopback},
};

use super::{UPLOAD, builder, checksum, client, form, large, redirected};

#[tokio::test]
#[cfg_attr(
    not(target_os = "linux"),
    ignore = "takes more than one loopback address"
)]
async fn redirects_to_other_hosts_keep_method_body_and_token() {
    for status in [301, 302, 307, 308] {
        let content = large();
        let expected = checksum(&content);
        let third = FileHost::on("127.0.0.3", [Reply::uploaded("f1")]);
        let second = FileHost::on(
            "127.0.0.2",
            [Reply::redirect(status, &third.url("/up?key=a%2Fb"))],
        );
        let first = FileHost::on(
            "127.0.0.1",
            [Reply::early_redirect(status, &second.url("/up"))],
        );
        let uploaded = redirected(&first)
            .upload_file(FileSource::bytes("a", content))
            .await
            .unwrap();
        assert_eq!((uploaded.id.as_str(), uploaded.attempts), ("f1", 1));
        for (host, target) in [(&second, "/up"), (&third, "/up?key=a%2Fb")] {
            let upload = host.uploads().remove(0);
            assert!(
                upload
                    .head
                    .starts_with(&format!("POST {target} HTTP/1.1\r\n")),
                "{}",
                upload.head
            );
            assert!(
                upload.head.contains("authorization: Bearer t0ken\r\n"),
                "{}",
                upload.head
            );
            assert_eq!((upload.checksum, upload.size), expected);
            assert!(upload.complete);
        }
    }
}

#[tokio::test]
async fn a_sent_file_is_redirected_too() {
    let other = Loopback::answering([Answer::sent("m1")]).await;
    let location = format!("Location: {}/elsewhere\r\n", other.base_url());
    let zoom = Loopback::answering([Answer::with(307, &location, "")]).await;
    let to = Recipient::channel("825c").unwrap();
    let sent = client(zoom.base_url())
        .send_file(to, FileSource::bytes("a", "A"))
        .await
        .unwrap();
    assert_eq!(sent.id.as_str(), "m1");
    assert_eq!(form(&other.only_request()), form(&zoom.only_request()));
}

#[tokio::test]
async fn who_gets_the_file_is_told() {
    let other = Loopback::answering([Answer::sent("f1")]).await;
    let location = format!("Location: {}/elsewhere\r\n", other.base_url());
    let zoom = Loopback::answering([Answer::with(308, &location, "")]).await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&told);
    let client = builder(zoom.base_url())
        .on_event(move |event| {
            if let CallEvent::Redirected {
                operation,
                attempt,
                status,
                host,
                ..
            } = event
            {
                let event = (operation.id, *attempt, *status, (*host).to_owned());
                sink.lock().unwrap().push(event);
            }
        })
        .build()
        .unwrap();
    client
        .upload_file(FileSource::bytes("a", "A"))
        .await
        .unwrap();
    let expected = ("uploadChatFile", 1, 308, "127.0.0.1".to_owned());
    assert_eq!(*told.lock().unwrap(), [expected]);
}

/// Whoever makes the form need not follow by hand either.
#[tokio::test]
async fn a_call_that_carries_a_file_is_redirected_too() {
    let other = Loopback::answering([Answer::sent("f1")]).await;
    let location = format!("Location: {}/elsewhere\r\n", other.base_url());
    let zoom = Loopback::answering([Answer::with(307, &location, "")]).await;
    let answer = client(zoom.base_url())
        .call(requests::UploadChatFile::new().file(File::new("a", "A")))
        .await
        .unwrap();
    assert_eq!((answer.id.as_deref(), answer.attempts()), (Some("f1"), 1));
    assert_eq!(form(&other.only_request()), form(&zoom.only_request()));
}

#[track_caller]
fn refusal<E: std::fmt::Debug + Into<Error>>(
    outcome: Result<Uploaded, E>,
) -> (RedirectRefusal, Error) {
    let error: Error = outcome.unwrap_err().into();
    let refusal = error.redirect_refusal().cloned();
    (refusal.unwrap_or_else(|| panic!("{error:?}")), error)
}

#[tokio::test]
async fn a_redirect_to_a_host_outside_the_list_takes_nothing_there() {
    let outside = Loopback::answering([]).await;
    let port = outside.base_url();
    // The same port under another name of this machine, which nobody allowed.
    let location = format!("Location: {}\r\n", port.replace("127.0.0.1", "localhost"));
    let zoom = Loopback::answering([Answer::with(307, &location, "")]).await;
    let upload = client(zoom.base_url()).upload_file(FileSource::bytes("a", "A"));
    let (refusal, error) = refusal(upload.await);
    assert_eq!(
        refusal,
        RedirectRefusal::Host {
            host: "localhost".to_owned()
        }
    );
    assert_eq!(
        error.to_string(),
        "the redirect 307 of uploadChatFile was not followed, as it leads to localhost, \
         which is neither Zoom's nor allowed by `allow_redirects_to`; nothing was sent"
    );
    assert_eq!(
        (error.status(), error.delivery()),
        (Some(307), Delivery::NotSent)
    );
    assert_eq!(error.gave_up(), Some(GiveUp::Final));
    assert!(outside.received().is_empty(), "{:#?}", outside.received());
    assert_eq!(zoom.received().len(), 1);
}

#[tokio::test]
async fn redirects_that_are_not_followed() {
    for (status, headers, expected) in [
        (
            302,
            "Location: http://file.zoom.us/v2/x\r\n",
            RedirectRefusal::NotHttps {
                scheme: "http".to_owned(),
            },
        ),
        (
            307,
            "Location: http://10.0.0.1/\r\n",
            RedirectRefusal::NotHttps {
                scheme: "http".to_owned(),
            },
        ),
        (
            307,
            "Location: https://example.com/\r\n",
            RedirectRefusal::Host {
                host: "example.com".to_owned(),
            },
        ),
        (
            303,
            "Location: https://file.zoom.us/\r\n",
            RedirectRefusal::ChangesMethod,
        ),
        (301, "", RedirectRefusal::NoLocation),
        (
            308,
            "Location: https://\r\n",
            RedirectRefusal::InvalidLocation,
        ),
        (
            308,
            "Location: https://u:p@file.zoom.us/\r\n",
            RedirectRefusal::InvalidLocation,
        ),
        (
            307,
            &format!("Location: {UPLOAD}#again\r\n"),
            RedirectRefusal::Loop,
        ),
    ] {
        let headers = format!("{headers}x-zm-trackingid: v=1\r\n");
        let zoom = Loopback::answering([Answer::with(status, &headers, "")]).await;
        let upload = client(zoom.base_url()).upload_file(FileSource::bytes("a", "A"));
        let (refusal, error) = refusal(upload.await);
        assert_eq!(refusal, expected);
        assert_eq!(
            (error.status(), error.tracking_id()),
            (Some(status), Some("v=1"))
        );
        // See Other points to what came of the request; the others ask for it elsewhere.
        let unknown = status == 303;
        assert_eq!(error.delivery().may_have_been_sent(), unknown, "{error}");
        assert_eq!((zoom.received().len(), error.attempts()), (1, 1));
    }
}

#[tokio::test]
async fn redirects_in_circles_and_without_end() {
    let to = |path: &str| Answer::with(302, &format!("Location: {path}\r\n"), "");
    let zoom = Loopback::answering([to("/a"), to("/b"), to("/a")]).await;
    let upload = client(zoom.base_url()).upload_file(FileSource::bytes("a", "A"));
    assert_eq!(refusal(upload.await).0, RedirectRefusal::Loop);
    assert_eq!(zoom.received().len(), 3);

    let zoom = Loopback::answering((0..9).map(|n| to(&format!("/{n}")))).await;
    let upload = client(zoom.base_url()).upload_file(FileSource::bytes("a", "A"));
    assert_eq!(refusal(upload.await).0, RedirectRefusal::TooMany);
    assert_eq!(zoom.received().len(), 6);
}

#[tokio::test]
async fn a_redirect_that_repeats_the_token_is_told_without_it() {
    const LONG: &str = "t0ken-2f1c9b";
    for location in [
        format!("https://{LONG}.example.com/"),
        format!("{LONG}://zoom.us/"),
    ] {
        let location = format!("Location: {location}\r\n");
        let zoom = Loopback::answering([Answer::with(307, &location, "")]).await;
        let client = builder(zoom.base_url()).access_token(LONG).build().unwrap();
        let upload = client.upload_file(FileSource::bytes("a", "A"));
        let (_, error) = refusal(upload.await);
        assert!(!format!("{error} {error:?}").contains(LONG), "{error:?}");
    }
}
