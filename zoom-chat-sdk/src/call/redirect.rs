//! Redirects of uploads, followed here instead of by the HTTP client.
//!
//! Zoom's hosts for files answer with redirects to other hosts and expect the same request there, with its
//! Authorization. HTTP clients do something else: after a 301 or 302 they send a GET without a body, they do not send a
//! streamed body again, and they drop Authorization. Here, method, body and Authorization are kept, so the hosts must
//! be restricted: [`Hosts`] decides by the URL alone.

use reqwest::{
    StatusCode, Url,
    header::{HeaderMap, LOCATION},
};

use crate::{
    InvalidSetting,
    config::{BaseUrl, is_loopback, is_zooms},
    error::RedirectRefusal,
};

/// The hosts that a request with a token may be redirected to.
#[derive(Debug)]
pub(crate) struct Hosts {
    /// The host of the base URL, and those that a setting allows.
    named: Vec<String>,
    /// Whether the base URL is plain http on a loopback address. Then the allowed hosts may use http as well.
    plain: bool,
}

impl Hosts {
    pub(crate) fn new(base_url: &BaseUrl, allowed: &[String]) -> Result<Self, InvalidSetting> {
        let mut named = Vec::with_capacity(allowed.len() + 1);
        let (base_url, files) = (base_url.to_url(), base_url.files());
        let own = [&base_url, &files].into_iter().flatten();
        named.extend(own.filter_map(Url::host_str).map(str::to_owned));
        for host in allowed {
            named.push(host_alone(host).ok_or_else(|| {
                InvalidSetting::new(
                    "allow_redirects_to",
                    format!("`{host}` is not a host alone, like `files.example.com`"),
                )
            })?);
        }
        let plain = base_url.is_some_and(|url| url.scheme() == "http");
        Ok(Self { named, plain })
    }

    fn check(&self, url: &Url) -> Result<(), RedirectRefusal> {
        let host = url.host_str().unwrap_or_default();
        let safe = match url.scheme() {
            "https" => true,
            "http" => self.plain && is_loopback(url),
            _ => false,
        };
        if !safe {
            let scheme = url.scheme().to_owned();
            return Err(RedirectRefusal::NotHttps { scheme });
        }
        if !is_zooms(host) && !self.named.iter().any(|named| named == host) {
            let host = host.to_owned();
            return Err(RedirectRefusal::Host { host });
        }
        Ok(())
    }
}

/// A host without scheme, port and path, as URLs write it.
fn host_alone(text: &str) -> Option<String> {
    let url = Url::parse(&format!("https://{text}/")).ok()?;
    let host = url.host_str()?;
    text.eq_ignore_ascii_case(host).then(|| host.to_owned())
}

/// The URLs that one request has visited.
pub(crate) struct Redirects<'a> {
    hosts: &'a Hosts,
    visited: Vec<Url>,
}

impl<'a> Redirects<'a> {
    pub(crate) fn new(hosts: &'a Hosts) -> Self {
        Self {
            hosts,
            visited: Vec::new(),
        }
    }

    /// Whether `status` is that of a redirect.
    pub(crate) fn is_one(status: StatusCode) -> bool {
        matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
    }

    /// The URL that this redirect of the request to `from` leads to.
    pub(crate) fn follow(
        &mut self,
        from: &Url,
        status: StatusCode,
        headers: &HeaderMap,
    ) -> Result<Url, RedirectRefusal> {
        if status == StatusCode::SEE_OTHER {
            return Err(RedirectRefusal::ChangesMethod);
        }
        let location = headers.get(LOCATION).ok_or(RedirectRefusal::NoLocation)?;
        let mut url = location
            .to_str()
            .ok()
            .and_then(|location| from.join(location).ok())
            .filter(|url| url.username().is_empty() && url.password().is_none())
            .ok_or(RedirectRefusal::InvalidLocation)?;
        // It is never sent, so it makes no other place.
        url.set_fragment(None);
        self.hosts.check(&url)?;
        self.visited.push(from.clone());
        if self.visited.contains(&url) {
            return Err(RedirectRefusal::Loop);
        }
        if self.visited.len() > RedirectRefusal::MOST {
            return Err(RedirectRefusal::TooMany);
        }
        Ok(url)
    }
}

#[cfg(test)]
mod tests;
