//! `kluwen analyse`: the main job.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use kluwen::custody::Manifest;
use kluwen::error::{Error, Result};
use kluwen::finding::{Analysis, Findings, Map, Names, Note, Picture};
use kluwen::graph::Network;
use kluwen::output::{Dot, Drafts, Paper, Report, Svg, write_findings, write_json};

use super::Manner;
use super::channels_over_time::ClosedFlags;
use super::flags::{Form, LangFlag, MinCell};
use super::identity::IdentityFlags;
use super::manifest::manifest;
use super::map::{made, names};
use super::reading::{Among, Read, Reading};
use super::record;
use super::{channels, drawing, print, recruiters};

/// The main job: everything below, as one folder of findings
///
/// Writes findings.json, report.html, report.md, map.html, map.svg, network.dot, and last manifest.json: a folder without a
/// manifest is an unfinished run. With --publish only published.json and manifest.json.
#[derive(Debug, Args)]
pub(crate) struct Analyse {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    identity: IdentityFlags,
    /// The folder for the findings; made if it is not there
    #[arg(long, short, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    closed: ClosedFlags,
    /// Show at most so many people on the map
    #[arg(long, value_name = "N", default_value_t = Picture::default().most)]
    most: usize,
    /// Show names on the map instead of codes, victims excepted, and say why
    #[arg(long, value_name = "WHY")]
    reveal: Option<String>,
    /// In which language the report and the map are
    #[arg(long, value_enum, value_name = "LANG", default_value_t)]
    lang: LangFlag,
    /// Write only what may be published, into a folder of its own: no person, file, row, advertisement, day or map
    ///
    /// published.json holds channels, windows and figures of the study in numbers. Counts of people under --min-cell are withheld, and others with them
    /// so that no sum gives them away; shares, ratios and chances go with their counts, and numbers have two decimals. What is withheld is null
    /// beside `suppressed`; it does not say which counts are small. It guards against sums within it, not against what others publish, nor
    /// against an earlier publication of the same files.
    #[arg(long, conflicts_with = "reveal")]
    publish: bool,
    #[command(flatten)]
    min_cell: MinCell,
}

/// Where rows go that are set aside, among the findings.
const REJECTS: &str = "rejects.csv";
/// What is written besides the manifest, for the files' owners and not for others.
const INTERNAL: [&str; 7] =
    ["findings.json", "report.html", "report.md", "map.html", "map.svg", "network.dot", REJECTS];
const PUBLISHED: &str = "published.json";

