//! What is told when nobody, or somebody else, listens at an address?

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

use kluwen::cluster::{SparkEngine, SparkSettings};

use crate::engine::{engine, shared_spark};

fn refused(address: &str) -> String {
    let parsed = address.parse().expect("an address");
    let refused = SparkEngine::connect(&parsed, SparkSettings::default()).expect_err(address);
    refused.to_string()
}

/// Somebody who answers whatever is said with these bytes, once.
fn answering(bytes: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("sc://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("somebody comes");
        let _ = stream.read(&mut [0; 64]);
        let _ = stream.write_all(bytes);
    });
    address
}

#[test]
fn nobody_and_somebody_else_are_told_apart() {
    let nobody = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        format!("sc://{}/;token=s3cret", listener.local_addr().expect("an address"))
    };
    for (address, words) in [
        (nobody, "start the engine"),
        (answering(b"\x15\x03\x03\0\x02\x02\x16"), "use_ssl=true"),
        (answering(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "no Spark Connect server"),
        (format!("{}/;use_ssl=true", engine()), "without TLS"),
    ] {
        let error = refused(&address);
        assert!(error.contains(words) && !error.contains("s3cret"), "{address}: {error}");
    }
}

#[test]
fn a_wrong_token_is_told_and_not_shown() {
    let place = shared_spark().place();
    for address in [place.clone(), format!("{place}/;token=s3cret")] {
        let error = refused(&address);
        assert!(error.contains("SPARK_CONNECT_AUTHENTICATE_TOKEN"), "{error}");
        assert!(!error.contains("s3cret"), "{error}");
    }
}
