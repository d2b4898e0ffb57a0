//! Is it a Spark Connect server that listens there, and of which version?

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs as _};
use std::time::Duration;

use super::certificate;
use super::session::Session;
use super::watch::Watch;
use crate::cluster::address::Address;
use crate::error::{Error, Result, excerpt};

const REACHED: Duration = Duration::from_secs(5);
/// A cluster that is started for whoever asks takes its time.
const ANSWERED: Duration = Duration::from_secs(60);
/// The first version whose SQL is ours.
const OLDEST: u32 = 4;

/// What opens a connection of HTTP/2, and an empty frame of settings.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";

/// Refuses an address where nobody listens, or somebody else.
pub(super) fn greet(address: &Address) -> Result<()> {
    let stream = reach(address).map_err(|why| {
        Error::engine(
            format!("{address}: nobody listens there ({why})"),
            "start the engine, or see that address and port are right; `--engine local` works on this machine without one",
        )
    })?;
    if address.is_encrypted() {
        return certificate::check(address, stream);
    }
    match answer(stream) {
        Some(Speaks::Tls) => Err(Error::engine(
            format!("{address}: the server there speaks TLS"),
            "give `use_ssl=true` in the address: `sc://host:port/;use_ssl=true`",
        )),
        Some(Speaks::Otherwise) => Err(Error::engine(
            format!("{address}: what listens there is no Spark Connect server, or one behind TLS"),
            "see the port: Spark Connect is at 15002 unless it was set otherwise, not at 7077 or 8080; a proxy with TLS needs `use_ssl=true`",
        )),
        Some(Speaks::Plainly) | None => Ok(()),
    }
}

/// Whether anybody listens at an address.
pub(super) fn somebody_listens(address: &Address) -> bool {
    reach(address).is_ok()
}

fn reach(address: &Address) -> std::io::Result<TcpStream> {
    let places: Vec<SocketAddr> =
        (address.bare_host(), address.port()).to_socket_addrs()?.collect();
    let mut last = std::io::Error::other("the name stands for no machine");
    for place in places {
        match TcpStream::connect_timeout(&place, REACHED) {
            Ok(stream) => {
                stream.set_read_timeout(Some(REACHED))?;
                return Ok(stream);
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// What somebody answers who was greeted in HTTP/2 without TLS.
#[derive(Debug, PartialEq, Eq)]
enum Speaks {
    Plainly,
    Tls,
    Otherwise,
}

/// None where nothing comes: that may be TLS as well as patience. Proxies may tell in HTTP/1 that they wait for TLS, which is neither.
fn answer(mut stream: TcpStream) -> Option<Speaks> {
    stream.write_all(PREFACE).ok()?;
    let mut head = [0; 4];
    let mut read = 0;
    while read < head.len() {
        match stream.read(&mut head[read..]) {
            Ok(0) | Err(_) => break,
            Ok(more) => read += more,
        }
    }
    understood(&head[..read])
}

fn understood(head: &[u8]) -> Option<Speaks> {
    match head {
        [] => None,
        // An alert or a handshake of TLS.
        [0x15 | 0x16, 3, ..] => Some(Speaks::Tls),
        // A frame of settings: three bytes of length, and its kind.
        [_, _, _, 4] => Some(Speaks::Plainly),
        _ => Some(Speaks::Otherwise),
    }
}

/// Refuses a server whose SQL is not ours.
pub(super) fn check_version(watch: &Watch, session: &Session) -> Result<()> {
    let own = session.clone();
    let ask = move || own.version();
    let version = watch.call_within(Some(ANSWERED), "ask for the version", ask)?;
    if is_known(&version) {
        return Ok(());
    }
    Err(Error::engine(
        format!("{}: the server is of version {}", watch.address(), excerpt(&version)),
        "take Spark 4.0 or later, or Sail 0.7: the SQL of earlier ones gives other answers",
    ))
}

fn is_known(version: &str) -> bool {
    let major = version.split('.').next().and_then(|major| major.parse::<u32>().ok());
    major.is_some_and(|major| major >= OLDEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_versions_whose_sql_is_ours_are_known() {
        for (version, known) in [
            ("4.2.1", true),
            ("4.0.0-preview2", true),
            ("10.0", true),
            ("3.5.6", false),
            ("", false),
            ("latest", false),
        ] {
            assert_eq!(is_known(version), known, "{version}");
        }
    }

    #[test]
    fn who_answers_how_is_understood() {
        assert_eq!(understood(b""), None);
        assert_eq!(understood(&[0x15, 3, 3, 0]), Some(Speaks::Tls));
        assert_eq!(understood(&[0, 0, 18, 4]), Some(Speaks::Plainly));
        assert_eq!(understood(b"HTTP"), Some(Speaks::Otherwise));
        assert_eq!(understood(b"SS"), Some(Speaks::Otherwise));
    }
}
