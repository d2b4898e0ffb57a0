//! Invented findings and maps, with text of anybody's choosing in every place where a case puts text.

use kluwen::case::{LinkKind, Role, When};
use kluwen::finding::TieKind;
use kluwen::finding::{
    AdCluster, AdNote, Basis, Caution, CellsBasis, CellsOverTime, Change, ChannelFinding,
    ChannelSeries, Closure, Community, Coverage, Cut, Drift, Episode, Evidence, EvidenceItem,
    Findings, GradeReading, KnownFailure, Lead, LevelChange, Made, Map, MapEdge, MapNode, Measured,
    MeasuredClass, MergeFinding, MissingRow, ModelCard, Motif, MotifInstance, Moved, Note,
    OverExpression, Part, Rate, Recruiter, SurvivalPoint, SyntheticError, TableCoverage, Use,
    UseOverTime, Windows, Withheld, Without,
};
use kluwen::identity::EntityId;

/// Text that breaks out of careless output.
pub(crate) const HOSTILE: [&str; 16] = [
    r#"Bo"]; INJECTED [label="x"#,
    "a\"b'c`d",
    "line\nbreak\r\nand tab\t.",
    "<script>document.title='CANARY'</script>",
    "</style></title><img src=x onerror=document.title='CANARY'>",
    "</table>|cell| --- |`code`|",
    "=cmd()|' /C calc'!A0",
    "\u{202e}desrever\u{2066}\u{ffff}",
    "\u{1b}[2J\u{7}bell",
    r"C:\Nina \G \E back\",
    "R&lt;D &amp; &#60;b&#62;",
    "[click](javascript:document.title='CANARY')",
    "![i](https://x.example/i.png) https://x.example www.x.example",
    "# heading\n\n- list\n\n***",
    "}]; digraph { evil -> n0 }",
    "{{ 7 * 7 }}{% raw %}\u{feff}{# x #}",
];

/// A map of as many people as there are texts, in two communities, each linked to the next.
pub(crate) fn map(texts: &[String]) -> Map {
    let row = |text: &str| Evidence {
        row: text.into(),
        when: When::UNRECORDED,
        grade: text.into(),
        certainty: 0.6,
        case: text.into(),
        handling: text.into(),
    };
    let node = |(place, text): (u32, &String)| MapNode {
        entity: Some(EntityId::from_number(place)),
        recurrence: (place == 0).then_some((1, 0.97)),
        ranked: (place == 0).then(|| Box::new(recruiter(text))),
        community: [Some(1), Some(2), None][place as usize % 3],
        size: 2,
        roles: vec![(Role::Recruiter, vec![text.as_str().into(), "c2".into()])],
        evidence: vec![row(text)],
        ..MapNode::new(
            text.as_str().into(),
            [Part::Recruiter, Part::Victim, Part::Unknown][place as usize % 3],
        )
    };
    let edge = |from: usize| MapEdge {
        from,
        to: (from + 1) % texts.len(),
        kind: TieKind::Link([LinkKind::Recruited, LinkKind::Contact][from % 2]),
        count: 3.0,
        certainty: 0.6,
        when: When::UNRECORDED,
        evidence: vec![row(&texts[from]), row("links.csv:88")],
    };
    Map {
        title: Some(texts.concat().into()),
        notes: texts.iter().map(|text| Note::Revealed(text.as_str().into())).collect(),
        nodes: (0..).zip(texts).map(node).collect(),
        edges: (0..texts.len()).map(edge).collect(),
        people_in_all: 312,
        made: Some(Made {
            seed: 7,
            inputs: texts.iter().map(|text| (text.as_str().into(), text.clone())).collect(),
        }),
        ..Map::default()
    }
}

