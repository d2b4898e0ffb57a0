//! Does the server show a certificate that this machine trusts?
//!
//! The client would repeat itself for minutes, and then not say what is wrong with it.

use std::io::ErrorKind;
use std::net::TcpStream;
use std::sync::Arc;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, Error as TlsError, RootCertStore};

use crate::cluster::address::Address;
use crate::error::{Error, Result, printable};

/// Shakes hands over TLS as the client will, and tells what does not fit.
pub(super) fn check(address: &Address, mut stream: TcpStream) -> Result<()> {
    let told = |why: &TlsError| Error::engine(format!("{address}: {}", what(why)), advice(why));
    let mut connection = connection(address).map_err(|why| told(&why))?;
    while connection.is_handshaking() {
        let done = connection.complete_io(&mut stream);
        let Err(error) = done.map_err(std::io::Error::downcast::<TlsError>) else { continue };
        return match error {
            Ok(why) => Err(told(&why)),
            Err(error) => match error.kind() {
                // Silence may be patience, as without TLS; the client waits longer.
                ErrorKind::WouldBlock | ErrorKind::TimedOut => Ok(()),
                ErrorKind::UnexpectedEof => Err(told(&PLAIN)),
                _ => Err(Error::engine(
                    format!("{address}: the server there breaks off ({error})"),
                    "see that it speaks TLS",
                )),
            },
        };
    }
    Ok(())
}

/// Who does not speak TLS either says something else or hangs up.
const PLAIN: TlsError = TlsError::InvalidMessage(rustls::InvalidMessage::InvalidContentType);

fn connection(address: &Address) -> std::result::Result<ClientConnection, TlsError> {
    let mut trusted = RootCertStore::empty();
    trusted.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(trusted)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let name = ServerName::try_from(address.bare_host().to_owned())
        .map_err(|_| TlsError::UnsupportedNameType)?;
    ClientConnection::new(Arc::new(config), name)
}

fn what(why: &TlsError) -> String {
    match why {
        TlsError::InvalidMessage(_) => "the server there speaks without TLS".to_owned(),
        TlsError::InvalidCertificate(why) => {
            printable(&format!("the certificate of the server does not hold: {why}"))
        }
        why => printable(&format!("the server there speaks TLS otherwise: {why}")),
    }
}

fn advice(why: &TlsError) -> &'static str {
    match why {
        TlsError::InvalidMessage(_) => {
            "have it speak TLS; or, if nobody can listen on the way, leave out `use_ssl=true`"
        }
        TlsError::InvalidCertificate(_) => {
            "have the server show one for this very name, by somebody whom this machine trusts; SSL_CERT_FILE names a file of others to trust"
        }
        _ => "have it speak TLS 1.2 or 1.3, with HTTP/2",
    }
}
