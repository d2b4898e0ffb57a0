//! What an engine says when it fails, and what to do about it.

use spark_connect::SparkError;

use crate::cluster::address::Address;
use crate::cluster::sql_engine::NOT_WHOLE;
use crate::error::{Error, printable};

/// How much of an engine's message is told: Spark's can hold a whole plan.
const LONGEST: usize = 400;

/// A failure of an engine at an address.
pub(super) struct Failed<'a> {
    address: &'a Address,
    code: Option<i32>,
    message: String,
    is_damaged: bool,
}

impl<'a> Failed<'a> {
    pub(super) fn new(address: &'a Address, error: &SparkError) -> Self {
        // What the server said; where it said nothing, what the client makes of its code.
        let said = Some(error.message.clone()).filter(|said| !said.is_empty());
        let message = said.unwrap_or_else(|| error.message());
        let (code, message) = match status(&message) {
            Some(status) => (
                code_of(status).or(error.grpc_code()),
                format!("it, or a proxy before it, answered {status}"),
            ),
            None => (error.grpc_code(), message),
        };
        let trace = error.server_stacktrace.as_deref().unwrap_or_default();
        let whole = [error.error_class.as_str(), &message, trace];
        let is_damaged = whole.iter().any(|said| says(said, DAMAGED));
        Self { address, code, message, is_damaged }
    }

    /// Whether the connection was lost rather than a wish refused.
    fn is_of_the_connection(&self) -> bool {
        self.code == Some(UNAVAILABLE) || says(&self.message, LOST)
    }

    /// The error for whoever asked to do `what`.
    pub(super) fn told(&self, what: &str) -> Error {
        let Self { address, .. } = self;
        let message = shortened(&address.without_secrets(&self.message));
        // Said of the whole message, of which one line is told.
        let damaged = if self.is_damaged { NOT_WHOLE } else { "" };
        Error::engine(format!("{address}: could not {what}: {damaged}{message}"), self.advice())
    }

    fn advice(&self) -> &'static str {
        let says = |words: &[&str]| words.iter().any(|one| self.message.contains(one));
        match self.code {
            Some(UNAUTHENTICATED) => {
                "the server does not take this token: set SPARK_CONNECT_AUTHENTICATE_TOKEN, or give `;token=…` in the address"
            }
            Some(PERMISSION_DENIED) => {
                "the server knows you and does not let you do this: ask whoever runs it"
            }
            Some(UNIMPLEMENTED) => {
                "that server does not answer to Spark Connect: see address and port"
            }
            _ if self.is_of_the_connection() => {
                "see that the server runs, and go on from the last round with `--resume`"
            }
            _ if says(&[
                "SESSION_CLOSED",
                "SESSION_CHANGED",
                "SESSION_NOT_FOUND",
                "INVALID_HANDLE",
            ]) =>
            {
                "the server lost this session, as after a restart: go on from the last round with `--resume`"
            }
            _ if says(&["PATH_NOT_FOUND"]) => {
                "see that the engine can reach this place by the same name"
            }
            _ if says(&["TABLE_OR_VIEW_NOT_FOUND"]) => {
                "see that all tables of the case are there; if the server was restarted, go on with `--resume`"
            }
            _ if says(&["task slots"]) => {
                "give the server more task slots (Sail: SAIL_CLUSTER__WORKER_TASK_SLOTS), or lower `--partitions`"
            }
            _ if says(&["No space left", "OutOfMemory", "Java heap space"]) => {
                "give the engine more room, or raise `--partitions` so that parts are smaller; then `--resume`"
            }
            _ => "the engine's own log says more",
        }
    }
}

/// Whether the connection was lost, rather than a wish refused: an error that no engine made.
pub(super) fn is_lost(error: &SparkError) -> bool {
    let made_by_engine = !error.error_class.is_empty() || error.grpc_details().is_some();
    match error.grpc_code() {
        Some(UNAVAILABLE) => true,
        _ if error.message.contains("INVALID_CURSOR.DISCONNECTED") => true,
        Some(CANCELLED) if !made_by_engine => true,
        _ => !made_by_engine && says(&error.message, LOST),
    }
}

/// Whether an engine knows nothing of a call, or no more: it never arrived, or is over and gone.
pub(super) fn is_forgotten(error: &SparkError) -> bool {
    says(
        &format!("{} {}", error.error_class, error.message),
        &[
            "operation_not_found",
            "operation_abandoned",
            "invalid_cursor.position_not",
            "operation not found",
            "task context not found for operation",
        ],
    )
}

/// What is said of connections that were lost.
const LOST: &[&str] = &[
    "transport error",
    "channel not ready",
    "connection reset",
    "broken pipe",
    "h2 protocol error",
    "error reading a body from connection",
    "missing grpc-status",
    SAID_NOTHING,
];

/// What we say of an engine on which nothing came.
pub(super) const SAID_NOTHING: &str = "the engine said nothing";

/// What engines say of a file that is gone, or was not written to its end.
const DAMAGED: &[&str] = &[
    "failed_read_file.file_not_exist",
    "failed_read_file.cannot_read_file_footer",
    "checksumexception",
    "checksum error",
    "is not a parquet file",
    "not a valid parquet",
    "invalid parquet",
    "corrupt footer",
    "parquet error",
];

fn says(message: &str, words: &[&str]) -> bool {
    let message = message.to_lowercase();
    words.iter().any(|words| message.contains(&words.to_lowercase()))
}

/// The status of HTTP that a proxy answered with, whose page the client took for a message.
fn status(message: &str) -> Option<&str> {
    let (_, status) = message.split_once("response with status: ")?;
    (!status.starts_with("200")).then_some(status)
}

