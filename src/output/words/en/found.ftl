between = { $low } to { $high }
span-both = { $from } to { $to }
span-from = from { $from }
span-until = until { $to }
and-more = and { $count } more
count-of = { $count } of { $all }
count-of-perhaps = { $count } of { $all }, and perhaps { $may } more
estimated-from = estimated from { $all }
too-few = too few to say
one-day = 1 day
days = { $days } days
days-or-more = { $days } days or more
days-or-less = { $days } days or less
fewer-than = fewer than { $count }
about = about { $count }
less-than-a-thousandth = less than .1%
percent-or-more = { $least }% and more
percent-or-less = { $most }% and less

likelihood-almost-certain = almost certain
likelihood-highly-likely = highly likely
likelihood-likely = likely
likelihood-realistic = a realistic possibility
likelihood-unlikely = unlikely
likelihood-highly-unlikely = highly unlikely
likelihood-remote = a remote chance

headline-nobody = Nobody is more likely than not to have recruited victims in two or more separate episodes. That is what the rows show, not that there is nobody.
headline-recruiters = { $people ->
    [one] 1 person is
   *[other] { $people } people are
} more likely than not to have recruited victims in two or more separate episodes. First is { $first }: { $chance }, with { $victims } victims expected. Of those { $people }, { $innocents } should be expected not to be recurring recruiters.
headline-victims = { $victims ->
    [one] 1 person is a victim
   *[other] { $victims } people are victims
} in a case, and so in no ranking.
headline-victims-recruiting = Rows also say of { $victims ->
    [one] 1 victim that she
   *[other] { $victims } victims that they
} recruited others: look at who stood above them.
headline-advertised = { $minors } of the { $known } victims advertised through { $channel } whose age is known were minors.
headline-contacted = { $minors } of the { $known } victims first contacted through { $channel } whose age is known were minors.
headline-more = It is { $chance } that their share there is more than { $above } times the usual.
headline-more-than = It is { $chance } that their share there is more than { $above } times the usual { $usual }.
headline-few = Few victims: read the interval.
headline-windows = Half of { $victims } victims with a dated first contact were exploited within { $days } days of it (95% interval: { $interval }).
headline-groups = { $groups ->
    [one] 1 group
   *[other] { $groups } groups
} of people with more ties among themselves than to others, { $firm } of them firm; the largest has { $people } people. Such a group is not a gang.

beside-active = Active in the last 24 months of the data: { $chance }.
beside-rate = Victims for each of { $cases } cases on record: { $mean } (95%: at least { $lower }).
beside-ties = Ties such as a recruiter has: { $recruiting } of { $ties }; of everybody with as many, it would be chance for { $rate } (false discovery rate).
beside-strict = With grades read more strictly: { $recurrence }, rank { $rank }.
beside-lenient = With grades read more leniently: { $recurrence }, rank { $rank }.
beside-without-case = Without case { $case }: { $recurrence }, rank { $rank }.
beside-without-source = Without the source that matters most: { $recurrence }, rank { $rank }.
beside-by-gap = If recruitments a month apart or less are one episode, in whichever files: { $recurrence }.
beside-decisive = Under 50% without { $rows }.
beside-raised-in = It would be { $recurrence } with a row of another source that he recruited { $victim } in { $case }.
beside-raised = It would be { $recurrence } with a row of another source that he recruited { $victim } without a case file.

caution-may-be-protected = may be one person with somebody who is a victim in some case ({ $chance }): if so, not an offender to be ranked
caution-professional = there by profession in a case that counts here
caution-client = a client in a case that counts here
caution-bystander = family, witness or reporter in a case that counts here
caution-acquitted = acquitted in { $case }; its rows do not count
caution-one-source = all of it comes from one source
caution-near-in-time = its case files lie within a month of each other: one episode, if that is to count
role-in-cases = { $role } in { $cases ->
    [one] 1 case
   *[other] { $cases } cases
}
no-role = none recorded
merge-decided = { $left } and { $right }: a person decided so.
merge-weighed = { $left } and { $right }: { $chance }; { $weights }.
protected-nobody-above = nobody on record: ask who did

