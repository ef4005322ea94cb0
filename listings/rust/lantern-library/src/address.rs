//! The URIs of the library. The SDK does not match URI templates, so this file does.

use std::fmt;

/// What a URI of the library points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address<'a> {
    Runbook { slug: &'a str },
    Incident { id: &'a str },
    Log { service: &'a str, day: u16 },
}

impl<'a> Address<'a> {
    // ANCHOR: parse
    /// Reads a URI; `None` when it is not one that `Display` would write.
    pub fn parse(uri: &'a str) -> Option<Self> {
        let (scheme, rest) = uri.split_once("://")?;
        let address = match scheme {
            "runbook" => Self::Runbook { slug: rest },
            "incident" => Self::Incident { id: rest },
            "log" => {
                let (service, day) = rest.split_once('/')?;
                let day = day.parse().ok()?;
                Self::Log { service, day }
            }
            _ => return None,
        };
        // `log://tax/01` would be a second name for `log://tax/1`.
        (address.to_string() == uri).then_some(address)
    }
    // ANCHOR_END: parse
}

impl fmt::Display for Address<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Runbook { slug } => write!(out, "runbook://{slug}"),
            Self::Incident { id } => write!(out, "incident://{id}"),
            Self::Log { service, day } => write!(out, "log://{service}/{day}"),
        }
    }
}
