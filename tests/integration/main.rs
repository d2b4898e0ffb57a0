//! The tests that look at the house from outside: one binary, one module a question.

// What a test expects may be worked out by the machine's own functions; what is found may not.
#![allow(clippy::disallowed_methods)]

mod adverts; // Are advertisements of one hand found, and nothing else?
mod between; // Do measures of shortest paths give what following them gives?
mod birank; // Is BiRank what its paper and other tools say?
mod brokers; // Are brokers, cut nodes and cut ties shown as they are, and ignored flags refused?
mod browser; // Driving a browser with real mouse and keys.
mod canaries; // Finding a name that left, however it is packed or escaped.
mod cells; // Are groups told with how firmly people belong, and is nobody said to belong who does not?
mod channels; // Are channels with more minors found, and changes only where there are some?
mod clearance; // Are rows above a clearance in nothing, and their victims protected all the same?
mod cli;
mod common;
mod convert; // Does `convert` write what was asked for, and name nobody unasked?
mod corpora; // Does what fuzzing found still hold?
mod crowds; // Does it stay sensible, and end, when everybody is alike?
mod custody; // Is any change in evidence found, every run on record, and a case that must go gone?
mod dates; // Do dates and grades mean what the contract says?
mod definitions;
mod determinism;
mod dice; // Chance that is the same each time.
mod dot; // Does Graphviz read back the map that was drawn?
mod doubts; // Does doubt keep the innocent off the list and victims protected?
mod edge_lists; // Does a file of edges become the graph that it says?
mod enduring; // Do files survive kills, failing calls, limits and company, and bytes another machine?
mod engines; // Is it told where a case is best worked out, and nothing of tokens?
#[cfg(target_os = "linux")]
mod examples;
mod exchange_cases; // Does a case come back as it went out, and is nobody named unless that is revealed?
mod exchange_maps; // Do other programs read a map as it was written, whatever its text?
mod faults;
mod flow; // Is a walk told as shortly as can be, and are planted communities found?
mod foreign; // Are graphs of other tools read as what they say, and refused where they say nothing sound?
mod ftm_reading; // Are FollowTheMoney entities read as what they are, and nothing dropped in silence?
mod golden; // Are bytes those that were written before?
mod hostile;
mod htcds; // Are workbooks of the case data standard read as they are meant?
mod identity; // Is who is who worked out as the files allow, and decided as a person says?
mod invented; // Findings and maps with hostile text in every place.
mod key_players; // Are key players the best set there is, and are networks taken apart as each strategy says?
mod known;
mod large_groups; // Are large graphs divided as well as small ones, the same on any number of threads, and do labels settle?
mod laws;
mod layers;
mod layout; // Do drawings show the graph, and no sign on another?
mod leaks; // Does any name, identifier or text leave by any command and form?
mod limits; // Does every limit let just under it pass, refuse just over it, and say which flag raises it?
mod local; // Is who stands between others, and in how dense a place, what the definitions say?
mod map_forms; // Is a map written in every form, and shown where it is promised?
mod measures;
mod motifs; // Are the motifs of the trade counted as they are defined?
mod naming; // Do the labels of people keep their laws?
mod oracle;
mod page; // Does the page open anywhere, do what its buttons say, and run nothing that a case says?
#[cfg(feature = "parquet")]
mod parquet; // Is a case in Parquet tables the case that it was, row by row, and is damage told?
mod parse_back; // Do parsers of others read back what went in, whatever the name?
mod path_commands; // Do `path` and `rank --robust` answer as they are typed?
mod paths; // Are shortest, next shortest, likeliest and all ways between sets what trying every path gives?
mod planted_ads; // Advertisements whose hands are known.
mod planted_channels; // Channels of which it is known where minors are over-represented.
mod planted_communities; // Graphs whose communities are known.
mod planted_series; // Channels whose monthly counts are known.
mod planted_windows; // Windows whose distribution is known.
#[cfg(feature = "png")]
mod png; // Are maps drawn with our fonts, and is it told what could not be?
mod program; // Running programs that judge our output.
mod projections; // Are pairs that share more than chance gives told from those that do not?
mod pseudonyms; // Are pseudonyms the same under one key, others under another, and nothing else changed?
mod published;
mod publishing; // Does what may be published tell of nobody among a few?
mod ranked_paths; // Does `rank` tell of ties, groups and samples?
mod reading;
mod recruiting; // Do lists of recruiters keep victims out, and read nothing they may not?
mod report; // Is the report what it says, and nothing more?
mod robustness; // Is a ranking held against errors as the definitions say?
mod save; // Are files whole, private, and never written over what was read?
mod sealed; // Is there no core of a crash, and no connection?
mod shared_data;
mod sheet; // Do rows come out safe in every form?
mod simulate; // Is the planted world what was asked for?
mod snapshots; // Is a snapshot the case that it was made of, and never taken for anything else?
mod spectral; // Are walks, currents, two sides and weighted cores what their definitions say?
mod spectral_values; // Are they as others found them, and asked for as said?
mod study; // Are the planted facts found, and nothing else?
mod svg; // Does SVG say what the map says, and is it never markup of somebody else's?
mod svg_room; // Is all of a map on its page and readable, and does nothing lie on anything else?
mod temporal_motifs; // Are motifs, closeness and bursts in time what their definitions say?
mod terminal; // Does nothing that somebody chose act on a terminal?
mod time_paths; // Do paths keep to the order of time, whatever the days within the intervals?
mod two_modes; // Are people and case files drawn, tied and looked at as asked?
mod untrusted; // Does text that somebody else chose leave by known doors only?
mod whatif; // Does it count what a network loses, keep victims safe, and say what it is not?
mod windows; // Are windows, the reach of prevention and contact afterwards what counting gives?