window-half = Half of them exploited within
window-week = Exploited within 7 days
window-month = Exploited within 30 days
window-difference = Were there no difference, chance would make as large a one with { $chance } ({ $test }).
window-difference-rare = Were there no difference, chance would make as large a one in fewer than one of a thousand files ({ $test }).
window-too-few-to-compare = Too few to compare.
plot-all = all
plot-windows = Share of victims exploited by each day after first contact
plot-windows-about = A curve that climbs in steps, with its 95% interval as a band; the table above has its figures.
plot-since-contact = days since first contact
plot-by = Share of victims exploited by each day, by { $by }
plot-by-about = A curve for each group of five victims or more; the table above has their figures.
plot-after = Share of those contacted afterwards for whom it had stopped by each day
plot-after-about = A curve that climbs in steps, with its 95% interval as a band.
plot-since-end = days since the end of exploitation
plot-months = { $channel }: counts by month
plot-months-about = A stair of the monthly counts; dashed, the levels between changes; dotted, a closure.
plot-months-caption = { $title }; dashed, the levels between changes; dotted, a closure.

series-trend = From year to year: times { $yearly } (95%: { $low } to { $high }).
series-season = A season: { $peak } times the year's mean in { $month }.
series-no-marked-season = No marked season: chance makes as much of one with { $chance }.
series-no-season = No season or trend is told: { $why }.
series-change = A new level from { $month }: { $after } a month, { $before } before.
closure-counts = { $before } and { $after } in { $months } months
closure-drift = { $bits } bits ({ $interval }); by chance { $chance }
closure-moved = { $moved } of { $hands }: { $share } ({ $interval })
adverts-cut = Of { $texts } texts only the first { $words } words are compared.
adverts-common = { $what }: { $values } stand in so many advertisements that have nothing else in common that they say nothing.

cells-basis = Divided { $seeds } times by each of: { $methods }. The divisions agree with the groups by an adjusted Rand index of { $agreement }.
cells-collapsed = Collapsed: { $method } left the largest component of { $people } people whole { $count } of { $seeds } times, and says nothing of who belongs together there.
cells-chance = The modularity is { $modularity }; { $expected } when ties are exchanged and everybody keeps as many ({ $draws } times, p { $p }).
cells-by-chance = So groups do not stand out from chance.
cells-no-chance = Whether groups stand out from chance was not worked out: there are too many ties.
cells-hubs = { $hubs ->
    [one] 1 phone, handle or account ties
   *[other] { $hubs } phones, handles or accounts tie
} nobody here, because too many share them.
divider-modularity = modularity at { $resolution }
divider-density = CPM at { $times } × density
divider-flow = map equation
underpowered = underpowered
sure-certain = certain
sure-possible = possible

card-coverage = { $cases } cases, { $sources } sources named in roles and links; of these rows, { $sourced } name a source, { $graded } have a grade, and their mean certainty is { $certainty }.
card-table = { $table }: { $rows } rows; not recorded: { $missing }.
card-missing = { $column } in { $share }
card-error = Error on invented cases with known truth: on { $cases } invented cases of { $victims } victims a tier, of those listed at { $listed } or more { $announced } (standard tier) and { $announced-hard } (hard) were announced as errors, and { $observed } and { $observed-hard } were: two people read as one, for the most part. Expect up to half as many innocents again as announced. Found were { $found } and { $found-hard } of those who could be.
failure-who-is-who = Who is who: two people read as one make a recurring recruiter of two who recruited once each, and one read as two hides one.
failure-unwritten = What nobody wrote down: a recruiter whom no row calls one is not found, whatever he did.
failure-several = Several who recruit one victim together weaken each other, because one recruiter a victim is the rule.
failure-agreeing-errors = Errors that agree: two rows copied from one statement under two sources count as two.
failure-own-rates = Rates of errors are estimated from the case itself; in a small case they are mostly what was assumed beforehand.
failure-watched = Files are not the world: who is watched more is written down more, and ranks higher for it.
failure-unknown-victims = Victims who are recorded nowhere as such are not protected.
