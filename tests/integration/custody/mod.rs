//! Is any change in evidence found, is every run on record, and is a case that must go gone?

mod chain; // The audit log alone: any edit breaks it, and nothing that stops a run does.
mod logging; // What runs leave in the log.
mod purging;
mod refusing;
mod retaining; // Cases that may not be read any more, or not for this.
mod verifying; // What nothing may be written over, and words that would be lost.
