//! A stand-in for Zoom on a loopback address, for want of an access token.
//!
//! It knows one operation, "Send a chat message", reads both encodings, refuses what Zoom would refuse, and gives each
//! documented error on demand: a recipient named `error-404-1001` gets the operation's error with that status and code.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::atomic::{AtomicU32, Ordering},
    thread,
};

use serde_json::{Value, json};
use zoom_chat_sdk::operations::SEND_CHAT_MESSAGE;

/// Larger than any message can be.
const MAX_BODY: usize = 1 << 20;

/// Starts answering, for as long as the process lives, and tells where.
pub(crate) fn start() -> io::Result<SocketAddr> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            // A connection that breaks ends its thread; the client tells the user.
            thread::spawn(move || serve(connection));
        }
    });
    Ok(address)
}

struct Request {
    line: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

fn serve(connection: TcpStream) -> io::Result<()> {
    let mut reader = BufReader::new(connection.try_clone()?);
    let mut writer = connection;
    while let Some(request) = read(&mut reader)? {
        let (status, body) = answer(&request);
        let body = body.to_string();
        write!(
            writer,
            "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nx-zm-trackingid: {}\r\n\r\n{body}",
            body.len(),
            unique("WEB_stand-in"),
        )?;
        writer.flush()?;
    }
    Ok(())
}

fn read(reader: &mut BufReader<TcpStream>) -> io::Result<Option<Request>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut headers = BTreeMap::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        let Some((name, value)) = header.trim_end().split_once(':') else {
            break;
        };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers
        .get("content-length")
        .and_then(|length| length.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; MAX_BODY.min(length)];
    reader.read_exact(&mut body)?;
    Ok(Some(Request {
        line: line.trim_end().to_owned(),
        headers,
        body,
    }))
}

fn answer(request: &Request) -> (&'static str, Value) {
    let header = |name: &str| request.headers.get(name).map_or("", String::as_str);
    let to_messages = request.line.starts_with("POST /v2/chat/users/")
        && request.line.contains("/messages HTTP/1.1");
    if !to_messages {
        return (
            "404 Not Found",
            json!({"code": 64041, "message": "Route Not Found"}),
        );
    }
    if header("authorization")
        .strip_prefix("Bearer ")
        .is_none_or(str::is_empty)
    {
        return (
            "401 Unauthorized",
            json!({"code": 124, "message": "Invalid access token."}),
        );
    }
    let Some(fields) = fields(header("content-type"), &request.body) else {
        let message = "Request Body should be a valid JSON object.";
        return ("400 Bad Request", json!({"code": 300, "message": message}));
    };
    let text = |name: &str| {
        fields
            .get(name)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    };
    let (to_contact, to_channel) = (text("to_contact"), text("to_channel"));
    let field = match (text("message"), to_contact, to_channel) {
        (None, ..) => "message",
        (Some(message), ..) if message.encode_utf16().count() > 1024 => "message",
        (_, None, None) | (_, Some(_), Some(_)) => "to_contact",
        _ => {
            let to = to_contact.or(to_channel).unwrap_or_default();
            return refusal(to)
                .unwrap_or_else(|| ("201 Created", json!({"id": unique("stand-in")})));
        }
    };
    let errors = json!([{"field": field, "message": "Invalid field."}]);
    (
        "400 Bad Request",
        json!({"code": 300, "message": "Validation Failed.", "errors": errors}),
    )
}

/// The documented error that a recipient named `error-STATUS-CODE` asks for.
fn refusal(to: &str) -> Option<(&'static str, Value)> {
    let (status, code) = to.strip_prefix("error-")?.split_once('-')?;
    let (status, code) = (status.parse::<u16>().ok()?, code.parse::<i64>().ok()?);
    let error = SEND_CHAT_MESSAGE
        .errors
        .iter()
        .find(|error| (error.status, error.code) == (status, code))?;
    let line = if status == 404 {
        "404 Not Found"
    } else {
        "400 Bad Request"
    };
    let message = error
        .message
        .replace("$to_contact", to)
        .replace("$to_channel", to);
    Some((line, json!({"code": code, "message": message})))
}

/// The fields of the body, in either encoding.
fn fields(content_type: &str, body: &[u8]) -> Option<BTreeMap<String, Value>> {
    if content_type.starts_with("application/json") {
        return serde_json::from_slice(body).ok();
    }
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")?
        .trim_matches('"');
    let body = str::from_utf8(body).ok()?;
    let mut fields = BTreeMap::new();
    for part in body.split(&format!("--{boundary}")).skip(1) {
        // The last one, `--`, has no headers.
        let Some((head, value)) = part.split_once("\r\n\r\n") else {
            break;
        };
        let name = head.split_once("name=\"")?.1.split_once('"')?.0;
        fields.insert(name.to_owned(), Value::from(value.strip_suffix("\r\n")?));
    }
    Some(fields)
}

fn unique(name: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(1);
    format!("{name}-{:04}", COUNT.fetch_add(1, Ordering::Relaxed))
}
