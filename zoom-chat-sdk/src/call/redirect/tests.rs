use reqwest::header::HeaderValue;

use super::*;
use crate::answer::Redaction;

fn hosts(base_url: &str, allowed: &[&str]) -> Hosts {
    let allowed: Vec<_> = allowed.iter().map(|&host| host.to_owned()).collect();
    Hosts::new(&BaseUrl::parse("base_url", base_url).unwrap(), &allowed).unwrap()
}

fn zoom() -> Hosts {
    hosts("https://api.zoom.us/v2", &["files.example.com"])
}

fn headers(location: &[u8]) -> HeaderMap {
    let location = HeaderValue::from_bytes(location).unwrap();
    HeaderMap::from_iter([(LOCATION, location)])
}

const START: &str = "https://file.zoom.us/v2/chat/users/me/files?postToPersonalChat=false";

fn follow(hosts: &Hosts, from: &str, location: &str) -> Result<String, RedirectRefusal> {
    let from = Url::parse(from).unwrap();
    Redirects::new(hosts)
        .follow(&from, StatusCode::FOUND, &headers(location.as_bytes()))
        .map(String::from)
}

#[test]
fn zooms_hosts_and_those_allowed_are_followed() {
    for (location, to) in [
        (
            "https://fileapi.zoom.us/v2/x?sig=a%2Fb",
            "https://fileapi.zoom.us/v2/x?sig=a%2Fb",
        ),
        (
            "https://FILE-EU.zoom.us:8443/x#part",
            "https://file-eu.zoom.us:8443/x",
        ),
        ("https://a.b.zoomgov.com/", "https://a.b.zoomgov.com/"),
        (
            "https://files.example.com/up",
            "https://files.example.com/up",
        ),
        ("//us05file.zoom.us/x", "https://us05file.zoom.us/x"),
        ("/v3/files", "https://file.zoom.us/v3/files"),
        ("other", "https://file.zoom.us/v2/chat/users/me/other"),
        (
            "?again=1",
            "https://file.zoom.us/v2/chat/users/me/files?again=1",
        ),
    ] {
        assert_eq!(follow(&zoom(), START, location).unwrap(), to, "{location}");
    }
}

#[test]
fn the_token_goes_nowhere_else() {
    for (location, host) in [
        ("https://example.com/", "example.com"),
        ("https://zoom.us.example.com/", "zoom.us.example.com"),
        ("https://evilzoom.us/", "evilzoom.us"),
        ("https://zoom.us/", "zoom.us"),
        ("https://file.zoom.us./", "file.zoom.us."),
        ("https://x.files.example.com/", "x.files.example.com"),
        ("https://file.zoom.us\\@example.com/", "file.zoom.us"),
        ("https://127.0.0.1/", "127.0.0.1"),
        ("https://localhost/", "localhost"),
        ("https://[::1]/", "[::1]"),
        ("//example.com/https://file.zoom.us/", "example.com"),
        ("https:example.com", "-"),
        ("https:\\\\example.com\\file.zoom.us", "example.com"),
    ] {
        match follow(&zoom(), START, location) {
            Err(RedirectRefusal::Host { host: refused }) => assert_eq!(refused, host, "{location}"),
            // What a URL parser takes for a path or a slash leads to Zoom all the same.
            Ok(to) => assert!(to.starts_with("https://file.zoom.us/"), "{location}: {to}"),
            Err(other) => panic!("{location}: {other}"),
        }
    }
}

#[test]
fn only_https_unless_the_base_url_is_plain_on_this_machine() {
    for (location, scheme) in [
        ("http://file.zoom.us/v2/x", "http"),
        ("http://127.0.0.1/", "http"),
        ("ftp://file.zoom.us/", "ftp"),
        ("file:///etc/passwd", "file"),
        ("data:text/plain,x", "data"),
    ] {
        let scheme = scheme.to_owned();
        let refused = follow(&zoom(), START, location).unwrap_err();
        assert_eq!(refused, RedirectRefusal::NotHttps { scheme }, "{location}");
    }

    let local = hosts("http://127.0.0.1:1/v2", &["localhost", "files.example.com"]);
    let from = "http://127.0.0.1:1/v2/x";
    for location in [
        "http://127.0.0.1:2/",
        "http://localhost:3/",
        "https://file.zoom.us/",
    ] {
        assert_eq!(follow(&local, from, location).unwrap(), location);
    }
    let elsewhere = follow(&local, from, "http://127.0.0.2:1/").unwrap_err();
    assert!(
        matches!(elsewhere, RedirectRefusal::Host { .. }),
        "{elsewhere}"
    );
    for location in ["http://file.zoom.us/", "http://files.example.com/"] {
        let refused = follow(&local, from, location).unwrap_err();
        assert!(
            matches!(refused, RedirectRefusal::NotHttps { .. }),
            "{location}"
        );
    }
}

