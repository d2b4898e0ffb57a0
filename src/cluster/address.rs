//! Where an engine answers: `sc://host:port/;use_ssl=true;token=…`.

use std::fmt;

use crate::error::{Error, Result, printable};

/// The port at which Spark Connect answers where none is given.
const PORT: u16 = 15002;

/// The address of an engine that answers to Spark Connect.
///
/// It may hold a token, which is nothing to show: as text, and in a debugger, it stands without it.
///
/// ```
/// use kluwen::cluster::Address;
///
/// let address: Address = "sc://spark.example:443/;use_ssl=true;token=s3cret".parse()?;
/// assert_eq!(address.to_string(), "sc://spark.example:443/;use_ssl=true;token=…");
/// assert!(address.is_encrypted() && !address.is_this_machine());
/// # Ok::<(), kluwen::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    host: String,
    port: u16,
    parameters: Vec<(String, String)>,
}

impl Address {
    /// The machine's name or number; one of version 6 stands in brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The host as systems and certificates write it: a number of version 6 without its brackets.
    #[cfg(feature = "spark")]
    pub(super) fn bare_host(&self) -> &str {
        self.host.trim_start_matches('[').trim_end_matches(']')
    }

    /// The port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Whether what is sent there is encrypted on its way.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.parameter("use_ssl").is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// Whether it is this machine, by the names that can be no other.
    #[must_use]
    pub fn is_this_machine(&self) -> bool {
        matches!(self.host.as_str(), "localhost" | "127.0.0.1" | "[::1]")
    }

    /// All of it, with the token: for whoever connects, and for nobody else.
    #[must_use]
    pub fn with_secrets(&self) -> String {
        self.written(|_, value| value)
    }

    /// `text` without what is secret in this address.
    #[must_use]
    pub fn without_secrets(&self, text: &str) -> String {
        let secrets = self.parameters.iter().filter(|(key, _)| is_secret(key));
        secrets
            .filter(|(_, value)| !value.is_empty())
            .fold(text.to_owned(), |text, (_, value)| text.replace(value.as_str(), "…"))
    }

    fn parameter(&self, key: &str) -> Option<&str> {
        self.parameters.iter().find(|(own, _)| own == key).map(|(_, value)| value.as_str())
    }

    fn written<'a>(&'a self, value: impl Fn(&str, &'a str) -> &'a str) -> String {
        let mut text = format!("sc://{}:{}", self.host, self.port);
        for (at, (key, own)) in self.parameters.iter().enumerate() {
            text += if at == 0 { "/;" } else { ";" };
            text.extend([key, "=", value(key, own)]);
        }
        text
    }
}

/// Whether a parameter may be secret: all that are sent on as headers, and the token.
fn is_secret(key: &str) -> bool {
    !matches!(key, "use_ssl" | "user_id" | "user_agent" | "session_id")
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.written(|key, value| if is_secret(key) { "…" } else { value });
        write!(f, "{}", printable(&shown))
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({self})")
    }
}

impl std::str::FromStr for Address {
    type Err = Error;

    /// What is wrong is said without repeating it: it may hold a token.
    fn from_str(text: &str) -> Result<Self> {
        let rest = text.strip_prefix("sc://").ok_or_else(|| wrong("it begins with `sc://`"))?;
        // The slash is often forgotten, and means nothing.
        let (place, parameters) = rest.split_once(';').unwrap_or((rest, ""));
        let place = place.strip_suffix('/').unwrap_or(place);
        let (host, port) = host_and_port(place)?;
        Ok(Self { host, port, parameters: parameters_of(parameters)? })
    }
}

