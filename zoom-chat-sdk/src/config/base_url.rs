//! The URLs that calls are sent to: the token is sent over https only, or over http to a loopback address.

use std::borrow::Cow;

use reqwest::Url;
use zoom_chat_openapi::Operation;

use super::InvalidSetting;

/// A checked base URL without a trailing slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    text: String,
    loopback: bool,
    /// The base URL of the operations with a separate host, if it was set.
    files: Option<String>,
}

impl BaseUrl {
    /// Zoom's API for most accounts.
    pub(crate) const ZOOM: &str = "https://api.zoom.us/v2";

    pub(crate) fn parse(setting: &'static str, text: &str) -> Result<Self, InvalidSetting> {
        let refuse = |problem: String| Err(InvalidSetting::new(setting, problem));
        let url = match Url::parse(text) {
            Ok(url) => url,
            Err(error) => return refuse(format!("is not a URL: {error}")),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return refuse("must not hold a user or a password".to_owned());
        }
        if url.query().is_some() || url.fragment().is_some() {
            return refuse("must end with its path: no query, no fragment".to_owned());
        }
        let loopback = is_loopback(&url);
        match url.scheme() {
            "https" => {}
            "http" if loopback => {}
            "http" => {
                return refuse(
                    "must be https: plain http is for loopback addresses only".to_owned(),
                );
            }
            scheme => return refuse(format!("must be https, not `{scheme}`")),
        }
        Ok(Self {
            text: url.as_str().trim_end_matches('/').to_owned(),
            loopback,
            files: None,
        })
    }

    /// The URL of the API. For Zoom's hosts, `/v2` is added if the URL has no path.
    pub(crate) fn of_api(setting: &'static str, text: &str) -> Result<Self, InvalidSetting> {
        let mut base = Self::parse(setting, text)?;
        let Some(url) = base
            .to_url()
            .filter(|url| url.host_str().is_some_and(is_zooms))
        else {
            return Ok(base);
        };
        match url.path() {
            "/v2" => Ok(base),
            "/" => {
                base.text += "/v2";
                Ok(base)
            }
            path => Err(InvalidSetting::new(
                setting,
                format!("must end with `/v2` on Zoom's hosts, not with `{path}`"),
            )),
        }
    }

    /// The same, with another base URL for the operations with a separate host.
    pub(crate) fn with_files(mut self, files: Self) -> Self {
        self.files = Some(files.text);
        self
    }

