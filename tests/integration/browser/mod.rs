//! Drives a real browser: Chromium, over its own pipe, with real mouse and keys.
//!
//! The shell gives Chromium our pipes as the two that it speaks its protocol over, so that neither a port nor a library
//! is needed.

mod pipe;

pub(crate) use pipe::from_base64;

use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use pipe::Pipe;

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A page in a browser of its own.
pub(crate) struct Browser {
    pipe: Pipe,
    session: String,
    folder: tempfile::TempDir,
}

impl Browser {
    /// Opens a file, and waits until it is loaded.
    ///
    /// # Panics
    ///
    /// If Chromium is not installed or does not answer.
    pub(crate) fn open(page: &Path, size: [u32; 2]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut pipe = Pipe::start(&folder.path().join("profile"), size);
        let target = pipe.call("", "Target.createTarget", &json!({ "url": "about:blank" }));
        let attached = pipe.call(
            "",
            "Target.attachToTarget",
            &json!({ "targetId": target["targetId"], "flatten": true }),
        );
        let session = attached["sessionId"].as_str().unwrap().to_owned();
        let mut browser = Self { pipe, session, folder };
        for domain in ["Page", "Runtime", "Log"] {
            browser.call(&format!("{domain}.enable"), json!({}));
        }
        let saved = json!({ "behavior": "allow", "downloadPath": browser.saved() });
        browser.pipe.call("", "Browser.setDownloadBehavior", &saved);
        browser.size(size);
        browser.go(page);
        browser
    }

    /// Opens another file, or the same again.
    pub(crate) fn go(&mut self, page: &Path) {
        let url = format!("file://{}", page.display());
        let answer = self.call("Page.navigate", json!({ "url": url }));
        assert!(answer.get("errorText").is_none(), "{answer}");
        self.until(&format!(
            "location.href.endsWith({}) && document.readyState === 'complete'",
            json!(page.file_name().unwrap().to_str().unwrap())
        ));
    }

    /// Sets the size of the window.
    pub(crate) fn size(&mut self, [width, height]: [u32; 2]) {
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", metrics);
    }

    /// Where files are saved.
    pub(crate) fn saved(&self) -> String {
        self.folder.path().join("saved").display().to_string()
    }

    /// The bytes of a saved file, once it is there.
    pub(crate) fn saved_file(&mut self, name: &str) -> Vec<u8> {
        let path = Path::new(&self.saved()).join(name);
        let until = Instant::now() + PATIENCE;
        while !path.exists() {
            assert!(Instant::now() < until, "{name} was not saved");
            sleep(Duration::from_millis(50));
        }
        std::fs::read(path).unwrap()
    }