/// Findings with `text` wherever a case has text.
pub(crate) fn findings(text: &str) -> Findings {
    Findings {
        schema: "kluwen.findings/1",
        recruiters: vec![recruiter(text)],
        protected: Vec::new(),
        withheld: vec![Withheld {
            entity: EntityId::from_number(13),
            person_ids: vec![text.into()],
            chance: 0.7,
            why: text.into(),
        }],
        leads: vec![Lead {
            rank: 1,
            entity: EntityId::from_number(14),
            person_ids: vec![text.into()],
            closeness: 0.2,
            victims: Vec::new(),
            evidence: vec![text.into()],
        }],
        channels: vec![channel(text, Use::Advertising), channel(text, Use::Recruitment)],
        entities: Vec::new(),
        ad_clusters: vec![ad_cluster(text)],
        ad_notes: ad_notes(),
        communities: vec![Community {
            community: 1,
            entities: (0..30).map(EntityId::from_number).collect(),
            stability: 0.5,
            membership: vec![0.5; 30],
        }],
        communities_basis: CellsBasis::default(),
        communities_over_time: CellsOverTime::default(),
        channels_over_time: over_time(text),
        windows: windows(),
        study: Vec::new(),
        motifs: vec![motif(text)],
        basis: basis(text),
        model_card: model_card(),
    }
}

fn motif(text: &str) -> Motif {
    Motif {
        motif: "handover",
        protected: false,
        count: 3,
        certain: 1,
        undated: 2,
        expected: Some(1.5),
        z: None,
        p: Some(0.2),
        draws: 200,
        underpowered: false,
        instances: vec![MotifInstance {
            people: vec!["E1".into(), text.into()],
            dates: vec![text.into()],
            rows: vec![text.into()],
            certain: false,
            above: Vec::new(),
        }],
        unlisted: 2,
    }
}

fn model_card() -> ModelCard {
    ModelCard {
        coverage: Coverage {
            tables: vec![TableCoverage { table: "links", rows: 5, missing: vec![("start", 0.4)] }],
            cases: 2,
            sources: 3,
            with_source: Some(0.5),
            graded: None,
            mean_certainty: Some(0.8),
        },
        cuts: vec![Cut { recurrence: 0.5, listed: 1, expected_innocents: 0.03 }],
        evidence: Measured {
            recruiting: 0.3,
            pairs: 7,
            classes: vec![MeasuredClass { class: "recruited", recruiter: 0.6, other: 0.02 }],
        },
        synthetic_error: SyntheticError {
            cases: 20,
            victims: 500,
            listed: 0.5,
            announced: [0.1, 0.2],
            observed: [0.1, 0.2],
            found: [0.9, 0.5],
        },
        known_failures: &KnownFailure::ALL,
    }
}

/// Every caution there is.
fn cautions(text: &str) -> Vec<Caution> {
    vec![
        Caution::MayBeProtected(0.004),
        Caution::Professional,
        Caution::Client,
        Caution::Bystander,
        Caution::Acquitted(text.into()),
        Caution::OneSource,
        Caution::NearInTime,
    ]
}

fn ad_notes() -> Vec<AdNote> {
    let common = |what| AdNote::Common { what, values: 3 };
    vec![AdNote::Cut { texts: 2, words: 2000 }, common("turns of phrase"), common("phone")]
}

fn raised(case_id: Option<String>) -> Change {
    Change { what: MissingRow { victim: "V9".into(), case_id }, recurrence: 0.99 }
}

fn recruiter(text: &str) -> Recruiter {
    Recruiter {
        rank: 1,
        entity: EntityId::from_number(11),
        pseudonym: None,
        person_ids: vec![text.into()],
        recurrence: 0.97,
        rank_interval: [1, 3],
        expected_victims: 4.1,
        expected_episodes: 3.2,
        roles: vec![("recruiter", 3)],
        cautions: cautions(text),
        episodes: vec![Episode {
            start: Some(text.into()),
            end: None,
            case_ids: vec![text.into()],
            victims: Vec::new(),
            probability: 0.98,
            evidence: vec![text.into()],
            items: vec![EvidenceItem {
                victim: None,
                class: "first_contact",
                row: text.into(),
                source: "SECRET SOURCE".into(),
                certainty: 0.8,
                weight: 0.9,
                date: text.into(),
                channel: text.into(),
            }],
        }],
        may_be_protected: 0.1,
        active_now: 0.6,
        rate: Some(Rate { cases: 3, mean: 1.3, above_one: 0.6, lower: 0.5 }),
        over_expression: Some(OverExpression { ties: 6, recruiting: 4, p: 0.01, q: 0.04 }),
        grade_readings: vec![GradeReading { grades: "strict", recurrence: 0.9, rank: 2 }],
        without_case: Some(Without { what: text.into(), recurrence: 0.4, rank: 41 }),
        without_source: Some(Without { what: "SECRET SOURCE".into(), recurrence: 0.4, rank: 9 }),
        recurrence_by_gap: 0.2,
        decisive_rows: vec![text.into()],
        would_raise: [Some(text.into()), None].map(raised).into(),
        merges: vec![MergeFinding {
            person_ids: [text.into(), text.into()],
            probability: 0.9,
            weights: vec![("family name", 7.5), ("phone", -1.0)],
        }],
    }
}

