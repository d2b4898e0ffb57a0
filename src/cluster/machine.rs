//! What this machine has.

use super::plan::Machine;

impl Machine {
    /// This machine, as far as it tells: the least of its memory and of what a container allows.
    ///
    /// Where the system does not tell, its memory counts as none.
    #[must_use]
    pub fn this() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let bounds = [memory_of_system(), memory_of_container()];
        Self {
            memory: bounds.into_iter().flatten().min().unwrap_or(0),
            threads: u32::try_from(threads).unwrap_or(u32::MAX),
        }
    }
}

fn memory_of_system() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kibibytes| kibibytes << 10)
}

fn memory_of_container() -> Option<u64> {
    std::fs::read_to_string("/sys/fs/cgroup/memory.max").ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn this_machine_has_memory_and_threads() {
        let machine = Machine::this();
        assert!(machine.memory > 1 << 28 && machine.threads >= 1, "{machine:?}");
    }
}
