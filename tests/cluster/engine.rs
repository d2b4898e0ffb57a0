//! Engines for tests: Sail, and a Spark of one master, two workers and one Connect server.
//!
//! Whatever is started here ends with the process of the tests, however that ends: the system is asked to kill it then.

use std::fs::{self, File};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A Sail server that all tests share, as an address.
pub(crate) fn engine() -> String {
    static SHARED: OnceLock<Sail> = OnceLock::new();
    SHARED.get_or_init(Sail::start).address()
}

/// A Spark that all tests share, as an address.
pub(crate) fn spark() -> String {
    shared_spark().address()
}

/// The Spark that all tests share.
pub(crate) fn shared_spark() -> &'static Spark {
    static SHARED: OnceLock<Spark> = OnceLock::new();
    SHARED.get_or_init(Spark::start)
}

/// Both, by name.
pub(crate) fn both() -> [(&'static str, String); 2] {
    [("Sail", engine()), ("Spark", spark())]
}

/// A server of Sail of its own.
#[derive(Debug)]
pub(crate) struct Sail {
    port: u16,
    server: Process,
}

impl Sail {
    pub(crate) fn start() -> Self {
        Self::start_at(free_port())
    }

    /// Starts one where another one was.
    pub(crate) fn start_at(port: u16) -> Self {
        let mut command = Command::new(installed("sail"));
        command.args(["spark", "server", "--ip", "127.0.0.1", "--port", &port.to_string()]);
        command.envs([
            ("SAIL_MODE", "local-cluster"),
            ("SAIL_CLUSTER__WORKER_INITIAL_COUNT", "2"),
            ("SAIL_CLUSTER__WORKER_MAX_COUNT", "2"),
            ("SAIL_CLUSTER__WORKER_TASK_SLOTS", "32"),
            ("SAIL_EXECUTION__DEFAULT_PARALLELISM", "4"),
        ]);
        let server = Process::start(&format!("sail-{port}"), &command);
        server.wait_for(port, Duration::from_secs(60));
        Self { port, server }
    }

    pub(crate) fn address(&self) -> String {
        format!("sc://127.0.0.1:{}", self.port)
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Ends it as a crash would.
    pub(crate) fn kill(&self) {
        self.server.kill();
    }
}

/// A proxy with TLS before the shared Sail, as `docs/engines.md` has it, which asks for a token.
#[derive(Debug)]
pub(crate) struct Proxy {
    port: u16,
    folder: TempDir,
    _server: Process,
}

impl Proxy {
    pub(crate) const TOKEN: &str = "t0ken-0f-the-pr0xy";

    pub(crate) fn start() -> Self {
        let (port, folder) = (free_port(), TempDir::new().expect("a folder"));
        certify(folder.path());
        let behind = engine().replace("sc://", "grpc://");
        let here = folder.path().display();
        let settings = format!(
            r#"daemon off; pid {here}/pid; error_log stderr; events {{}}
http {{
    access_log off; client_body_temp_path {here}/body; proxy_temp_path {here}/proxy;
    fastcgi_temp_path {here}/fastcgi; uwsgi_temp_path {here}/uwsgi; scgi_temp_path {here}/scgi;
    server {{
        listen 127.0.0.1:{port} ssl http2;
        ssl_certificate     {here}/server.crt;
        ssl_certificate_key {here}/server.key;
        location / {{
            if ($http_authorization != "Bearer {}") {{ return 401; }}
            grpc_pass {behind}; grpc_read_timeout 1h; client_max_body_size 0;
        }}
    }}
}}
"#,
            Self::TOKEN
        );
        fs::write(folder.path().join("nginx.conf"), settings).expect("settings");
        let mut command = Command::new("nginx");
        command.arg("-e").arg("stderr").arg("-c").arg(folder.path().join("nginx.conf"));
        let server = Process::start(&format!("nginx-{port}"), &command);
        server.wait_for(port, Duration::from_secs(60));
        Self { port, folder, _server: server }
    }

    pub(crate) fn address(&self) -> String {
        format!("sc://localhost:{}/;use_ssl=true", self.port)
    }

    /// The certificate of whoever vouches for it.
    pub(crate) fn voucher(&self) -> PathBuf {
        self.folder.path().join("ca.crt")
    }
}

/// Makes a certificate for `localhost`, and whoever vouches for it.
fn certify(folder: &Path) {
    fs::write(folder.join("ext"), "subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n")
        .expect("settings");
    for words in [
        "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -days 2 -subj /CN=voucher",
        "req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=localhost",
        "x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -out server.crt -days 2 -extfile ext",
    ] {
        let mut command = Command::new("openssl");
        let out =
            command.args(words.split(' ')).current_dir(folder).output().expect("openssl runs");
        assert!(out.status.success(), "{words}: {}", String::from_utf8_lossy(&out.stderr));
    }
}

/// What the Spark of the tests asks for.
const TOKEN: &str = "t0ken-0f-the-tests";

/// A Spark of its own.
#[derive(Debug)]
pub(crate) struct Spark {
    port: u16,
    _master: Process,
    workers: Vec<Process>,
    _server: Process,
}

impl Spark {
    pub(crate) fn start() -> Self {
        let (master_port, port) = (free_port(), free_port());
        let url = format!("spark://127.0.0.1:{master_port}");
        let class = "org.apache.spark.deploy.";
        let mut command = spark_command("spark-class");
        command.arg(format!("{class}master.Master")).args([
            "--host",
            "127.0.0.1",
            "--webui-port",
            "0",
        ]);
        command.args(["--port", &master_port.to_string()]);
        let master = Process::start(&format!("master-{port}"), &command);
        master.wait_for(master_port, Duration::from_secs(120));
        let workers = [1, 2].map(|number| {
            let mut command = spark_command("spark-class");
            command.arg(format!("{class}worker.Worker")).args([
                "--host",
                "127.0.0.1",
                "--webui-port",
                "0",
            ]);
            command.args(["--cores", "1", "--memory", "1g", &url]);
            Process::start(&format!("worker-{port}-{number}"), &command)
        });
        let server = Process::start(&format!("connect-{port}"), &connect_server(&url, port));
        server.wait_for(port, Duration::from_secs(600));
        Self { port, _master: master, workers: workers.into(), _server: server }
    }

    pub(crate) fn address(&self) -> String {
        format!("{}/;token={TOKEN}", self.place())
    }

    /// The address without the token.
    pub(crate) fn place(&self) -> String {
        format!("sc://127.0.0.1:{}", self.port)
    }

    /// Ends an executor, as too little memory would; false if none runs.
    pub(crate) fn kill_executor(&self) -> bool {
        let Some(executor) = self.workers[1].child_of_its_own() else { return false };
        Command::new("kill")
            .args(["-KILL", &executor.to_string()])
            .status()
            .is_ok_and(|status| status.success())
    }

    /// Ends a worker and its executor, as the loss of a machine would: an executor ends with its worker.
    pub(crate) fn kill_worker(&self) {
        self.workers[0].kill();
    }
}

fn connect_server(url: &str, port: u16) -> Command {
    let mut command = spark_command("spark-submit");
    command.args(["--class", "org.apache.spark.sql.connect.service.SparkConnectServer"]);
    command.args(["--master", url]).env("SPARK_DAEMON_MEMORY", "640m");
    for setting in [
        "spark.driver.host=127.0.0.1",
        "spark.driver.bindAddress=127.0.0.1",
        "spark.connect.grpc.binding.address=127.0.0.1",
        &format!("spark.connect.grpc.binding.port={port}"),
        "spark.executor.memory=640m",
        "spark.executor.cores=1",
        "spark.cores.max=2",
        "spark.ui.enabled=false",
        // By itself after two minutes, or a gigabyte: what takes longer must be attached to again.
        "spark.connect.execute.reattachable.senderMaxStreamDuration=1s",
        "spark.connect.execute.reattachable.senderMaxStreamSize=64k",
        &format!("spark.connect.authenticate.token={TOKEN}"),
    ] {
        command.args(["--conf", setting]);
    }
    command.arg("spark-internal");
    command
}

fn spark_command(program: &str) -> Command {
    let home = spark_home();
    let mut command = Command::new(home.join("bin").join(program));
    command.env("SPARK_HOME", &home).env("SPARK_LOCAL_IP", "127.0.0.1");
    command.env("SPARK_DAEMON_MEMORY", "256m").env("PYSPARK_PYTHON", installed("python"));
    command
        .env("SPARK_LOCAL_DIRS", folder().join("local"))
        .env("SPARK_WORKER_DIR", folder().join("work"));
    command
}

/// The Spark that comes with `pyspark`.
pub(crate) fn spark_home() -> PathBuf {
    let libraries = environment().join("lib");
    let versions =
        fs::read_dir(&libraries).unwrap_or_else(|error| panic!("{}: {error}", libraries.display()));
    let homes =
        versions.filter_map(Result::ok).map(|version| version.path().join("site-packages/pyspark"));
    homes.filter(|home| home.join("bin").is_dir()).min().unwrap_or_else(|| panic!("{INSTALL}"))
}

/// A program of the environment.
pub(crate) fn installed(name: &str) -> PathBuf {
    let path = environment().join("bin").join(name);
    assert!(path.exists(), "{} is missing: {INSTALL}", path.display());
    path
}

const INSTALL: &str = "make a virtual environment of Python, `pip install -r tests/cluster/requirements.txt` in it, and name it in KLUWEN_ENGINES; Spark needs Java 17";

fn environment() -> PathBuf {
    std::env::var_os("KLUWEN_ENGINES").map_or_else(|| panic!("{INSTALL}"), PathBuf::from)
}

/// Where the engines of this process keep their logs and what does not fit their memory.
fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let all = Path::new(env!("CARGO_TARGET_TMPDIR")).join("engines");
        fs::create_dir_all(&all).expect("a folder");
        for old in fs::read_dir(&all).expect("a folder").filter_map(Result::ok) {
            if !Path::new("/proc").join(old.file_name()).exists() {
                let _ = fs::remove_dir_all(old.path());
            }
        }
        let own = all.join(std::process::id().to_string());
        fs::create_dir_all(&own).expect("a folder");
        own
    })
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}

