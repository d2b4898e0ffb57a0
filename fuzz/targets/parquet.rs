#![no_main]

libfuzzer_sys::fuzz_target!(init: kluwen_fuzz::prepare(), |data: &[u8]| kluwen_fuzz::run("parquet", data));