fn channel(text: &str, use_: Use) -> ChannelFinding {
    ChannelFinding {
        rank: 1,
        channel_id: text.into(),
        name: text.into(),
        class: text.into(),
        use_,
        victims: 14,
        minors: 11,
        known: 12,
        cases: 3,
        share: Some(0.92),
        base_share: Some(0.5),
        posterior: Some(0.93),
        risk_ratio: Some(1.9),
        risk_ratio_interval: Some([1.2, 3.0]),
        odds_ratio: Some(2.5),
        odds_ratio_interval: Some([1.3, 5.0]),
        lift: Some(1.5),
        q: Some(0.01),
        first_seen: Some(text.into()),
        last_seen: Some("2020-01-01".into()),
    }
}

fn over_time(text: &str) -> Vec<UseOverTime> {
    vec![UseOverTime {
        use_: Use::Advertising,
        first_month: Some("2020-01".into()),
        months: 2,
        dated: 14,
        undated: 1,
        long_before: 0,
        in_small_channels: 0,
        series: vec![ChannelSeries {
            channel_id: text.into(),
            name: text.into(),
            counts: vec![12, 2],
            season: None,
            no_season: Some("too few months"),
            changes: vec![LevelChange { month: "2020-02".into(), before: 12.0, after: 2.0 }],
        }],
        closures: vec![Closure {
            channel_id: text.into(),
            month: "2020-02".into(),
            stated: false,
            window_months: 1,
            before: 12,
            after: 2,
            drift: Some(Drift { bits: 0.1, interval: [0.05, 0.2], p: 0.03 }),
            wdq: Some(-0.5),
            moved: Moved { hands: 3, moved: 1, to: vec![(text.into(), 1)], ..Moved::default() },
        }],
    }]
}

fn windows() -> Windows {
    let step = |days, at_risk, survival: f64| SurvivalPoint {
        days,
        at_risk,
        events: 1.0,
        survival,
        interval: [survival / 2.0, f64::midpoint(survival, 1.0)],
    };
    Windows {
        method: "Kaplan–Meier",
        victims: 4,
        events: 3,
        undated: 1,
        impossible: 0,
        to_the_day: 2,
        median_days: Some(7.0),
        median_interval: [Some(3.0), None],
        within_7_days: Some(0.5),
        within_7_days_interval: Some([0.1, 0.9]),
        within_30_days: None,
        within_30_days_interval: None,
        curve: vec![step(3.0, 4.0, 0.75), step(7.0, 3.0, 0.5), step(400.0, 1.0, 0.0)],
        by: Vec::new(),
        ..Windows::default()
    }
}

fn basis(text: &str) -> Basis {
    Basis {
        version: "0.0.0",
        seed: 7,
        rows_read: 10,
        rows_used: 9,
        rows_refused: 1,
        rows_above_clearance: 0,
        cases: 2,
        people: 312,
        victims: 3,
        links: 5,
        ads: 0,
        first_day: Some(text.into()),
        last_day: None,
        expected_false: 0.03,
    }
}

/// What the output promises to show for `text`.
pub(crate) fn shown(text: &str) -> String {
    kluwen::error::printable(text)
}

fn ad_cluster(text: &str) -> AdCluster {
    AdCluster {
        cluster: 1,
        ad_ids: vec![text.into(), text.into()],
        coordination: 0.9,
        ties: vec![("phone", 1)],
        victims: Vec::new(),
        payers: Vec::new(),
        phones: 1,
        phone_entropy: 0.0,
        channels: vec![text.into()],
        first_seen: Some(text.into()),
        last_seen: None,
        template: Some(text.into()),
        slots: 1,
        handles: 1,
        handle_entropy: 0.0,
        places: 1,
        place_entropy: 0.0,
        template_share: None,
    }
}