impl Analyse {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        self.check_folder()?;
        self.min_cell.publishing()?;
        let picture = Picture {
            most: self.most,
            names: names(self.reveal.as_deref())?,
            ..Picture::default()
        };
        let mut analysis = Analysis::default().with_seed(self.identity.seed);
        analysis.adverts.region = self.identity.region()?;
        analysis.over_time.region = analysis.adverts.region;
        analysis.cells.region = analysis.adverts.region;
        analysis.over_time.closed = self.closed.parse()?;
        // Whatever fails before all is written leaves the findings of an earlier run as they are.
        let guard = self.reading.guard(self.identity.decisions());
        let mut drafts = Drafts::new(&guard);
        let path = &self.rejects();
        let among = (!self.publish).then_some(Among { path, drafts: &mut drafts });
        let mut read = self.reading.take(manner, among, self.identity.decisions())?;
        self.make_folder()?;
        let identities = self.identity.resolve(&mut read)?;
        let findings = analysis.of(&read.taken, &identities)?;
        record::withheld(findings.withheld.len());
        if self.publish {
            self.write_published(&read, &analysis, &findings, drafts)?;
            manner.say(&format!(
                "What may be published is in {}",
                self.out.join(PUBLISHED).display()
            ));
            return Ok(ExitCode::SUCCESS);
        }
        let network = Network::new(&read.taken.case, &identities.entities);
        let mut map = picture.draw(&network, &findings.recruiters, &findings.communities);
        map.made = Some(made(&read, self.identity.seed));
        // The report names nobody, whatever the map shows.
        let coded = self.reveal.is_some().then(|| {
            let picture = Picture { names: Names::Codes, ..picture.clone() };
            let map = picture.draw(&network, &findings.recruiters, &findings.communities);
            Map { made: Some(made(&read, self.identity.seed)), ..map }
        });
        map.notes.extend(self.reveal.as_deref().map(|why| Note::Revealed(why.into())));
        self.write(&read, &analysis, &findings, [&map, coded.as_ref().unwrap_or(&map)], drafts)?;
        self.tell(manner, &findings)?;
        Ok(ExitCode::SUCCESS)
    }

    /// The findings may not go among the files that are read.
    fn check_folder(&self) -> Result<()> {
        let real = |path: &Path| fs::canonicalize(path).ok();
        let same = real(&self.out).is_some_and(|out| Some(out) == real(&self.reading.case));
        if same {
            return Err(Error::usage(
                "`--out` is the case's own folder; give the findings another",
            ));
        }
        if let Some(name) =
            INTERNAL.iter().find(|name| self.publish && self.out.join(name).exists())
        {
            return Err(Error::usage(format!(
                "`--out` holds {name}, which is not to be published; give `--publish` a folder of its own"
            )));
        }
        Ok(())
    }

    fn write_published(
        &self,
        read: &Read,
        analysis: &Analysis,
        findings: &Findings,
        mut drafts: Drafts<'_>,
    ) -> Result<()> {
        let mut manifest = self.manifest(read, analysis)?.for_publication();
        let publishing = self.min_cell.publishing()?;
        manifest.settings.insert("min_cell".into(), publishing.min_cell.into());
        let published = publishing.of(findings);
        let saved = drafts.stage(self.out.join(PUBLISHED), |out| write_json(&published, out))?;
        manifest.wrote(PUBLISHED, saved);
        manifest.stage(&self.out, &mut drafts)?;
        record::commit(drafts)
    }

    fn rejects(&self) -> PathBuf {
        self.out.join(REJECTS)
    }

    fn make_folder(&self) -> Result<()> {
        fs::create_dir_all(&self.out)
            .map_err(|error| Error::io(&self.out, "make the folder", error))
    }

    fn write(
        &self,
        read: &Read,
        analysis: &Analysis,
        findings: &Findings,
        [map, coded]: [&Map; 2],
        mut drafts: Drafts<'_>,
    ) -> Result<()> {
        let mut manifest = self.manifest(read, analysis)?;
        match &read.rejects {
            Some((path, saved)) if *path == self.rejects() => {
                manifest.wrote(REJECTS, saved.clone());
            }
            _ => {}
        }
        let lang = self.lang.into();
        let report = Report { lang, inputs: read.taken.files.clone(), ..Report::default() };
        // Places hang on the room that labels take.
        let place = |map: &Map| drawing::placement(self.identity.seed, Vec::new()).of(map);
        let placed = place(map)?;
        let svg = Svg { paper: Paper::A4, lang, ..Svg::default() };
        let texts = [
            ("report.html", report.html(findings, Some(&svg.text(coded, &place(coded)?)))),
            ("report.md", report.markdown(findings)),
            ("map.html", drawing::html(map, &placed, lang)),
            ("map.svg", svg.text(map, &placed)),
            ("network.dot", Dot { lang, ..Dot::default() }.text(map, None)),
        ];
        let path = self.out.join("findings.json");
        manifest.wrote("findings.json", drafts.stage(path, |out| write_findings(findings, out))?);
        for (name, text) in texts {
            let saved = drafts.stage(self.out.join(name), |out| out.write_all(text.as_bytes()))?;
            manifest.wrote(name, saved);
        }
        manifest.stage(&self.out, &mut drafts)?;
        record::commit(drafts)
    }

    fn manifest(&self, read: &Read, analysis: &Analysis) -> Result<Manifest> {
        let decisions = self.identity.decisions();
        let mut manifest = manifest(read, &self.reading, decisions, self.identity.seed)?;
        let options = &analysis.recruiters;
        let weights: serde_json::Map<String, serde_json::Value> = (options.weights.rates.iter())
            .map(|rate| {
                (rate.class.name().to_owned(), [rate.recruiter, rate.other].to_vec().into())
            })
            .collect();
        for (name, value) in [
            ("least_recurrence", options.least.into()),
            ("draws", options.draws.into()),
            ("weights", weights.into()),
            ("prior_pairs", options.weights.prior_pairs.into()),
            ("missing_settled", options.missing.settled.into()),
            ("missing_unseen", options.missing.unseen.into()),
            ("missing_presences", options.missing.presences.into()),
            ("channel_above", analysis.channels.above.into()),
            ("communities_by", analysis.cells.consensus.to_string().into()),
            ("names_revealed_because", self.reveal.clone().into()),
        ] {
            manifest.settings.insert(name.to_owned(), value);
        }
        self.identity.note(&mut manifest);
        read.note(&mut manifest);
        Ok(manifest)
    }

    /// The main findings, on the terminal.
    fn tell(&self, manner: Manner, findings: &Findings) -> Result<()> {
        const SHOWN: usize = 10;
        const LIKELY: f64 = 0.5;
        let listed = findings.recruiters.iter().filter(|one| one.recurrence >= LIKELY).count();
        let shown = &findings.recruiters[..findings.recruiters.len().min(listed.clamp(3, SHOWN))];
        print::print(|out| {
            writeln!(out, "Recurring recruiters: {listed} with a recurrence of at least .5")
        })?;
        print::sheet(&recruiters::sheet(shown, Form::Table), Form::Table)?;
        print::print(|out| writeln!(out, "\nChannels, minors against the base:"))?;
        print::sheet(
            &channels::sheet(&findings.channels[..findings.channels.len().min(SHOWN)]),
            Form::Table,
        )?;
        manner.say(&format!(
            "Findings, report and map are in {}. Open {} in a browser.",
            self.out.display(),
            self.out.join("map.html").display()
        ));
        Ok(())
    }
}