    /// Asks for anything that the protocol has.
    #[expect(clippy::needless_pass_by_value, reason = "every caller makes it on the spot")]
    pub(crate) fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.pipe.call(&self.session, method, &parameters)
    }

    /// What an expression comes to on the page.
    ///
    /// # Panics
    ///
    /// If it throws.
    pub(crate) fn eval(&mut self, expression: &str) -> Value {
        let ask = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.call("Runtime.evaluate", ask);
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    /// The same as text.
    pub(crate) fn text(&mut self, expression: &str) -> String {
        let value = self.eval(expression);
        value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
    }

    /// Waits until an expression is true.
    ///
    /// # Panics
    ///
    /// If it stays false.
    pub(crate) fn until(&mut self, expression: &str) {
        let until = Instant::now() + PATIENCE;
        while self.eval(&format!("!!({expression})")) != Value::Bool(true) {
            assert!(Instant::now() < until, "never came true: {expression}");
            sleep(Duration::from_millis(30));
        }
    }

    /// All that happened since the last time that somebody asked.
    pub(crate) fn events(&mut self) -> Vec<Value> {
        self.eval("1");
        self.pipe.events()
    }

    /// What the page complained of: errors, warnings, and what its policy forbade.
    pub(crate) fn complaints(&mut self) -> Vec<Value> {
        let seen = self.events();
        let kinds = ["Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled"];
        seen.iter()
            .filter(|event| kinds.iter().any(|kind| event["method"] == *kind))
            .cloned()
            .collect()
    }

    /// The middle of an element.
    pub(crate) fn middle(&mut self, selector: &str) -> [f64; 2] {
        let found = self.eval(&format!(
            "(() => {{ const e = document.querySelector({}); if (!e) return null; e.scrollIntoView({{ block: 'nearest' }}); \
             const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; }})()",
            json!(selector)
        ));
        assert!(found.is_array(), "there is no {selector}");
        [0, 1].map(|at| found[at].as_f64().unwrap())
    }

    fn mouse(&mut self, kind: &str, [x, y]: [f64; 2], button: &str, clicks: u32) {
        let held = u32::from(kind != "mouseReleased" && button == "left");
        let event = json!({ "type": kind, "x": x, "y": y, "button": button, "buttons": held, "clickCount": clicks });
        self.call("Input.dispatchMouseEvent", event);
    }

    /// Moves the pointer.
    pub(crate) fn point(&mut self, at: [f64; 2]) {
        self.mouse("mouseMoved", at, "none", 0);
    }

    /// Clicks at a place.
    pub(crate) fn click(&mut self, at: [f64; 2]) {
        self.point(at);
        self.mouse("mousePressed", at, "left", 1);
        self.mouse("mouseReleased", at, "left", 1);
    }

    /// Clicks twice at a place.
    pub(crate) fn double_click(&mut self, at: [f64; 2]) {
        self.click(at);
        self.mouse("mousePressed", at, "left", 2);
        self.mouse("mouseReleased", at, "left", 2);
    }

    /// Clicks on an element.
    pub(crate) fn click_on(&mut self, selector: &str) {
        let at = self.middle(selector);
        self.click(at);
    }

    /// Drags from one place to another in so many moves.
    pub(crate) fn drag(&mut self, from: [f64; 2], to: [f64; 2], moves: u32) {
        self.point(from);
        self.mouse("mousePressed", from, "left", 1);
        for step in 1..=moves {
            let part = f64::from(step) / f64::from(moves);
            let at = [0, 1].map(|axis| from[axis] + (to[axis] - from[axis]) * part);
            self.mouse("mouseMoved", at, "left", 0);
        }
        self.mouse("mouseReleased", to, "left", 1);
    }

    /// Turns the wheel.
    pub(crate) fn wheel(&mut self, [x, y]: [f64; 2], by: f64) {
        let event = json!({ "type": "mouseWheel", "x": x, "y": y, "deltaX": 0, "deltaY": by });
        self.call("Input.dispatchMouseEvent", event);
    }

    /// Two fingers that move from one distance to another around a place.
    pub(crate) fn pinch(&mut self, [x, y]: [f64; 2], from: f64, to: f64) {
        let fingers = |apart: f64| json!([{ "x": x - apart / 2.0, "y": y, "id": 0 }, { "x": x + apart / 2.0, "y": y, "id": 1 }]);
        let mut touch = |kind: &str, points: Value| {
            self.call("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": points }));
        };
        touch("touchStart", fingers(from));
        for step in 1..=5 {
            touch("touchMove", fingers(from + (to - from) * f64::from(step) / 5.0));
        }
        touch("touchEnd", json!([]));
    }

    /// Presses and releases a key: `Tab`, `Enter`, `ArrowLeft`, `+`; `Shift+Tab`.
    pub(crate) fn key(&mut self, name: &str) {
        let (shift, key) = name.strip_prefix("Shift+").map_or((0, name), |key| (8, key));
        let code = match key {
            "Tab" => 9,
            "Enter" => 13,
            "Escape" => 27,
            "End" => 35,
            "Home" => 36,
            "ArrowLeft" => 37,
            "ArrowUp" => 38,
            "ArrowRight" => 39,
            "ArrowDown" => 40,
            " " => 32,
            _ => 0,
        };
        let text = match key {
            "Enter" => "\r",
            one if one.chars().count() == 1 => one,
            _ => "",
        };
        let down = json!({ "type": if text.is_empty() { "rawKeyDown" } else { "keyDown" }, "key": key, "text": text,
            "windowsVirtualKeyCode": code, "modifiers": shift });
        self.call("Input.dispatchKeyEvent", down);
        let up = json!({ "type": "keyUp", "key": key, "windowsVirtualKeyCode": code, "modifiers": shift });
        self.call("Input.dispatchKeyEvent", up);
    }

    /// Types a text.
    pub(crate) fn write(&mut self, text: &str) {
        for c in text.chars() {
            self.key(&c.to_string());
        }
    }
}
