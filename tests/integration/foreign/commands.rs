//! Are graphs of other tools taken by the commands as lists of edges and cases are?

use crate::common::{Folder, Ran, on_case};

const STAR: &str = "*Vertices 5\n1 \"Ann\"\n2 \"Bob\"\n3 \"Bob\"\n4 \"Dirk\"\n5 \"Eva\"\n*Arcs\n1 2 2\n1 3 1\n1 4 1\n";

fn on(command: &str, name: &str, text: &str, words: &[&str]) -> Ran {
    let folder = Folder::of(&[(name, text)]);
    on_case(command, &folder.join(name), words)
}

#[test]
fn a_graph_can_be_ranked_and_grouped() {
    let ranked = on("rank", "a.net", STAR, &["--by", "betweenness", "--format", "csv"]).fine();
    // Two nodes of one label are told apart by their ids, and who has no tie is there.
    assert_eq!(
        ranked.stdout,
        "rank,code,id,sort,betweenness\n1,Ann,1,node,3\n2,2,2,node,0\n3,3,3,node,0\n4,Dirk,4,node,0\n5,Eva,5,node,0\n"
    );
    assert!(ranked.stderr.contains("Read as Pajek."), "{ranked:#?}");
    assert!(ranked.stderr.contains("`--directed` keeps that"), "{ranked:#?}");
    let strong = on(
        "rank",
        "a.net",
        STAR,
        &["--by", "strength", "--weight", "count", "--top", "1", "--format", "csv"],
    );
    assert!(strong.fine().stdout.ends_with("1,Ann,1,node,4\n"));
    let directed = on(
        "rank",
        "a.net",
        STAR,
        &["--by", "pagerank", "--directed", "--top", "1", "--format", "csv"],
    )
    .fine();
    assert!(directed.stdout.lines().nth(1).unwrap().starts_with("1,2,2,node,"), "{directed:#?}");
    let groups =
        on("group", "a.net", STAR, &["--by", "components", "--format", "json"]).fine().json();
    assert_eq!(groups["groups"][0]["members"].as_array().unwrap().len(), 4);
}

#[test]
fn victims_are_not_named_in_a_ranking() {
    let dot =
        "graph { a [label=\"Ann\", role=victim]; b [label=\"Bob\"]; a -- b -- c; a -- c; a -- d }";
    let ranked = on("rank", "a.dot", dot, &["--by", "degree", "--format", "csv"]).fine();
    assert!(ranked.stdout.contains("V1,a") && !ranked.stdout.contains("Ann"), "{ranked:#?}");
}

#[test]
fn a_graph_is_a_case_for_all_else() {
    let checked = on("check", "a.net", STAR, &[]).fine();
    assert!(
        checked.stdout.contains("a.net as people: 5 rows read = 5 used + 0 refused"),
        "{checked:#?}"
    );
    let map = on("map", "a.net", STAR, &["--format", "dot"]).fine();
    assert!(map.stdout.contains("digraph") || map.stdout.contains("graph"), "{map:#?}");
    on("recruiters", "a.net", STAR, &["--format", "json"]).fine();
    let refused = on("check", "a.gephi", "x", &[]);
    assert!(refused.stderr.contains("a Gephi project is not read"), "{refused:#?}");
    let about_cases = on("rank", "a.net", STAR, &["--during", "2019"]);
    assert!(about_cases.stderr.contains("is about cases"), "{about_cases:#?}");
}