    /// The URL that the paths of `operation` are appended to. `api_url` is the account's regional host, as Zoom named
    /// it with the token. The operations for files have a separate host in each of Zoom's clouds. A base URL outside of
    /// these, such as a gateway or a server on this machine, replaces all hosts, so that the token is sent nowhere
    /// else.
    pub(crate) fn of<'a>(&'a self, operation: &Operation, api_url: Option<&str>) -> Cow<'a, str> {
        if let (Some(_), Some(files)) = (operation.server, &self.files) {
            return files.into();
        }
        let api = api_url
            .and_then(|api_url| self.regional(api_url))
            .map_or(Cow::Borrowed(self.text.as_str()), Cow::Owned);
        match operation.server.and_then(|own| beside(&api, own)) {
            Some(own) => own.into(),
            None => api,
        }
    }

    /// This base URL with another host. `None` for a host that is not Zoom's: no token is sent there, whatever its
    /// source.
    fn regional(&self, api_url: &str) -> Option<String> {
        let other = Self::parse("api_url", api_url).ok()?;
        let url = Url::parse(&other.text).ok()?;
        let host = url.host_str()?;
        if !(other.loopback && self.loopback || is_zooms(host)) {
            return None;
        }
        // Zoom names the host alone.
        let path = Url::parse(&self.text)
            .ok()?
            .path()
            .trim_end_matches('/')
            .to_owned();
        Some(match url.path() {
            "" | "/" => other.text + &path,
            _ => other.text,
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is on a loopback address.
    pub(crate) fn is_loopback(&self) -> bool {
        self.loopback
    }

    /// The URL that files are sent to, if it was set.
    pub(crate) fn files(&self) -> Option<Url> {
        Url::parse(self.files.as_deref()?).ok()
    }

    pub(crate) fn to_url(&self) -> Option<Url> {
        Url::parse(&self.text).ok()
    }
}

/// The counterpart of the host `own` for the API host `api`, for example `file-eu.zoom.us` for `api-eu.zoom.us`. `None`
/// if `api` is not one of Zoom's.
fn beside(api: &str, own: &str) -> Option<String> {
    let api = Url::parse(api).ok()?;
    let host = api.host_str().filter(|host| is_zooms(host))?;
    let place = host
        .strip_prefix("api")
        .filter(|place| place.starts_with(['.', '-']))?;
    let mut own = Url::parse(own).ok()?;
    let (name, _) = own.host_str()?.split_once('.')?;
    let host = format!("{name}{place}");
    own.set_host(Some(&host)).ok()?;
    own.set_port(api.port()).ok()?;
    Some(own.as_str().trim_end_matches('/').to_owned())
}

/// Whether a host, as written in a URL, is one of Zoom's.
pub(crate) fn is_zooms(host: &str) -> bool {
    [".zoom.us", ".zoomgov.com"]
        .iter()
        .any(|zone| host.ends_with(zone))
}

/// Whether `url` is on a loopback address, decided by the host alone, without name resolution.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else {
        return false;
    };
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || address
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_loopback_only() {
        for good in [
            "https://api.zoom.us/v2",
            "https://api-eu.zoom.us/v2/",
            "http://127.0.0.1:8080",
            "http://[::1]:1/v2",
            "http://localhost/v2",
        ] {
            let base = BaseUrl::parse("base_url", good).unwrap();
            assert_eq!(base.as_str(), good.trim_end_matches('/'));
        }
        for bad in [
            "http://api.zoom.us/v2",
            "http://localhost.example.com",
            "http://127.0.0.1.example.com",
            "http://192.168.0.1",
            "ftp://127.0.0.1",
            "https://user:secret@api.zoom.us/v2",
            "https://api.zoom.us/v2?x=1",
            "api.zoom.us/v2",
            "",
        ] {
            let error = BaseUrl::parse("base_url", bad).unwrap_err();
            assert!(error.to_string().starts_with("base_url: "), "{error}");
            assert!(!error.to_string().contains("secret"));
        }
    }

    #[test]
    fn the_api_is_below_v2_on_zooms_hosts() {
        for (given, meant) in [
            ("https://api.zoom.us", "https://api.zoom.us/v2"),
            ("https://api.zoom.us/", "https://api.zoom.us/v2"),
            ("https://api.zoom.us/v2", "https://api.zoom.us/v2"),
            ("https://API.zoom.us/v2/", "https://api.zoom.us/v2"),
            ("https://api-eu.zoom.us:443", "https://api-eu.zoom.us/v2"),
            ("https://api.zoomgov.com", "https://api.zoomgov.com/v2"),
            // Only their owners know what these look like.
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("https://zoom.example.com", "https://zoom.example.com"),
            (
                "https://zoom.example.com/api",
                "https://zoom.example.com/api",
            ),
        ] {
            let base = BaseUrl::of_api("base_url", given).unwrap();
            assert_eq!(base.as_str(), meant, "{given}");
        }
        for (given, path) in [
            ("https://api.zoom.us/v2/chat", "/v2/chat"),
            ("https://api.zoom.us/v1/", "/v1"),
            ("https://api.zoom.us/V2", "/V2"),
            ("https://api.zoom.us//v2", "//v2"),
        ] {
            let error = BaseUrl::of_api("base_url", given).unwrap_err();
            let expected =
                format!("base_url: must end with `/v2` on Zoom's hosts, not with `{path}`");
            assert_eq!(error.to_string(), expected);
        }
    }

    #[test]
    fn files_go_to_the_file_host_of_the_same_cloud_and_nowhere_else() {
        use zoom_chat_openapi::operations::{SEND_CHAT_MESSAGE, UPLOAD_CHAT_FILE};

        for (base, files) in [
            ("https://api.zoom.us/v2", "https://file.zoom.us/v2"),
            ("https://api-eu.zoom.us/v2", "https://file-eu.zoom.us/v2"),
            ("https://api.zoomgov.com/v2", "https://file.zoomgov.com/v2"),
            (
                "https://api.zoomgov.com:8443/v2",
                "https://file.zoomgov.com:8443/v2",
            ),
            // What stands for Zoom stands for all of its hosts.
            ("https://zoom.example.com/v2", "https://zoom.example.com/v2"),
            (
                "https://api.zoom.us.example.com/v2",
                "https://api.zoom.us.example.com/v2",
            ),
            (
                "https://api.example.com/zoom",
                "https://api.example.com/zoom",
            ),
            ("https://apifoo.zoom.us/v2", "https://apifoo.zoom.us/v2"),
            ("http://127.0.0.1:8080/v2", "http://127.0.0.1:8080/v2"),
        ] {
            let url = BaseUrl::parse("base_url", base).unwrap();
            assert_eq!(url.of(&UPLOAD_CHAT_FILE, None), files, "{base}");
            assert_eq!(url.of(&SEND_CHAT_MESSAGE, None), base);
            let other = BaseUrl::parse("file_base_url", "https://files.example.com/zoom/").unwrap();
            let url = url.with_files(other);
            assert_eq!(
                url.of(&UPLOAD_CHAT_FILE, None),
                "https://files.example.com/zoom"
            );
            assert_eq!(url.of(&SEND_CHAT_MESSAGE, None), base);
        }
        let url = BaseUrl::parse("base_url", "https://api.zoom.us/v2").unwrap();
        let regional = Some("https://api-eu.zoom.us");
        assert_eq!(
            url.of(&UPLOAD_CHAT_FILE, regional),
            "https://file-eu.zoom.us/v2"
        );
        let elsewhere = Some("https://api-eu.example.com");
        assert_eq!(
            url.of(&UPLOAD_CHAT_FILE, elsewhere),
            "https://file.zoom.us/v2"
        );
    }

    #[test]
    fn a_regional_host_is_followed_where_it_is_zooms() {
        let base = BaseUrl::parse("base_url", "https://api.zoom.us/v2").unwrap();
        let regional = |api_url| base.regional(api_url);
        assert_eq!(
            regional("https://api-eu.zoom.us").unwrap(),
            "https://api-eu.zoom.us/v2"
        );
        assert_eq!(
            regional("https://api-eu.zoom.us/v3/").unwrap(),
            "https://api-eu.zoom.us/v3"
        );
        for elsewhere in [
            "https://zoom.us.example.com",
            "https://evilzoom.us",
            "http://api-eu.zoom.us",
            "http://127.0.0.1",
            "https://user@api-eu.zoom.us",
            "",
        ] {
            assert_eq!(regional(elsewhere), None, "{elsewhere}");
        }
        let local = BaseUrl::parse("base_url", "http://127.0.0.1:1/v2").unwrap();
        assert_eq!(
            local.regional("http://localhost:2").unwrap(),
            "http://localhost:2/v2"
        );
    }
}
