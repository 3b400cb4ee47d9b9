use super::super::format::{has, is_date, is_date_time, is_email, is_uri, is_uuid};

#[track_caller]
fn tells(is: fn(&str) -> bool, those: &[&str], others: &[&str]) {
    assert!(!those.is_empty() && !others.is_empty());
    for text in those {
        assert!(is(text), "{text}");
    }
    for text in others {
        assert!(!is(text), "{text}");
    }
}

#[test]
fn dates_are_days_of_the_calendar() {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    for (month, days) in (1..).zip(lengths) {
        for (year, days) in [
            ("2025", days),
            ("2024", days + i32::from(month == 2)),
            ("1900", days),
            ("2000", days + i32::from(month == 2)),
        ] {
            for day in 0..40 {
                let date = format!("{year}-{month:02}-{day:02}");
                assert_eq!(is_date(&date), (1..=days).contains(&day), "{date}");
            }
        }
    }
    let others = [
        "2025-00-01",
        "2025-13-01",
        "2025/01/01",
        "2025-01/01",
        "2025-1-01",
        "2025-01-1",
        "x025-01-01",
        "2025-01-01Z",
        " 2025-01-01",
        "2025-01-001",
        "",
        "2025-+1-01",
        "20250-1-01",
        "2025-01-é",
    ];
    tells(is_date, &["2025-12-31"], &others);
}

#[test]
fn instants_have_a_date_a_clock_and_an_offset() {
    let those = [
        "2025-08-23T00:00:00Z",
        "2025-08-23t23:59:60z",
        "2025-08-23T00:00:00.5Z",
        "2025-08-23T00:00:00.123456789+23:59",
        "2024-02-29T12:30:45-00:00",
    ];
    let others = [
        "2025-02-29T00:00:00Z",
        "2025-08-23T24:00:00Z",
        "2025-08-23T00:60:00Z",
        "2025-08-23T00:00:61Z",
        "2025-08-23T0a:00:00Z",
        "2025-08-23T00:0a:00Z",
        "2025-08-23T00:00:0aZ",
        "2025-08-23T00-00:00Z",
        "2025-08-23T00:00-00Z",
        "2025-08-23T+1:00:00Z",
        "2025-08-23T00:00:00",
        "2025-08-23T00:00:00.Z",
        "2025-08-23T00:00:00+24:00",
        "2025-08-23T00:00:00+00:60",
        "2025-08-23T00:00:00+0000",
        "2025-08-23T00:00:00+00:00:00",
        "2025-08-23T00:00:00+ab:cd",
        "2025-08-23T00:00:00+",
        "2025-08-23T00:00:00ZZ",
        "2025-08-23T00:00:00 Z",
        "2025-08-23 00:00:00Z",
        "2025-08-23",
    ];
    tells(is_date_time, &those, &others);
}

#[test]
fn uuids_have_their_dashes_where_they_belong() {
    let those = [
        "123e4567-e89b-12d3-a456-426614174000",
        "123E4567-E89B-12D3-A456-42661417400F",
    ];
    let others = [
        "123e4567e89b12d3a456426614174000",
        "123e4567-e89b-12d3-a456-42661417400",
        "123e4567-e89b-12d3-a456-4266141740000",
        "123e4567-e89b-12d3-a456-42661417400g",
        "123e45678e89b-12d3-a456-42661417400-",
    ];
    tells(is_uuid, &those, &others);
}

#[test]
fn addresses_are_plain_ones() {
    let those = [
        "jchill@example.com",
        "j+c.h_1@a-b.example.co",
        "!#$%&'*+-/=?^_`{|}~@x.io",
        "a@1.2",
    ];
    let others = [
        "@example.com",
        "jchill@",
        "jchill",
        "jchill@localhost",
        "jchill@.com",
        "jchill@example.",
        "jchill@a..b",
        "j chill@example.com",
        "j(c)@example.com",
        "j@exam_ple.com",
        "j@exa mple.com",
        "j@-example.com",
        "j@é.com",
        "é@example.com",
        "a@b@c.com",
        "Jill <j@example.com>",
    ];
    tells(is_email, &those, &others);
}

#[test]
fn uris_are_absolute_with_an_authority() {
    let those = [
        "https://example.com",
        "x+y-z.1://a",
        "https://x.io/a%20b?c=d#e",
        "https://x.io/%c3%9f",
        "https://x.io/#",
        "https://x.io/100%25",
    ];
    let others = [
        "://example.com",
        "1http://example.com",
        "ht tp://example.com",
        "ht_tp://x.io",
        "https://",
        "https://x.io/a b",
        "https://x.io/ü",
        "https://x.io/{id}",
        "https://x.io/<a>",
        "https://x.io/[1]",
        "https://x.io/a\"b",
        "https://x.io/a\\b",
        "https://x.io/a^b",
        "https://x.io/a`b",
        "https://x.io/a|b",
        "https://x.io/%",
        "https://x.io/%zz",
        "https://x.io/%2z",
        "https://x.io/#a#b",
        "https://x.io/##",
        "example.com/x",
        "a:b",
        "",
    ];
    tells(is_uri, &those, &others);
}

#[test]
fn formats_are_known_by_their_names() {
    assert!(has("2025-08-23", "date") && !has("2025-08-23", "date-time"));
    assert!(has("127.0.0.1", "ipv4") && !has("127.0.0.256", "ipv4"));
    assert!(has("::1", "ipv6") && !has("127.0.0.1", "ipv6"));
    assert!(has("anything", "password") && !has("anything", "unheard-of"));
}
