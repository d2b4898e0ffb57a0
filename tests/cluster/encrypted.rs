//! Does it work through a proxy with TLS that asks for a token, and is it told what is wrong where not?

use std::path::Path;
use std::process::Command;

use crate::cases::{Ran, Tables, kluwen, study, text};
use crate::engine::Proxy;

fn rank(case: &Path, address: &str, token: Option<&str>, voucher: Option<&Path>) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kluwen"));
    command.args(["rank", text(case), "--by", "degree", "--engine", address]);
    command.arg("--work").arg(case.with_file_name("work"));
    for (name, value) in [
        ("SPARK_CONNECT_AUTHENTICATE_TOKEN", token.map(AsRef::as_ref)),
        ("SSL_CERT_FILE", voucher.map(Path::as_os_str)),
    ] {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    Ran::of(&mut command)
}

#[test]
fn an_engine_behind_tls_and_a_token_says_what_this_machine_says() {
    let (tables, proxy) = (Tables::of(&study(), false), Proxy::start());
    let (case, voucher, address) = (tables.case(), proxy.voucher(), proxy.address());
    let there = rank(&case, &address, Some(Proxy::TOKEN), Some(&voucher));
    assert_eq!(there.code, Some(0), "{}", there.stderr);
    assert_eq!(there.stdout, kluwen(&["rank", text(&case), "--by", "degree"]).stdout);
    assert!(!there.stderr.contains(Proxy::TOKEN), "{}", there.stderr);

    let plain = address.replace("/;use_ssl=true", "");
    for (address, token, voucher, words) in [
        (&address, Some("wr0ng"), Some(&*voucher), "SPARK_CONNECT_AUTHENTICATE_TOKEN"),
        (&address, None, Some(&*voucher), "SPARK_CONNECT_AUTHENTICATE_TOKEN"),
        (&address, Some(Proxy::TOKEN), None, "SSL_CERT_FILE"),
        (
            &address.replace("localhost", "127.0.0.1"),
            Some(Proxy::TOKEN),
            Some(&*voucher),
            "certificate",
        ),
        (&plain, None, Some(&*voucher), "use_ssl=true"),
    ] {
        let ran = rank(&case, address, token, voucher);
        let said = format!("{address} {token:?}: {}", ran.stderr);
        assert_eq!(ran.code, Some(3), "{said}");
        assert!(ran.stdout.is_empty() && ran.stderr.contains(words), "{said}");
        assert!(!ran.stderr.contains(Proxy::TOKEN) && !ran.stderr.contains("wr0ng"), "{said}");
    }
}
