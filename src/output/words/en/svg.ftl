svg-width = width: once, twice, four times, eight times and more
svg-large-by-measure = larger: high by the measure
svg-large-by-ties = larger: likely to recruit again, or many ties
svg-undated = no date
svg-time = From left to right: the first day of a node's ties, as early as it can have been. Those without a dated tie have a lane of their own.
svg-rings = Rings: how many ties away from { $centers }; outermost, who is tied to nobody within.
svg-unlabelled = { $signs ->
    [one] 1 sign has
   *[other] { $signs } signs have
} no room for a label at this size; larger paper or fewer people show more.
svg-small = Signs are drawn at { $percent } of their size.
