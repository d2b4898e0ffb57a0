report-title = Network analysis: findings
report-lead = { $cases ->
    [one] 1 case
   *[other] { $cases } cases
}, { $people ->
    [one] 1 person
   *[other] { $people } people
}, { $links ->
    [one] 1 link
   *[other] { $links } links
}, { $ads ->
    [one] 1 advertisement
   *[other] { $ads } advertisements
}; { $dates }.
report-made = Data up to: { $until }. Made by kluwen { $version }, seed { $seed }.
report-questions = It asks four things: who recruits again and again, which channels reach and advertise victims, how much time there is between first contact and exploitation, and who belongs together.
report-contents = Contents
handling-short = Confidential: personal data of victims and of people who are suspected of nothing
handling = Personal data of victims and of people who are suspected of nothing. A link is what a row says; it is not an accusation. A place in a list is a reason to look, never a reason to act.

section-key = Key findings
section-map = The map
section-recruiters = Who recruits again and again
section-protected = Victims
section-withheld = In no list
section-leads = Whom to ask about
section-advertising = Where victims were advertised
section-recruitment = Where victims were recruited
section-advertising-over-time = Advertising over time
section-recruitment-over-time = Recruitment over time
section-adverts = Advertisements of one hand
section-windows = From first contact to exploitation
section-motifs = What follows upon what
section-study = The study of 25 case files, counted here
section-cells = Who belongs together
section-basis = What this rests on
section-card = Model card
section-reading = How to read it
section-limits = What it does not mean
section-repeat = To repeat it

map-how-to-read = Shape, color and text tell what part somebody played; a victim is drawn white, stands under a pseudonym, and is never ranked. A solid line is a link of certainty { $confirmed } and more, a dashed one is probable, a dotted one rests on little.
map-caption = The map: who is tied to whom, by the rows of the case files.
map-interactive = map.html holds the same map, to search, to filter and to follow through time.
map-elsewhere = The map is in map.svg, beside this report.

recruiters-caption = Recurrence is the probability that a person brought victims into exploitation in two or more separate episodes. The rank interval holds the rank in nine of ten runs in which rows are true or not, people are one or two, and each victim's recruiter is settled, as likely as the files have it.
recruiters-innocents = { $likely ->
    [one] 1 of these is more likely than not to be a recurring recruiter. Of that 1,
   *[other] { $likely } of these are more likely than not to be recurring recruiters. Of those { $likely },
} { $innocents } should be expected not to be: the list alone does not say who.
recruiters-nobody = Nobody reaches a recurrence of { $least }. That is what the rows show, not that there is nobody.
recruiters-left-out = Not listed: { $count } under { $least }; see findings.json.
recruiters-without-episodes = The episodes of the other { $count } are in findings.json.
recruiter-lead = Ids: { $ids }. Roles: { $roles }. Expected: { $victims } victims in { $episodes } episodes.
caution = Caution: { $what }
episode = Episode { $number }
episode-about = { $dates }; cases { $cases }; victims { $victims }; { $likelihood } ({ $probability })
identity-why = Why { $ids } ids are one person: { $together }
identity-how = The loosest ties first. A weight of one bit doubles the odds that two ids are one person, −1 halves them; the chance before anything is compared counts as one of them.
identity-surer = { $count ->
    [one] 1 surer tie is
   *[other] { $count } surer ties are
} in findings.json.
protected-all = { $victims ->
    [one] 1 person is
   *[other] { $victims } people are
} a victim in at least one case. They are never ranked, and stand here under pseudonyms only.
protected-recruiting = Of { $count } of them, rows also say that they recruited others. That is often part of the exploitation itself: look at who stood above them, and do not treat them as offenders on this ground.
withheld-why = They are in no list either, because they are probably one person with somebody who is a victim.
leads-what = People of whose part nothing is recorded and who have links to victims who were recruited. This is no ranking of offenders: it says whom the files leave open, the closest first.

channels-advertising = Channels on which victims were offered.
channels-recruitment = Channels through which victims were first contacted.
channels-posterior = The last probability is that minors are there at more than { $above } times their share over all channels of this use.
few-victims = few victims
over-time-advertising = By month: advertisements posted.
over-time-recruitment = By month: victims first contacted.
over-time-dated = { $dated } have a month, { $undated } do not.
over-time-small = { $count } are on channels with too few to be shown.
over-time-late = What was not reported or not yet found is in no month: the last months are always too low.
over-time-more = { $count ->
    [one] 1 more channel is
   *[other] { $count } more channels are
} in findings.json.
closures = After a closure
closures-what = Channels that were closed, or fell to a fifth or less, and where those who used them were seen afterwards. Other things happen in the same months: what follows need not follow from it. The displacement quotient (Bowers and Johnson) is below 0 where channels of the same class gained what this one lost.
by-the-counts = by the counts
adverts-what = Of { $ads } advertisements { $grouped } stand in { $hands } groups that one hand seems to coordinate, by like texts and shared phones, handles, payers, images or victims. That is coordination and no more: agencies, and people who work together by their own will, coordinate too.
adverts-shown = The groups with most victims on record; in what they are written from, [] is filled anew each time and [*] may be a name:

