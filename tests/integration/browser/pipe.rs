//! Messages to Chromium and back: JSON with a zero byte behind each.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::spawn;

use serde_json::{Value, json};

use super::PATIENCE;

pub(super) struct Pipe {
    child: Child,
    to: ChildStdin,
    from: Receiver<Value>,
    events: VecDeque<Value>,
    asked: u64,
}

impl Pipe {
    pub(super) fn start(profile: &Path, [width, height]: [u32; 2]) -> Self {
        let installed = Command::new("chromium").arg("--version").output();
        assert!(
            installed.is_ok_and(|output| output.status.success()),
            "this test needs Chromium; install it: apt-get install chromium"
        );
        let mut child = Command::new("sh")
            .args(["-c", r#"exec chromium "$@" 3<&0 4>&1 </dev/null >/dev/null"#, "sh"])
            .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe"])
            .args(["--no-first-run", "--disable-background-networking", "--hide-scrollbars"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg(format!("--window-size={width},{height}"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (to, out) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (send, from) = channel();
        spawn(move || {
            for message in BufReader::new(out).split(0).map_while(Result::ok) {
                let Ok(value) = serde_json::from_slice(&message) else { break };
                if send.send(value).is_err() {
                    break;
                }
            }
        });
        Self { child, to, from, events: VecDeque::new(), asked: 0 }
    }

    /// The answer to a call; what comes in between is kept.
    pub(super) fn call(&mut self, session: &str, method: &str, parameters: &Value) -> Value {
        self.asked += 1;
        let mut ask = json!({ "id": self.asked, "method": method, "params": parameters });
        if !session.is_empty() {
            ask["sessionId"] = session.into();
        }
        let mut bytes = serde_json::to_vec(&ask).unwrap();
        bytes.push(0);
        self.to.write_all(&bytes).unwrap();
        loop {
            let wait = self.from.recv_timeout(PATIENCE);
            let message = wait.unwrap_or_else(|_| panic!("Chromium does not answer {method}"));
            if message["id"] == self.asked {
                assert!(message.get("error").is_none(), "{method}: {message}");
                return message["result"].clone();
            }
            self.events.push_back(message);
        }
    }

    /// All that came unasked since the last time.
    pub(super) fn events(&mut self) -> Vec<Value> {
        self.events.drain(..).collect()
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Base64, letter by letter.
pub(crate) fn from_base64(text: &str) -> Vec<u8> {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => u32::from(letter - b'A'),
        b'a'..=b'z' => u32::from(letter - b'a') + 26,
        b'0'..=b'9' => u32::from(letter - b'0') + 52,
        b'+' => 62,
        _ => 63,
    };
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0, 0_u32);
    for letter in text.bytes().filter(|letter| *letter != b'=') {
        held = (held << 6 | value(letter)) & 0xff_ffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xff) as u8);
        }
    }
    bytes
}