#[test]
fn a_location_that_is_none() {
    let from = Url::parse(START).unwrap();
    let hosts = zoom();
    let mut redirects = Redirects::new(&hosts);
    let mut follow = |headers| {
        redirects
            .follow(&from, StatusCode::FOUND, &headers)
            .unwrap_err()
    };
    assert_eq!(follow(HeaderMap::new()), RedirectRefusal::NoLocation);
    for bad in [
        "https://",
        "https://user:secret@file.zoom.us/",
        "https://token@file.zoom.us/",
        "https://file.zoom.us:99999/",
        "https://file zoom.us/",
        "https://file.zoom.us/\u{fc}",
    ] {
        assert_eq!(
            follow(headers(bad.as_bytes())),
            RedirectRefusal::InvalidLocation,
            "{bad}"
        );
    }
}

#[test]
fn the_method_is_kept_or_nothing_is_followed() {
    let from = Url::parse(START).unwrap();
    let location = headers(b"https://fileapi.zoom.us/");
    for status in [301, 302, 303, 307, 308] {
        let status = StatusCode::from_u16(status).unwrap();
        assert!(Redirects::is_one(status));
        let followed = Redirects::new(&zoom()).follow(&from, status, &location);
        match status.as_u16() {
            303 => assert_eq!(followed, Err(RedirectRefusal::ChangesMethod)),
            _ => assert_eq!(followed.unwrap().as_str(), "https://fileapi.zoom.us/"),
        }
    }
    for status in [200, 201, 300, 304, 305, 306, 400] {
        assert!(!Redirects::is_one(StatusCode::from_u16(status).unwrap()));
    }
}

/// The end of a way over these hosts.
fn walk(path: &[usize]) -> Result<Url, RedirectRefusal> {
    let hosts = zoom();
    let at = |n: usize| Url::parse(&format!("https://file{n}.zoom.us/")).unwrap();
    let mut redirects = Redirects::new(&hosts);
    path.windows(2)
        .map(|hop| {
            let to = headers(at(hop[1]).as_str().as_bytes());
            redirects.follow(&at(hop[0]), StatusCode::TEMPORARY_REDIRECT, &to)
        })
        .last()
        .unwrap()
}

#[test]
fn neither_in_circles_nor_for_ever() {
    for circle in [
        [0, 0].as_slice(),
        &[0, 1, 0],
        &[0, 1, 2, 2],
        &[0, 1, 2, 3, 4, 5, 1],
    ] {
        assert_eq!(walk(circle), Err(RedirectRefusal::Loop), "{circle:?}");
    }
    assert_eq!(
        walk(&[0, 1, 2, 3, 4, 5]).unwrap().as_str(),
        "https://file5.zoom.us/"
    );
    assert_eq!(walk(&[0, 1, 2, 3, 4, 5, 6]), Err(RedirectRefusal::TooMany));
}

#[test]
fn a_setting_names_a_host_alone() {
    let base = BaseUrl::parse("base_url", "https://api.zoom.us/v2").unwrap();
    for good in [
        "files.example.com",
        "Files.Example.com",
        "[::1]",
        "10.0.0.1",
    ] {
        assert!(Hosts::new(&base, &[good.to_owned()]).is_ok(), "{good}");
    }
    for bad in [
        "",
        "https://a.example",
        "a.example/x",
        "a.example:1",
        "u@a.example",
        "*.example.com/",
        "a b",
    ] {
        let error = Hosts::new(&base, &[bad.to_owned()]).unwrap_err();
        assert_eq!(error.setting(), "allow_redirects_to", "{bad}");
    }
}

#[test]
fn a_refusal_does_not_repeat_the_token() {
    for target in [
        "https://ey-t0ken-1.example.com/",
        "https://45792d54306b656e2d31.example.com/",
        "ey-t0ken-1://files.zoom.us/",
    ] {
        let refusal = follow(&zoom(), START, target).unwrap_err();
        let told = refusal.without(Redaction(&["Ey-T0ken-1"])).to_string();
        assert!(
            !told.contains("t0ken") && !told.contains("45792d"),
            "{told}"
        );
    }
}