windows-what = { $victims ->
    [one] 1 victim has
   *[other] { $victims } victims have
} a dated first contact; of { $events } of them the exploitation is dated too, of { $exact } both to the day. { $undated } are left out because a date is missing.
windows-caption = Share of victims exploited by each day ({ $method }), with the 95% interval as a band. Those whose exploitation has no later date count for as long as they were seen.
windows-by = By { $by }
reach = The reach of prevention
reach-what = For how many victims something was on record so many days before exploitation. It says who could have been reached in time, and not how well the signal warns: whoever had it and was never exploited is not in the files.
after = Contact after exploitation
after-what = { $contacted } of { $exploited } exploited victims are on record as contacted afterwards: { $share } (95%: { $interval }).
after-stopped = Of { $dated } the end of exploitation and a contact are dated; for { $stopped } of those it had stopped, for half within: { $median }. It counts as stopped where the file goes on for 90 days and tells of no other contact.
after-caption = { $title }, since the end of exploitation.
motifs-what = Sequences of acts that the trade is known by. Dates are intervals: an instance counts where some choice of days makes it one, and is certain where every choice does. Beside the count stands how many there are on average when acts of one kind change dates, and the chance of as many or more then; a large chance means that the order of dates says nothing beyond the acts themselves, and a small one is to be expected of acts within one file, which lie near one another in any case.
motif-row = { $name }: { $what }. { $count } possible, { $certain } certain; by chance { $expected }, p { $p }; { $undated } acts without a date left out.
more-in-findings = { $count ->
    [one] 1 more is
   *[other] { $count } more are
} in findings.json.

study-what = What the Dutch study of 'loverboys' (CKM, 2021) found in 25 files, beside the same in the files at hand. The interval says how far chance alone may move a share (95%, Wilson); the last column of how many it is on record at all. Files that were opened and kept are no sample of what happens.
cells-what = Groups with more ties among themselves than to others, by links and by phones, handles and accounts that they share, people who are there by profession left out. Such a group is not a gang. Firmness is how often two of a group fall together over all divisions.
cells-loose = { $count ->
    [one] 1 more holds together too loosely (under 70%) to be called a group, and is not shown.
   *[other] { $count } more hold together too loosely (under 70%) to be called groups, and are not shown.
}
cells-by-year = Groups, year by year
cells-by-year-what = Each year is divided by itself, and groups are numbered in it; those that share half of the smaller one are one. Groups that go on are not shown; all are in findings.json.
basis-rows = { $read } rows read = { $used } used + { $refused } refused.
basis-victims = Of the people { $victims ->
    [one] 1 is a victim
   *[other] { $victims } are victims
} in at least one case.
basis-ids = { $ids } ids are read as these people.

card-evidence = What rows are worth, estimated from this case over what was assumed beforehand, from { $pairs ->
    [one] 1 pair
   *[other] { $pairs } pairs
} of an offender and a victim. Of such pairs { $recruiting } are a recruitment.
card-fails = Where it is known to fail:
card-not-read = No score reads anybody's sex, age, origin, nationality or belief, nor a column that the contract does not know. Dates of birth help to tell who is who, and no more; ages are counted in channels, in windows and in the figures of the study, and in no ranking of people.
reading-codes = People stand under codes: E12 is a person, V9 a victim. In brackets are the ids of the case files. The names behind them stay in the files.
reading-recurrence = Recurrence weighs each row by its certainty (its grade) and by how much more often such a row is on record for who recruited a victim than for others. Rows from one source count less than rows from several.
reading-rows = Each row is named by its file and line, such as links.csv:88. Open it and read it before you rely on it.
reading-words = Words for probabilities mean the same throughout:
limit-link = A link is not an accusation.
limit-link-why = It is what a row says. A driver, a social worker and a sister have links too.
limit-detected = Detected is not prevalent.
limit-detected-why = The files hold what was reported and investigated. A channel that is watched more shows more.
limit-small = Small numbers move.
limit-small-why = With a handful of victims one case more changes a share or a rank: read the interval, not the figure.
limit-base-rates = Base rates.
limit-base-rates-why = Recurring recruiters are rare. Even a careful list holds people who are not: of the { $likely } who are more likely than not, { $innocents } should be expected not to be.
limit-central = Central is not guilty.
limit-central-why = Who stands in the middle of the map is tied to many, and nothing more.
limit-victims = Victims are never ranked,
limit-victims-why = whatever the rows say of them.
limit-codes = Codes are pseudonyms,
limit-codes-why = not anonymity: whoever has the files knows who is meant.
limit-unlisted = Not being listed means nothing.
limit-unlisted-why = What is not in the files cannot be found in them.
repeat = kluwen { $version }, seed { $seed }. The same files, settings and version give the same bytes on any machine. manifest.json beside this report names every file that went in and came out, with its SHA-256, and every setting.
