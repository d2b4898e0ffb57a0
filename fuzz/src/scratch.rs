//! Files for readers that take a path: in memory where the machine has a place for that.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};

thread_local! {
    static FOLDER: RefCell<Folder> = RefCell::new(Folder::new());
}

struct Folder {
    path: PathBuf,
    names: Vec<String>,
}

impl Folder {
    fn new() -> Self {
        let memory = Path::new("/dev/shm");
        let place = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let thread = format!("{:?}", std::thread::current().id());
        let number: String = thread.chars().filter(char::is_ascii_digit).collect();
        let path = place.join(format!("kluwen-fuzz-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder is made");
        Self { path, names: Vec::new() }
    }

    fn hold(&mut self, files: &[(String, &[u8])]) {
        for name in self.names.drain(..) {
            if files.iter().all(|(kept, _)| *kept != name) {
                fs::remove_file(self.path.join(name)).expect("its own file goes");
            }
        }
        for (name, bytes) in files {
            fs::write(self.path.join(name), bytes).expect("memory takes it");
            self.names.push(name.clone());
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What stays behind is invented.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Calls `read` with a folder that holds these files and nothing else.
pub(crate) fn folder<T>(files: &[(String, &[u8])], read: impl FnOnce(&Path) -> T) -> T {
    FOLDER.with_borrow_mut(|folder| {
        folder.hold(files);
        read(&folder.path)
    })
}

/// Calls `read` with a file of this name.
pub(crate) fn file<T>(name: &str, bytes: &[u8], read: impl FnOnce(&Path) -> T) -> T {
    folder(&[(name.to_owned(), bytes)], |folder| read(&folder.join(name)))
}

/// Several files in one text: each begins after a line `=== name`.
pub(crate) fn parts(data: &[u8]) -> Vec<(&str, &[u8])> {
    const MARK: &[u8] = b"=== ";
    let mut begins: Vec<usize> = Vec::new();
    for at in 0..data.len() {
        if data[at..].starts_with(MARK) && (at == 0 || data[at - 1] == b'\n') {
            begins.push(at);
        }
    }
    let ends = begins.iter().skip(1).copied().chain([data.len()]);
    let part = |(begin, end): (&usize, usize)| {
        let part = &data[begin + MARK.len()..end];
        let line = part.iter().position(|&byte| byte == b'\n').unwrap_or(part.len());
        let name = std::str::from_utf8(&part[..line]).ok()?;
        Some((name, part.get(line + 1..).unwrap_or_default()))
    };
    begins.iter().zip(ends).filter_map(part).collect()
}
