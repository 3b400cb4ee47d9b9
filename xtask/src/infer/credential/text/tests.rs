//! What is masked in texts, and what is not.

use super::*;

/// Three parts, the first two of which are JSON objects.
const SIGNED: &str = "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";

#[test]
fn credentials_are_found_by_the_names_before_them() {
    for (text, expected) in [
        (
            "user=ann&password=h7&page=1",
            "user=ann&password=********&page=1",
        ),
        (
            "access_token=t7#id_token=t8",
            "access_token=********#id_token=********",
        ),
        (
            "https://depot.test/cb?token=t7",
            "https://depot.test/cb?token=********",
        ),
        (
            "user: ann\npassword: hunter\nrole: a",
            "user: ann\npassword: ********\nrole: a",
        ),
        (
            "{\"user\": \"ann\", \"token\": \"t 7\"}\n{\"token\":\"t8\"}",
            "{\"user\": \"ann\", \"token\": \"********\"}\n{\"token\":\"********\"}",
        ),
        (
            "\"{\\\"token\\\": \\\"t7\\\"}\"",
            "\"{\\\"token\\\": \\\"********\\\"}\"",
        ),
        (
            "login(user: \"ann\", password: \"h7\") { token }",
            "login(user: \"ann\", password: \"********\") { token }",
        ),
        (
            "<a><access_token>t7</access_token></a>",
            "<a><access_token>********</access_token></a>",
        ),
        (
            "<s:Password Type=\"x\">h7</s:Password>",
            "<s:Password Type=\"x\">********</s:Password>",
        ),
        (
            "<login user='ann' password='h7'/>",
            "<login user='ann' password='********'/>",
        ),
        ("'api_key' => 'k7'", "'api_key' => '********'"),
        ("user[password]=h7", "user[password]=********"),
        (
            "Authorization: Bearer abc7def",
            "Authorization: Bearer ********",
        ),
        ("basic dTpwYXNz7w==", "basic ********"),
        ("https://ann:h7@depot.test/a@b", "https://depot.test/a@b"),
        (
            "-----BEGIN PRIVATE KEY-----\nMII=\n-----END PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----********-----END PRIVATE KEY-----",
        ),
        (
            "Cookie: sid=s7; theme=dark; flag",
            "Cookie: sid=********; theme=********; flag",
        ),
        (
            "{\"Cookie\": \"sid=s7; csrf=c7\", \"a\": \"b=c\"}",
            "{\"Cookie\": \"sid=********; csrf=********\", \"a\": \"b=c\"}",
        ),
        (
            "Set-Cookie: sid=s7; Path=/; Max-Age=60",
            "Set-Cookie: sid=********; Path=/; Max-Age=60",
        ),
        ("cookie: opaque7", "cookie: ********"),
        (
            "user,password,role\r\nann,h7,admin\r\n\"bob\",\"h;,8\",\r\neve\r\n",
            "user,password,role\r\nann,********,admin\r\n\"bob\",\"********\",\r\neve\r\n",
        ),
        (
            "id;api_key\n1;k7\n2;<key>",
            "id;api_key\n1;********\n2;<key>",
        ),
    ] {
        assert_eq!(masked_text(text), expected);
    }
    assert_eq!(masked_text(&format!("a {SIGNED}.")), format!("a {MASK}."));
}

#[test]
fn what_stands_for_a_credential_or_is_none_stays() {
    for text in [
        "",
        "page_token=7&tokens=2&key=k",
        "Cookie: {{cookies}}; sid={{sid}}; a=$A",
        "Dear ann, here is your password\nsee you, bob",
        "name,keyboard\nann,qwertz",
        "{\"a\": 1, \"token\":\n\"{{token}}\", \"b\": 2",
        "token={{token}}&password=<password>&secret=$SECRET&api_key=YOUR_API_KEY",
        "password=********&token=",
        "mutation ($password: String!) { login(password: $password) { token } }",
        "Invalid password: it is too short",
        "a Bearer token, Basic authentication",
        "token_type: Bearer",
        "https://depot.test:8080/a@b?at=ann@depot.test",
        "ssh://git@depot.test/a",
        "https://user:password@depot.test",
        "<token/><tokens>7</tokens>",
        "2024-05-06T07:08:09Z",
        "eyJ short",
        "-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----",
    ] {
        assert_eq!(masked_text(text), text);
    }
}

#[test]
fn prose_speaks_of_credentials_and_seldom_holds_one() {
    for text in [
        "Send `password=secret1` or `token: abc123`.",
        "Authorization: Bearer abc123",
        "The password=mandatory-since-version-two.",
    ] {
        assert_eq!(masked_prose(text), text);
    }
    for (text, expected) in [
        (
            "`curl -H 'Authorization: Bearer 0a1b2c3d4e5f6a7b8c'`",
            "`curl -H 'Authorization: Bearer ********'`",
        ),
        (
            "Call `/a?api_key=0a1b2c3d4e5f6a7b8c&b=1`.",
            "Call `/a?api_key=********&b=1`.",
        ),
        (
            "curl -X POST -u ann:hunter22 --user='bob:h 7' -b 'sid=s7; a=b7' -H 'cookie: c=d7; e=f7' depot.test",
            "curl -X POST -u ann:******** --user='bob:********' -b 'sid=********; a=********' -H 'cookie: c=********; e=********' depot.test",
        ),
        (
            "curl --cookie jar.txt -u ann: -u $USER:$PASSWORD --proxy-user \"ann:x7\"",
            "curl --cookie jar.txt -u ann: -u $USER:$PASSWORD --proxy-user \"ann:********\"",
        ),
        (
            "docker run -u 1000:1001 -b a=b7",
            "docker run -u 1000:1001 -b a=b7",
        ),
        (
            "Or https://ann:hunter22@depot.test/a.",
            "Or https://depot.test/a.",
        ),
    ] {
        assert_eq!(masked_prose(text), expected);
    }
    assert_eq!(masked_prose(&format!("`{SIGNED}`")), format!("`{MASK}`"));
}

#[test]
fn any_text_is_read_once() {
    for text in [
        "token=",
        "-b",
        "-eyJ",
        "=eyJ",
        ".eyJ",
        "-----",
        "token:{",
        "<token>",
        "Bearer ",
        "://a:b",
        "eyJ",
        "-----BEGIN ",
        "\u{e9}=",
        "password\\\"",
        "Cookie: a=b7; ",
        "Cookie: ",
        "'Cookie: \"",
        " curl -b ",
        " curl -u a:",
        "a,password\n",
        "password\n",
    ] {
        let long = text.repeat(20_000);
        for read in [masked_text, masked_prose] {
            let masked = read(&long);
            assert_eq!(read(&masked), masked, "{text}");
        }
    }
}