/// What a status of HTTP means among those of gRPC.
///
/// Source: gRPC, "HTTP to gRPC Status Code Mapping".
fn code_of(status: &str) -> Option<i32> {
    match status.split(' ').next()? {
        "401" => Some(UNAUTHENTICATED),
        "403" => Some(PERMISSION_DENIED),
        "404" => Some(UNIMPLEMENTED),
        "429" | "502" | "503" | "504" => Some(UNAVAILABLE),
        _ => None,
    }
}

const CANCELLED: i32 = 1;
const PERMISSION_DENIED: i32 = 7;
const UNIMPLEMENTED: i32 = 12;
const UNAVAILABLE: i32 = 14;
const UNAUTHENTICATED: i32 = 16;

/// The first line, or as much of it as a message bears.
fn shortened(message: &str) -> String {
    let line = message.lines().find(|line| !line.trim().is_empty()).unwrap_or("it did not say why");
    let mut cut: String = line.chars().take(LONGEST).collect();
    if cut.len() < line.len() {
        cut.push('…');
    }
    printable(&cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(code: i32, message: &str) -> String {
        let address = "sc://h:1/;use_ssl=true;token=s3cret".parse().expect("an address");
        let failed = Failed {
            address: &address,
            code: Some(code),
            message: message.into(),
            is_damaged: false,
        };
        failed.told("open x").to_string()
    }

    #[test]
    fn each_failure_says_what_to_do_and_no_secret() {
        for (code, message, advice) in [
            (UNAUTHENTICATED, "token s3cret", "SPARK_CONNECT_AUTHENTICATE_TOKEN"),
            (UNAVAILABLE, "gone", "--resume"),
            (2, "transport error", "--resume"),
            (13, "[TABLE_OR_VIEW_NOT_FOUND] x", "all tables of the case"),
            (13, "[INVALID_HANDLE.SESSION_CHANGED] x", "after a restart"),
            (13, "task region requires 32 worker task slots", "--partitions"),
            (13, "strange", "log says more"),
        ] {
            let error = told(code, message);
            assert!(error.contains(advice) && !error.contains("s3cret"), "{error}");
        }
    }

    #[test]
    fn the_page_of_a_proxy_is_told_by_its_status() {
        let page = "protocol error: invalid flag: 60 while receiving response with status: ";
        let address = "sc://h:1".parse().expect("an address");
        for (status, advice) in [
            ("401 Unauthorized", "SPARK_CONNECT_AUTHENTICATE_TOKEN"),
            ("403 Forbidden", "ask whoever runs it"),
            ("502 Bad Gateway", "see that the server runs"),
            ("418 I'm a teapot", "log says more"),
        ] {
            let error = SparkError::connect_msg(format!("{page}{status}"));
            let told = Failed::new(&address, &error).told("open x").to_string();
            assert!(told.contains(advice) && told.contains(status), "{told}");
            assert!(!told.contains("invalid flag"), "{told}");
        }
        let error = SparkError::connect_msg(format!("{page}200 OK"));
        assert!(Failed::new(&address, &error).told("open x").to_string().contains("invalid flag"));
    }

    fn said(code: i32, message: &str) -> SparkError {
        SparkError { grpc_code: Some(code), ..SparkError::connect_msg(message) }
    }

    #[test]
    fn a_lost_connection_is_told_from_a_refusal() {
        for lost in [
            said(UNAVAILABLE, "gone"),
            said(CANCELLED, "[Cancelled] operation was canceled"),
            said(2, "[Unknown] h2 protocol error: error reading a body from connection"),
            said(13, "[Internal] protocol error: received message with missing grpc-status"),
            said(13, "[INVALID_CURSOR.DISCONNECTED] another stream"),
        ] {
            assert!(is_lost(&lost) && !is_forgotten(&lost), "{}", lost.message);
        }
        for never_arrived in [
            said(13, "[INVALID_HANDLE.OPERATION_NOT_FOUND] the handle is invalid"),
            said(3, "operation not found: 7"),
            said(13, "task context not found for operation: 7"),
        ] {
            assert!(is_forgotten(&never_arrived) && !is_lost(&never_arrived));
        }
        let refused = said(13, "[TABLE_OR_VIEW_NOT_FOUND] x");
        assert!(!is_lost(&refused) && !is_forgotten(&refused));
        // What an engine says of its own connections is no word of ours.
        let theirs = SparkError {
            error_class: "_LEGACY_ERROR_TEMP_3316".into(),
            ..said(13, "Job aborted: connection reset by peer")
        };
        assert!(!is_lost(&theirs));
    }

    #[test]
    fn a_damaged_file_is_told_wherever_the_message_says_so() {
        let address = "sc://h:1".parse().expect("an address");
        let told = |error: &SparkError| Failed::new(&address, error).told("open x").to_string();
        let deep = format!("Job aborted{}\nChecksumException: x", " ".repeat(500));
        assert!(told(&said(13, &deep)).contains(NOT_WHOLE));
        let traced = SparkError {
            server_stacktrace: Some("a\nx is not a Parquet file".into()),
            ..said(13, "Job aborted")
        };
        assert!(told(&traced).contains(NOT_WHOLE));
        assert!(!told(&said(13, "403 Forbidden")).contains(NOT_WHOLE));
    }

    #[test]
    fn a_long_message_is_cut() {
        assert!(told(2, &"x".repeat(10_000)).len() < 700);
        assert!(
            told(2, "\n\nfirst\nsecond").contains("first")
                && !told(2, "a\nsecond").contains("second")
        );
    }
}