/// A process that ends with this one.
#[derive(Debug)]
struct Process {
    name: String,
    child: Mutex<Child>,
}

impl Process {
    fn start(name: &str, command: &Command) -> Self {
        let mut bound = Command::new("setpriv");
        bound
            .args(["--pdeathsig", "KILL", "--"])
            .arg(command.get_program())
            .args(command.get_args());
        bound.envs(command.get_envs().filter_map(|(key, value)| Some((key, value?))));
        let log = File::create(folder().join(format!("{name}.log"))).expect("a log");
        bound.stdout(log.try_clone().expect("a log")).stderr(log);
        let child = spawn(bound).unwrap_or_else(|error| panic!("{name}: {error}"));
        Self { name: name.to_owned(), child: Mutex::new(child) }
    }

    fn wait_for(&self, port: u16, most: Duration) {
        let end = Instant::now() + most;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = self.child.lock().expect("a lock").try_wait().expect("a child");
            assert!(
                ended.is_none() && Instant::now() < end,
                "{} does not start:\n{}",
                self.name,
                self.log()
            );
            thread::sleep(Duration::from_millis(100));
        }
    }

    fn log(&self) -> String {
        fs::read_to_string(folder().join(format!("{}.log", self.name))).unwrap_or_default()
    }

    /// A process that this one started.
    fn child_of_its_own(&self) -> Option<u32> {
        let own = self.child.lock().expect("a lock").id().to_string();
        let processes = fs::read_dir("/proc").ok()?.filter_map(Result::ok);
        let mut ids = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
        ids.find(|id| {
            let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
            // Behind the name, which may hold anything: the state, and whose child it is.
            let behind = stat.rsplit(')').next().unwrap_or_default();
            behind.split_whitespace().nth(1) == Some(&own)
        })
    }

    fn kill(&self) {
        let mut child = self.child.lock().expect("a lock");
        let _ = child.kill();
        let _ = child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

type Started = std::io::Result<Child>;

/// A process to start, and where to say how that went.
type Order = (Command, Sender<Started>);

/// Starts a process by a thread that never ends: the system takes the end of the thread that started it for its parent's.
fn spawn(command: Command) -> Started {
    static KEEPER: OnceLock<Mutex<Sender<Order>>> = OnceLock::new();
    let keeper = KEEPER.get_or_init(|| {
        let (orders, taken) = channel::<Order>();
        thread::spawn(move || {
            for (mut command, reply) in taken {
                let _ = reply.send(command.spawn());
            }
        });
        Mutex::new(orders)
    });
    let (reply, started) = channel();
    keeper.lock().expect("a lock").send((command, reply)).expect("the keeper lives");
    started.recv().expect("the keeper answers")
}
