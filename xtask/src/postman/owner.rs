//! Whose API a file belongs to.

use super::Outcome;
use crate::{
    VENDORS,
    vendor::{Profile, Vendor},
};

impl Profile {
    /// Tells the requests of one file whose they are.
    pub(crate) fn apply(self, outcome: &mut Outcome) {
        match self {
            Self::None => {}
            Self::Of(vendor) => {
                for request in &mut outcome.requests {
                    request.vendor = Some(vendor);
                }
            }
            Self::Detected => VENDORS
                .into_iter()
                .for_each(|vendor| detect(vendor, outcome)),
        }
    }
}

/// A request to one of the vendor's hosts is the vendor's. One that leaves its host open is so only if something in the
/// file is the vendor's, and nothing leads elsewhere: it must not take a foreign token to the vendor.
fn detect(vendor: &'static dyn Vendor, outcome: &mut Outcome) {
    let servers = || {
        // Webhooks go to the servers of others.
        let own = outcome.requests.iter().filter(|it| !it.is_webhook);
        let servers = own.map(|request| &request.url.server);
        servers.filter(|server| server.is_known())
    };
    let descriptions = || {
        let requests = outcome.requests.iter();
        requests.flat_map(|request| {
            let folders = request.folders.iter().map(|folder| &folder.description);
            folders.chain([&request.description])
        })
    };
    let is_own = servers().all(|server| vendor.owns(&server.url))
        && (servers().next().is_some()
            || vendor.is_author_of(&outcome.description)
            || descriptions().any(|text| vendor.is_author_of(text)));
    for request in &mut outcome.requests {
        let server = &request.url.server;
        let is_open = request.is_webhook || !server.is_known();
        if (is_open && is_own) || vendor.owns(&server.url) {
            request.vendor = Some(vendor);
        }
    }
}