/// What another reader of addresses would read otherwise is refused: whether it is encrypted may hang on it.
fn parameters_of(text: &str) -> Result<Vec<(String, String)>> {
    if text.contains(['/', '?', '#']) {
        return Err(wrong("behind `;`, a `/` is `%2F`, a `?` is `%3F` and a `#` is `%23`"));
    }
    let mut parameters: Vec<(String, String)> = Vec::new();
    for one in text.split(';').filter(|one| !one.is_empty()) {
        let (key, value) = match one.split_once('=') {
            Some((key, value)) if !key.is_empty() && !value.contains('=') => (key, value),
            _ => {
                return Err(wrong(
                    "what stands behind `;` is `name=value`, with any other `=` as `%3D`",
                ));
            }
        };
        if parameters.iter().any(|(known, _)| known == key) {
            return Err(wrong("each name stands behind `;` once"));
        }
        parameters.push((key.to_owned(), value.to_owned()));
    }
    Ok(parameters)
}

fn host_and_port(place: &str) -> Result<(String, u16)> {
    let (host, port) = match place.rfind(']') {
        Some(end) => place.split_at(end + 1),
        None => place.split_at(place.find(':').unwrap_or(place.len())),
    };
    let named =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']');
    if host.is_empty() || !host.chars().all(named) {
        return Err(wrong("behind `sc://` stands the name of a machine"));
    }
    let port = match port.strip_prefix(':') {
        None if port.is_empty() => PORT,
        None => return Err(wrong("behind the machine stands `:` and its port")),
        Some(port) => port.parse().map_err(|_| wrong("a port is a number up to 65535"))?,
    };
    Ok((host.to_ascii_lowercase(), port))
}

fn wrong(what: &str) -> Error {
    Error::usage(format!(
        "that is no address of an engine: {what}; it looks like `sc://host:15002` or `sc://host:443/;use_ssl=true;token=…`"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        text.parse().expect("an address")
    }

    #[test]
    fn an_address_is_taken_apart() {
        let full = address("sc://Spark.example:443/;use_ssl=true;token=t0;user_id=u");
        assert_eq!((full.host(), full.port(), full.is_encrypted()), ("spark.example", 443, true));
        assert_eq!(full.with_secrets(), "sc://spark.example:443/;use_ssl=true;token=t0;user_id=u");
        assert_eq!(address("sc://h").port(), PORT);
        assert_eq!(address("sc://h:1;use_ssl=TRUE").with_secrets(), "sc://h:1/;use_ssl=TRUE");
        assert_eq!(address("sc://[::1]:7/").host(), "[::1]");
    }

    #[test]
    fn only_names_that_can_be_no_other_machine_are_this_one() {
        for own in ["sc://localhost:1", "sc://LOCALHOST", "sc://127.0.0.1:9", "sc://[::1]"] {
            assert!(address(own).is_this_machine(), "{own}");
        }
        for other in ["sc://localhost.example", "sc://10.0.0.1", "sc://127.0.0.1.example:9"] {
            assert!(!address(other).is_this_machine(), "{other}");
        }
    }

    #[test]
    fn no_secret_is_shown() {
        let full = address("sc://h:1/;token=s3cret;x-key=hush;user_id=u");
        for text in [full.to_string(), format!("{full:?}"), full.without_secrets("a s3cret, hush")]
        {
            assert!(!text.contains("s3cret") && !text.contains("hush"), "{text}");
        }
        assert!(full.to_string().contains("user_id=u"));
    }

    #[test]
    fn what_is_no_address_is_refused_without_repeating_it() {
        for text in [
            "spark:15002",
            "sc://",
            "sc://:1",
            "sc://h:port",
            "sc://h:70000",
            "sc://h/a;token=s3cret",
            "sc://h:1/;s3cret",
            "sc://h:1/;token=s3cret=",
            "sc://user@s3cret",
            "sc://[::1]s3cret",
            "sc://h:1/;use_ssl=true?;token=s3cret",
            "sc://h:1/;token=s3cret#;use_ssl=true",
            "sc://h:1/;token=s3cret;/;use_ssl=true",
            "sc://h:1/;use_ssl=true;token=s3cret;use_ssl=false",
        ] {
            let error = text.parse::<Address>().expect_err(text).to_string();
            assert!(!error.contains("s3cret") && error.contains("sc://host:15002"), "{error}");
        }
    }
}
